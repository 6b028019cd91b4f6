using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>What the reader asks for.</summary>
/// <param name="Address">The letter's address, or its log's, which ends in /log.</param>
/// <param name="Key">The letter's key, or null where it is to be taken from the site.</param>
/// <param name="Policy">The reader's witnesses.</param>
/// <param name="Old">A checkpoint known from before.</param>
/// <param name="Pages">Pages to check, files or addresses.</param>
/// <param name="Thorough">Whether all tiles are to be checked too.</param>
/// <param name="LettersPages">Whether the letter's own pages are to be fetched and checked, where the address is the letter's.</param>
/// <param name="Audit">What is asked of the audits; null leaves them be.</param>
internal sealed record ListRequest(
    Uri Address, VerifierKey? Key, TlogPolicy? Policy, SignedNote? Old, IReadOnlyList<string> Pages, bool Thorough, bool LettersPages, AuditRequest? Audit = null);

/// <summary>Every check of section 5 of the specification, in its order: pages first, then the checkpoint, then the rest.</summary>
internal sealed class ListCheck(Site site, ListRequest request, Report report, Action<string> progress)
{
    private const int MaxKeyBytes = 1024;
    private const int MaxPageBytes = 64 << 20;
    private const int MaxListPages = 100_000;
    private static readonly TimeSpan Stale = TimeSpan.FromHours(48);

    private readonly List<PageAnswer> pages = [];

    private bool IsLog => request.Address.AbsolutePath.EndsWith("/log", StringComparison.Ordinal);

    private Uri Log => IsLog ? request.Address : new Uri(request.Address.AbsoluteUri + "/log");

    /// <summary>The findings where all holds; else null, and the report says why.</summary>
    internal async Task<Findings?> RunAsync(CancellationToken cancel)
    {
        try
        {
            await FetchPagesAsync(cancel).ConfigureAwait(false);
            if (await KeyAsync(cancel).ConfigureAwait(false) is not { } key) return null;
            var reading = new LogReading(site, Log, key, request.Policy, request.Thorough, report, progress);
            return await reading.ReadAsync(cancel).ConfigureAwait(false) ? await CheckAsync(reading, cancel).ConfigureAwait(false) : null;
        }
        catch (TroubleException e)
        {
            report.Trouble(e.Message);
            return null;
        }
    }

    private async Task<Findings?> CheckAsync(LogReading reading, CancellationToken cancel)
    {
        var (old, largest) = (OldCheckpoint(reading), pages.Select(page => page.TreeSize).DefaultIfEmpty().Max());
        if (Math.Max(largest, old?.Size ?? 0) > reading.Checkpoint.Size && !await reading.ReadOnAsync(cancel).ConfigureAwait(false)) return null;
        var documents = new Documents(reading, report, progress);
        var openings = new Openings(reading, documents, site, report, keepNames: request.Audit?.NamesLines == true || pages.Any(page => page.Lines.Count > 0), progress);
        if (!await openings.CheckAsync(cancel).ConfigureAwait(false)) return null;
        await documents.CheckAsync(cancel).ConfigureAwait(false);
        if (old is not null) CheckOld(old, reading);
        var check = new Pages(reading, openings, report);
        foreach (var page in pages) check.Check(page);
        // Of a list that does not hold, nothing is said of its audits.
        if (report.ExitStatus != 0) return null;
        var audits = request.Audit is null ? null : await new AuditCheck(reading, openings, documents, report).RunAsync(request.Audit, site.Time.GetUtcNow(), cancel).ConfigureAwait(false);
        if (report.ExitStatus != 0) return null;
        var findings = Findings.Of(reading, openings, request.Key is not null, request.Policy) with { Audits = audits };
        WarnOfTimes(reading, findings);
        return findings;
    }

    private void WarnOfTimes(LogReading reading, Findings findings)
    {
        var now = site.Time.GetUtcNow();
        if (reading.Replay.LastTime > now) report.Warn($"the last entry is dated {EntryTime.Format(reading.Replay.LastTime)}, which is later than it is now");
        if (findings.AsOf < now - Stale && reading.Replay.ClosedAt is null) report.Warn("the letter is open, but your witnesses saw the list more than 48 hours ago");
    }

