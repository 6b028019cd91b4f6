using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>
/// Check 4: what is shown of each signatory. The answers name the size they are of, and the list may move while they are fetched: each is checked at
/// its own size, and one that has become old is asked for again.
/// </summary>
internal sealed class Openings(LogReading reading, Documents documents, Site site, Report report, bool keepNames, Action<string> progress)
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan OldestAnswer = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, long> sizes = [];
    private readonly Dictionary<long, string> names = [];
    private readonly HashSet<long> read = [], odd = [];

    /// <summary>The size whose state is reported: the largest that an answer named.</summary>
    internal long Size { get; private set; }

    /// <summary>How many signatories have their current opening shown, as of the latest answers.</summary>
    internal long Shown(long size) => read.Count(entry => reading.Replay.IsCurrentAt(entry, size));

    /// <summary>The name in an entry's record, where its opening was offered and the name kept.</summary>
    internal string? NameIn(long entry) => names.GetValueOrDefault(entry);

    internal bool IsRead(long entry) => read.Contains(entry);

    /// <summary>Asks for every page of records and checks it. False where the log itself, read on meanwhile, failed.</summary>
    internal async Task<bool> CheckAsync(CancellationToken cancel)
    {
        if (!await AskForNewAsync(cancel).ConfigureAwait(false)) return false;
        for (var attempt = 1; Old() is { Count: > 0 } old; attempt++)
        {
            if (attempt > Attempts)
            {
                foreach (var bundle in old) report.Fail(4, RecordsPage.PathOf(bundle), $"the state at {Size}", $"the one at {sizes[bundle]}");
                break;
            }
            await site.WaitAsync(Pause, cancel).ConfigureAwait(false);
            foreach (var bundle in old)
                if (!await AskAsync(bundle, cancel).ConfigureAwait(false)) return false;
            if (!await AskForNewAsync(cancel).ConfigureAwait(false)) return false;
        }
        foreach (var entry in odd.Order()) report.Warn($"entry {entry}: the name is not of the form that the specification asks for");
        return true;
    }

    // Reading on can add bundles.
    private async Task<bool> AskForNewAsync(CancellationToken cancel)
    {
        for (long bundle = sizes.Count; bundle * Tile.FullWidth < reading.Checkpoint.Size; bundle++)
        {
            progress($"records {bundle + 1} of {(reading.Checkpoint.Size + Tile.FullWidth - 1) / Tile.FullWidth}");
            if (!await AskAsync(bundle, cancel).ConfigureAwait(false)) return false;
        }
        return true;
    }

    private List<long> Old() => [.. sizes.Where(answer => answer.Value > 0 && answer.Value < Size && Differs(answer.Key, answer.Value)).Select(answer => answer.Key)];

    private bool Differs(long bundle, long size) =>
        Entries(bundle, Size).Any(entry => reading.Replay.IsCurrentAt(entry, size) != reading.Replay.IsCurrentAt(entry, Size));

    private static IEnumerable<long> Entries(long bundle, long size)
    {
        for (var entry = bundle * Tile.FullWidth; entry < size && entry < (bundle + 1) * Tile.FullWidth; entry++) yield return entry;
    }

    private async Task<bool> AskAsync(long bundle, CancellationToken cancel)
    {
        var path = RecordsPage.PathOf(bundle);
        sizes[bundle] = 0;
        try
        {
            var answer = await reading.GetAsync(path, RecordsPage.MaxBytes, cancel).ConfigureAwait(false);
            if (answer.Bytes is null) throw new LogFormatException(answer.Found);
            var page = RecordsPage.Parse(bundle, answer.Bytes);
            if (page.Size > reading.Checkpoint.Size && !await ReadOnAsync(page.Size, cancel).ConfigureAwait(false)) return false;
            if (IsSizeGood(path, page.Size)) await CheckAsync(bundle, path, page, cancel).ConfigureAwait(false);
        }
        catch (LogFormatException e)
        {
            report.Fail(4, path, "a page of records as specified", e.Message);
        }
        catch (TroubleException e)
        {
            report.Trouble(e.Message);
        }
        return true;
    }

    private async Task<bool> ReadOnAsync(long size, CancellationToken cancel)
    {
        for (var attempt = 1; reading.Checkpoint.Size < size && attempt <= Attempts; attempt++)
        {
            if (attempt > 1) await site.WaitAsync(Pause, cancel).ConfigureAwait(false);
            if (!await reading.ReadOnAsync(cancel).ConfigureAwait(false)) return false;
        }
        return true;
    }

    private bool IsSizeGood(string path, long size)
    {
        if (size > reading.Checkpoint.Size) report.Fail(4, path, $"a size of at most {reading.Checkpoint.Size}, the tree's", size);
        else if (!reading.Replay.IsPublished(size)) report.Fail(4, path, "a published size", size);
        else if (size < reading.Checkpoint.Size && reading.Replay.TimeOf(size) < site.Time.GetUtcNow() - OldestAnswer)
            report.Fail(4, path, $"the state at {reading.Checkpoint.Size}, or one at most ten minutes old", $"the one at {size}");
        else return true;
        return false;
    }

    private async Task CheckAsync(long bundle, string path, RecordsPage page, CancellationToken cancel)
    {
        sizes[bundle] = page.Size;
        Size = Math.Max(Size, page.Size);
        var offered = page.Openings.ToDictionary(opening => opening.Index);
        foreach (var entry in Entries(bundle, page.Size))
        {
            read.Remove(entry);
            if (offered.Remove(entry, out var opening)) await CheckAsync($"{path} index {entry}", opening, page.Size, cancel).ConfigureAwait(false);
            else if (reading.Replay.OpeningAt(entry, page.Size) == OpeningDue.Required) report.Fail(4, $"{path} index {entry}", "an opening", "none");
        }
        foreach (var entry in offered.Keys) report.Fail(4, $"{path} index {entry}", $"no opening at {page.Size}", "one");
    }

    private async Task CheckAsync(string where, Opening opening, long size, CancellationToken cancel)
    {
        if (reading.Replay.OpeningAt(opening.Index, size) == OpeningDue.Forbidden)
        {
            report.Fail(4, where, "no opening", "one");
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(opening.Record);
        var commitment = Commitment.OfRecord(reading.Origin.Text, reading.Replay.SignatoryOf(opening.Index)!.Value, opening.Salt.Span, bytes);
        if (commitment != reading.CommitmentOf(opening.Index))
        {
            report.Fail(4, where, "the opening of its commitment", "another");
            return;
        }
        try
        {
            var record = Record.Parse(bytes, reading.Replay.SaysWithheld(opening.Index));
            if (record.Group is { } group && await documents.GroupsOfAsync(reading.Replay.RulesOf(opening.Index), cancel).ConfigureAwait(false) is { } groups && !groups.Contains(group))
                throw new LogFormatException("a group that the rules do not name");
            Keep(opening.Index, record);
        }
        catch (LogFormatException e)
        {
            report.Fail(4, where, "a record as specified", e.Message);
        }
    }

    private void Keep(long entry, Record record)
    {
        read.Add(entry);
        if (record.Name is not { } name) return;
        if (NameRules.FaultOf(name) is not null) odd.Add(entry);
        if (keepNames || reading.Replay.WasAmended(reading.Replay.SignatoryOf(entry)!.Value)) names[entry] = name;
    }
}
