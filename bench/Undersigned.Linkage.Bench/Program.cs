using System.Globalization;
using Undersigned.Linkage.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var folder = args.SkipWhile(arg => arg != "--data").Skip(1).FirstOrDefault() ?? "../shared/data/linkage/";
// --only NAME: the sets whose names hold it, or speed alone, --lines N of it; nothing is written then.
var lines = args.SkipWhile(arg => arg != "--lines").Skip(1).FirstOrDefault() is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : (int?)null;
var only = args.SkipWhile(arg => arg != "--only").Skip(1).FirstOrDefault();
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder {folder}: give one with the data sets that bench/LINKAGE.md lists, --data FOLDER.");
    return 2;
}
var accuracy = new Accuracy(folder, only);
var results = accuracy.All().ToList();
if (results.Count == 0 && only is null)
{
    Console.Error.WriteLine($"The folder {folder} holds none of the data sets that bench/LINKAGE.md lists.");
    return 2;
}
if (only is null or "speed") results.AddRange(Speed.All(full: !args.Contains("--quick"), lines));
if (args.Contains("--json")) Report.Json(results);
else Report.Text(results);
if (only is null && !args.Contains("--quick")) Report.Markdown("bench/LINKAGE.md", results);
return 0;