    private async Task<VerifierKey?> KeyAsync(CancellationToken cancel)
    {
        if (request.Key is not null) return request.Key;
        var answer = await site.GetAsync(new Uri(Log.AbsoluteUri + "/key"), MaxKeyBytes, cancel).ConfigureAwait(false);
        if (answer.Bytes is null && !answer.TooLong) throw new TroubleException("key", answer.Found);
        var text = System.Text.Encoding.UTF8.GetString(answer.Bytes ?? []);
        if (text.EndsWith('\n') && VerifierKey.TryParse(text[..^1], out var key) && Usage.IsLetters(key)) return key;
        report.Fail(1, "key", "the verifier key of a letter's log and one line feed", answer.TooLong ? answer.Found : "something else");
        return null;
    }

    private Checkpoint? OldCheckpoint(LogReading reading)
    {
        if (request.Old is null) return null;
        try
        {
            return Checkpoint.Open(request.Old, reading.Key);
        }
        catch (Exception e) when (e is LogFormatException or LogVerificationException)
        {
            report.Trouble("the older checkpoint is not of this log, or not signed by its key");
            return null;
        }
    }

    private void CheckOld(Checkpoint old, LogReading reading)
    {
        if (old.Size > reading.Checkpoint.Size) report.Fail(6, "checkpoint", $"a size of at least {old.Size}, that of the older checkpoint", reading.Checkpoint.Size);
        else if (reading.RootAt(old.Size) != old.Root) report.Fail(6, "checkpoint", $"root {old.Root.ToBase64()} at {old.Size}", reading.RootAt(old.Size).ToBase64());
        else if (!reading.Replay.IsPublished(old.Size)) report.Fail(6, "checkpoint", $"the end of a batch at {old.Size}", "the midst of one");
    }

    private async Task FetchPagesAsync(CancellationToken cancel)
    {
        foreach (var page in request.Pages) await FetchGivenAsync(page, cancel).ConfigureAwait(false);
        if (!request.LettersPages || IsLog) return;
        var letter = request.Address.AbsoluteUri;
        var slug = request.Address.Segments[^1];
        await FetchOwnAsync(letter + ".json", $"../../{slug}.json", cancel).ConfigureAwait(false);
        await FetchOwnAsync(letter, "..", cancel).ConfigureAwait(false);
        await FetchOwnAsync(letter + "/signatories", "../signatories", cancel).ConfigureAwait(false);
        await FetchOwnAsync(letter + "/signatories/all", "../signatories/all", cancel).ConfigureAwait(false);
        await FetchListAsync(letter + "/signatories.json", "../signatories.json", cancel).ConfigureAwait(false);
    }

    private async Task FetchGivenAsync(string page, CancellationToken cancel)
    {
        if (!Usage.IsAddress(page, out var address))
        {
            Take(page, Usage.Read(page));
            return;
        }
        var answer = await site.GetAsync(address, MaxPageBytes, cancel).ConfigureAwait(false);
        if (answer.Bytes is null) report.Fail(7, page, "a page", answer.Found);
        else Take(page, answer.Bytes);
    }

    // A copy of the log need not have the letter's pages beside it, and a page without a number claims nothing.
    private async Task<PageAnswer?> FetchOwnAsync(string address, string where, CancellationToken cancel)
    {
        progress(where);
        var answer = await site.GetAsync(new Uri(address), MaxPageBytes, cancel).ConfigureAwait(false);
        return answer.Bytes is { } bytes && PageAnswer.IsMarked(bytes) ? Take(where, bytes) : null;
    }

    private async Task FetchListAsync(string address, string where, CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Uri(address);
        while (seen.Add(next.AbsoluteUri) && seen.Count <= MaxListPages)
        {
            var page = await FetchOwnAsync(next.AbsoluteUri, seen.Count == 1 ? where : $"{where}{next.Query}", cancel).ConfigureAwait(false);
            if (page?.Next is not { Length: > 0 } reference || !Uri.TryCreate(next, reference, out var following)) return;
            if (!Site.IsSameSite(next, following)) throw new TroubleException(where, "names a next page on another host or port");
            next = following;
        }
    }

    private PageAnswer? Take(string where, byte[] bytes)
    {
        try
        {
            var page = PageAnswer.Parse(where, bytes);
            pages.Add(page);
            if (page.Registry is not null) report.Remark($"{where} names a registry, which this version does not read");
            return page;
        }
        catch (LogFormatException e)
        {
            report.Fail(7, where, e.Message, "none such");
            return null;
        }
    }
}
