using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;

namespace Undersigned.Tests.Harness;

/// <summary>Counts what requests ask of the database, and can make one of them wait.</summary>
internal sealed class AskedDatabase : DbCommandInterceptor
{
    private int asked;
    private TaskCompletionSource? gate;

    /// <summary>Commands of requests since the last look; what loops ask does not count.</summary>
    public int Take() => Interlocked.Exchange(ref asked, 0);

    /// <summary>The next request that asks anything is held until the returned source is set.</summary>
    public TaskCompletionSource HoldNext() => gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Held => held.Task;
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.ConfigureDbContext<UndersignedDb>(o => o.AddInterceptors(this));
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (new HttpContextAccessor().HttpContext is null)
            return result;
        Interlocked.Increment(ref asked);
        if (Interlocked.Exchange(ref gate, null) is { } wait)
        {
            held.TrySetResult();
            await wait.Task;
        }
        return result;
    }
}
