using Microsoft.EntityFrameworkCore;
using Undersigned.Accounts;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Inquiries;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>The instance's database and keys for a verb that works beside the running program, or without it.</summary>
internal sealed class OfflineInstance : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private OfflineInstance(ServiceProvider services)
    {
        this.services = services;
        Db = services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContext();
    }

    public UndersignedDb Db { get; }

    public Replies Replies => services.GetRequiredService<Replies>();

    public SetupLinks SetupLinks => services.GetRequiredService<SetupLinks>();

    public static async Task<OfflineInstance> OpenAsync(Instance instance)
    {
        await Migrations.RunAsync(instance);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(instance);
        services.AddSingleton(TimeProvider.System);
        services.AddUndersignedData(instance);
        services.AddSingleton<SetupLinks>();
        services.AddSingleton<Replies>();
        return new OfflineInstance(services.BuildServiceProvider());
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await services.DisposeAsync();
    }
}
