using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>Check 7: what pages, answers and exports say, each compared with the log at the size that it names.</summary>
internal sealed class Pages(LogReading reading, Openings openings, Report report)
{
    private const int RootDigits = 16;

    internal void Check(PageAnswer page)
    {
        var fail = (string expected, string found) => report.Fail(7, page.Where, expected, found);
        if (page.TreeSize > reading.Checkpoint.Size) fail($"a tree size of at most {reading.Checkpoint.Size}", Report.Number(page.TreeSize));
        else if (reading.Replay.CountsAt(page.TreeSize) is not { } counts) fail("a published tree size", Report.Number(page.TreeSize));
        else if (reading.RootAt(page.TreeSize).ToHex()[..RootDigits] is var root && root != page.Root) fail($"root {root} at {page.TreeSize}", Shorten(page.Root));
        else if (page.Origin is not null && page.Origin != reading.Origin.Text) fail($"origin {reading.Origin}", "another");
        else CheckCounts(page, counts, fail);
    }

    private void CheckCounts(PageAnswer page, PublishedCounts counts, Action<string, string> fail)
    {
        if (page.Standing is { } standing && standing != counts.Standing) fail($"standing {counts.Standing} at {counts.Size}", Report.Number(standing));
        if (page.Withheld is { } withheld && withheld != counts.Withheld) fail($"withheld {counts.Withheld} at {counts.Size}", Report.Number(withheld));
        if (page.ByLevel is not null) CheckLevels(page.ByLevel, counts.Size, fail);
        CheckLines(page, counts, fail);
        if (counts.Size < reading.Checkpoint.Size)
            report.Remark($"{page.Where} shows the list as it was at {counts.Size} entries, {EntryTime.Format(counts.Time)}; by now there are {reading.Checkpoint.Size}");
    }

    private void CheckLevels(IReadOnlyDictionary<string, long> said, long size, Action<string, string> fail)
    {
        var right = reading.Replay.ByLevel(size).ToDictionary(level => level.Key.Code(), level => level.Value);
        foreach (var level in said.Keys.Union(right.Keys).Order(StringComparer.Ordinal))
        {
            if (Codes.ParseLevel(level) is null) fail("levels of the specification", "another");
            else if (said.GetValueOrDefault(level) != right.GetValueOrDefault(level)) fail($"{level} {right.GetValueOrDefault(level)} at {size}", Report.Number(said.GetValueOrDefault(level)));
        }
    }

    private void CheckLines(PageAnswer page, PublishedCounts counts, Action<string, string> fail)
    {
        var seen = new HashSet<long>();
        foreach (var (signatory, name) in page.Lines)
        {
            if (!seen.Add(signatory)) fail("each signatory once", $"signatory {signatory} twice");
            else if (reading.Replay.StateAt(signatory, counts.Size) is not { Status: SignatoryStatus.Standing } state) fail($"signatories who stand at {counts.Size}", $"signatory {signatory}");
            else CheckName(signatory, name, state, fail);
        }
        if (page.Nameless > counts.Withheld) fail($"at most {counts.Withheld} names withheld at {counts.Size}", Report.Number(page.Nameless));
        if (page.IsComplete && seen.Count + page.Nameless != counts.Standing) fail($"{counts.Standing} signatories in a list that is whole", Report.Number(seen.Count + page.Nameless));
    }

    private void CheckName(long signatory, string? name, SignatoryState state, Action<string, string> fail)
    {
        if (state.Level == Level.Withheld)
        {
            if (name is not null) fail($"signatory {signatory} without a name", "one");
        }
        else if (name is null) fail($"the name of signatory {signatory}", "none");
        else if (openings.NameIn(state.Record) is { } right && right != name) fail($"the name of signatory {signatory} as in entry {state.Record}", "another");
    }

    private static string Shorten(string root) => root.Length <= RootDigits && root.All(char.IsAsciiLetterOrDigit) ? root : "something else";
}
