using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Pdf;

/// <summary>
/// Makes what is asked for, one at a time; asks by itself for the newest edition of each letter; and destroys what names somebody who has left.
/// </summary>
public sealed class PdfLoop(IServiceScopeFactory scopes, PublishedLetters letters, ChromiumPrint printer, WorkSignal work, TimeProvider time, ILogger<PdfLoop> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    /// <summary>What each letter was when it was last looked through.</summary>
    private readonly Dictionary<long, (int? Edition, int Left)> seen = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = work.Next(Tick, stoppingToken);
            try
            {
                await LookThroughAsync(stoppingToken);
                if (await MakeNextAsync(stoppingToken))
                    continue;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning("A PDF was not made ({Error}); it is tried again", e.GetType().Name);
            }
            await next;
        }
    }

    /// <summary>False where nothing waits, or there is nothing to make it with.</summary>
    public async Task<bool> MakeNextAsync(CancellationToken cancellation)
    {
        if (!printer.IsThere)
            return false;
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<UndersignedDb>().TakeAsync(time.GetUtcNow(), cancellation) is not { } row)
            return false;
        await scope.ServiceProvider.GetRequiredService<PdfMaking>().MakeAsync(row, cancellation);
        return true;
    }

    /// <summary>Where an edition came, or somebody left.</summary>
    public async Task LookThroughAsync(CancellationToken cancellation)
    {
        foreach (var letter in letters.All)
        {
            var now = (letter.Edition?.Number, letter.Counts.Withdrawn + letter.Counts.Removed);
            if (seen.TryGetValue(letter.Letter.Id, out var before) && before == now)
                continue;
            await using var scope = scopes.CreateAsyncScope();
            await LookThroughAsync(scope.ServiceProvider.GetRequiredService<UndersignedDb>(), scope.ServiceProvider.GetRequiredService<PrintedLetters>(), letter, cancellation);
            seen[letter.Letter.Id] = now;
        }
    }

    private async Task LookThroughAsync(UndersignedDb db, PrintedLetters printed, PublishedLetter letter, CancellationToken cancellation)
    {
        var id = letter.Letter.Id;
        // Since publication, outlets read what everybody reads.
        await db.OutdateAsync(p => p.LetterId == id && p.EmbargoCopyId != null, cancellation);
        foreach (var made in await db.Pdfs.AsNoTracking().Where(p => p.LetterId == id && p.Edition != null && p.State == PdfState.Made).ToListAsync(cancellation))
            if (await printed.FindAsync(letter.Letter.Slug, made.Edition!.Value, cancellation) is { } found && await db.ShownMarkAsync(found.Then, cancellation) != made.Mark)
                await db.OutdateAsync(p => p.Id == made.Id, cancellation);
        if (printer.IsThere && letter.Edition is { } newest && await printed.FindAsync(letter.Letter.Slug, newest.Number, cancellation) is { } edition)
            await db.WantAsync(id, newest.Number, null, await db.ShownMarkAsync(edition.Then, cancellation), time.GetUtcNow(), cancellation);
    }
}
