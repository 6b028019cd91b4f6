using System.Globalization;
using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>What was found where all holds: the numbers, and the sentence that they make (signatory log, section 5).</summary>
internal sealed record Findings
{
    internal required string Origin { get; init; }

    internal required bool KeyIsGiven { get; init; }

    internal required long Size { get; init; }

    internal required Hash Root { get; init; }

    /// <summary>The checkpoint that this is the list of, to be known the next time; and the key that signed it.</summary>
    internal required SignedNote Note { get; init; }

    internal required VerifierKey Key { get; init; }

    internal required DateTimeOffset OpenedAt { get; init; }

    internal required DateTimeOffset LastChanged { get; init; }

    /// <summary>The latest time at which the reader's quorum saw this list; null without a quorum.</summary>
    internal DateTimeOffset? AsOf { get; init; }

    internal required long Standing { get; init; }

    internal required long Withheld { get; init; }

    internal required IReadOnlyDictionary<Level, long> ByLevel { get; init; }

    internal long Withdrawn { get; private set; }

    internal long Removed { get; private set; }

    internal long Amended { get; private set; }

    internal long AmendedInName { get; private set; }

    /// <summary>Whether a name that was amended cannot be read any more, so that there may be more.</summary>
    internal bool IsAtLeast { get; private set; }

    /// <summary>How many lines are still shown, of a list that is retired; else null.</summary>
    internal long? Shown { get; init; }

    internal int WitnessesOfPolicy { get; init; }

    internal int WitnessesSeen { get; init; }

    /// <summary>What the log says of its audits; null where nobody asked.</summary>
    internal IReadOnlyList<AuditFindings>? Audits { get; init; }

    internal static Findings Of(LogReading reading, Openings openings, bool keyIsGiven, TlogPolicy? policy)
    {
        var (replay, size) = (reading.Replay, openings.Size);
        var counts = replay.CountsAt(size)!.Value;
        var findings = new Findings
        {
            Origin = reading.Origin.Text,
            KeyIsGiven = keyIsGiven,
            Size = size,
            Root = reading.RootAt(size),
            Note = reading.Note!,
            Key = reading.Key,
            OpenedAt = replay.OpenedAt,
            LastChanged = counts.Time,
            AsOf = reading.Witnesses?.Since is { } since ? DateTimeOffset.FromUnixTimeSeconds(since) : null,
            Standing = counts.Standing,
            Withheld = counts.Withheld,
            ByLevel = replay.ByLevel(size),
            Shown = replay.IsRetired && size == replay.Size ? openings.Shown(size) : null,
            WitnessesOfPolicy = policy?.Witnesses.Count ?? 0,
            WitnessesSeen = reading.Witnesses?.Seen.Count ?? 0,
        };
        for (var signatory = 1L; signatory <= replay.Signatories; signatory++)
            if (replay.StateAt(signatory, size) is { } state) findings.Count(state, replay, openings);
        return findings;
    }

    private void Count(SignatoryState state, Replay replay, Openings openings)
    {
        if (state.Status == SignatoryStatus.Withdrawn) Withdrawn++;
        if (state.Status == SignatoryStatus.Removed) Removed++;
        if (state.Record == state.Sign) return;
        Amended++;
        // Where one of the two never had a name, none was changed.
        if (replay.SaysWithheld(state.Sign) || replay.SaysWithheld(state.Record)) return;
        var (first, current) = (openings.NameIn(state.Sign), openings.NameIn(state.Record));
        if (first is null || current is null) IsAtLeast = true;
        else if (first != current) AmendedInName++;
    }

    /// <summary>The sentence that can be printed.</summary>
    internal string Sentence
    {
        get
        {
            var imported = ByLevel.GetValueOrDefault(Level.Imported);
            var signatures = Standing - imported;
            var text = new StringBuilder();
            text.Append(AsOf is { } asOf ? $"As of {Minute(asOf)}, " : $"As last changed at {Minute(LastChanged)}, ");
            text.Append($"{Number(Standing)} {(Standing == 1 ? "name is" : "names are")} listed: {Number(signatures)} {(signatures == 1 ? "signature" : "signatures")}, ");
            text.Append($"{Number(signatures - Withheld)} of them named ({Number(ByLevel.GetValueOrDefault(Level.Email))} by address only) and {Number(Withheld)} with the name withheld, ");
            text.Append($"and {Number(imported)} imported by the maintainers without confirmation. ");
            text.Append($"Since {OpenedAt.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, {Number(Withdrawn)} {(Withdrawn == 1 ? "was" : "were")} withdrawn and {Number(Removed)} removed; ");
            text.Append($"{Number(Amended)} {(Amended == 1 ? "line was" : "lines were")} amended, {(IsAtLeast ? "at least " : "")}{Number(AmendedInName)} of them in the name. ");
            if (Shown is not null) text.Append($"The list is retired: {Number(Shown.Value)} of its lines {(Shown == 1 ? "is" : "are")} still shown. ");
            text.Append($"Signed by {Origin} (key {(KeyIsGiven ? "given by you" : "taken from the site")}). ");
            text.Append(WitnessesSeen > 0
                ? $"{WitnessesSeen} of the {WitnessesOfPolicy} witnesses of your policy saw the same list."
                : "No witness of your policy has seen it: others may have been shown another list.");
            return text.ToString();
        }
    }

    internal static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
