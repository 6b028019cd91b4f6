using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// The published letters, in memory, so that a page that is cached needs no database. Refreshed by this process after each
/// publication and by <see cref="PublishedLettersRefresh"/> every second for what other processes did.
/// </summary>
public sealed class PublishedLetters(IDbContextFactory<UndersignedDb> databases, LogTroubles troubles)
{
    private readonly ConcurrentDictionary<string, PublishedLetter> bySlug = new(StringComparer.Ordinal);

    public PublishedLetter? Find(string slug) => bySlug.GetValueOrDefault(slug);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PublishedLetter> All => [.. bySlug.Values.OrderByDescending(l => l.OpenedAt)];

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var letters = await db.Letters.AsNoTracking()
            .Where(l => l.State == LetterState.Published || l.State == LetterState.Closing || l.State == LetterState.Closed)
            .Join(db.Logs, l => l.Id, g => g.LetterId, (l, g) => new { Letter = l, Log = g })
            .Where(x => x.Log.PublishedSize > 0)
            .ToListAsync(cancellation);
        var reports = await ReportsAsync(db, cancellation);
        var quoted = await db.Quotations.Where(q => q.State == QuotationState.Agreed)
            .GroupBy(q => q.LetterId).Select(g => new { LetterId = g.Key, Count = g.Count(), Last = g.Max(q => q.StateAt) })
            .ToDictionaryAsync(q => q.LetterId, q => string.Create(CultureInfo.InvariantCulture, $"{q.Count}-{q.Last.UtcTicks}"), cancellation);
        // A letter that follows is mostly newer: its own words are there when the earlier one names them. Otherwise the next look finds them.
        var followed = letters.Select(x => x.Letter.FollowsLetterId).ToHashSet();
        foreach (var x in letters.OrderByDescending(x => x.Letter.Id))
            await RefreshAsync(db, x.Letter, x.Log, new Around(
                reports.GetValueOrDefault(x.Letter.Id) ?? new(), quoted.GetValueOrDefault(x.Letter.Id) ?? "", followed.Contains(x.Letter.Id) ? FollowersOf(x.Letter.Id) : []), cancellation);
    }

    private static async Task<Dictionary<long, ReportCounts>> ReportsAsync(UndersignedDb db, CancellationToken cancellation)
    {
        var rows = await db.Inquiries
            .Where(i => (i.State == InquiryState.Waiting || i.State == InquiryState.Answered) && (i.Kind == InquiryKind.NotMe || i.Kind == InquiryKind.Wrong))
            .GroupBy(i => new { i.LetterId, i.State, i.Outcome }).Select(g => new { g.Key.LetterId, g.Key.State, g.Key.Outcome, Count = g.Count() })
            .ToListAsync(cancellation);
        return rows.GroupBy(r => r.LetterId).ToDictionary(g => g.Key, g => new ReportCounts(
            g.Where(r => r.State == InquiryState.Waiting).Sum(r => r.Count),
            g.Where(r => r.State == InquiryState.Answered && r.Outcome is not (InquiryOutcome.Corrected or InquiryOutcome.Removed or InquiryOutcome.Withdrawn)).Sum(r => r.Count),
            g.Where(r => r.Outcome == InquiryOutcome.Corrected).Sum(r => r.Count),
            g.Where(r => r.Outcome is InquiryOutcome.Removed or InquiryOutcome.Withdrawn).Sum(r => r.Count)));
    }

    private static Task<LogCheckpoint> CheckpointAsync(UndersignedDb db, long letterId, long size, CancellationToken cancellation) =>
        db.Checkpoints.AsNoTracking().SingleAsync(c => c.LetterId == letterId && c.Size == size, cancellation);

    private IReadOnlyList<FollowingLetter> FollowersOf(long letterId) =>
        [.. bySlug.Values.Where(l => l.Letter.FollowsLetterId == letterId).OrderBy(l => l.OpenedAt).Select(l => new FollowingLetter(l.Letter.Slug, l.Words.Title))];

    /// <summary>What stands beside the record and can change without it.</summary>
    private sealed record Around(ReportCounts Reports, string Quoted, IReadOnlyList<FollowingLetter> FollowedBy);

    private async Task RefreshAsync(UndersignedDb db, Letter letter, LetterLog log, Around around, CancellationToken cancellation)
    {
        // Where the display is frozen, all that is shown rests at that size; the record goes on.
        var size = letter.FrozenSize < log.PublishedSize ? letter.FrozenSize.Value : log.PublishedSize;
        var known = bySlug.GetValueOrDefault(letter.Slug);
        var isSame = known?.Size == size;
        var at = isSame ? known!.At : await CheckpointAsync(db, letter.Id, size, cancellation);
        var latest = size == log.PublishedSize ? at : known?.LatestSize == log.PublishedSize ? known.Latest : await CheckpointAsync(db, letter.Id, log.PublishedSize, cancellation);
        var revision = known?.Revision.Number == at.Revision
            ? known.Revision
            : await db.Revisions.AsNoTracking().SingleAsync(r => r.LetterId == letter.Id && r.Number == at.Revision, cancellation);
        var edition = isSame ? known!.Edition : await db.EditionAtAsync(letter.Id, size, cancellation);
        var before = known?.Size <= size ? known : null;
        var posts = isSame ? known!.Posts : [.. before?.Posts ?? [], .. await db.PostsBetweenAsync(letter.Id, before?.Size ?? 0, size, cancellation)];
        var channels = isSame ? known!.Channels : await db.ChannelsAtAsync(letter.Id, size, cancellation);
        var fresh = new PublishedLetter(letter, revision, at, log.Origin, letter.PublishedAt ?? at.EntryAt)
        {
            Latest = latest,
            IsRefused = troubles.Of(letter.Id) is { Kind: LogTroubleKind.Refused },
            Edition = edition,
            Reports = around.Reports,
            Quoted = around.Quoted,
            FollowedBy = around.FollowedBy,
            Channels = channels,
            Posts = posts,
        };
        // A slower refresh that read an older size must not put it back.
        bySlug.AddOrUpdate(letter.Slug, fresh, (_, old) => old.LatestSize > fresh.LatestSize ? old : fresh);
    }
}

/// <summary>Looks once a second for what other processes published.</summary>
public sealed class PublishedLettersRefresh(PublishedLetters letters, TimeProvider time, ILogger<PublishedLettersRefresh> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            try
            {
                await letters.RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Pages go on from memory while the database does not answer.
                log.LogWarning("The database did not answer ({Error}); public pages go on from memory", e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
