using Undersigned;
using Undersigned.Data.Migrations;
using Undersigned.Model;

var instance = new Instance { DataFolder = "data", PublicUrl = new Uri("http://127.0.0.1:5080") };
await Migrations.RunAsync(instance);
await App.Build(instance).RunAsync();
