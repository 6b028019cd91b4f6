using System.Globalization;

namespace Undersigned.Linkage;

/// <summary>From the steps of a score to the few reasons that a person is shown.</summary>
internal static class Reasoning
{
    private const int AtMost = 4;

    public static Match Match(RecordStore store, in RecordStore.Row a, in RecordStore.Row b, double bits, List<Agreement> trail, LinkageOptions options)
    {
        var probability = Linkage.Match.ProbabilityOf(bits);
        var standing = probability >= options.LikelyAt ? Standing.Likely : probability >= options.ReviewAt ? Standing.Review : Standing.Below;
        var impersonation = standing != Standing.Below && WorseProvenance(a, b);
        return new Match(a.Id, b.Id, bits, probability)
        {
            Standing = standing,
            MayBeImpersonation = impersonation,
            Reasons = Reasons(store, a, b, trail, impersonation),
        };
    }

    private static bool WorseProvenance(in RecordStore.Row a, in RecordStore.Row b)
    {
        if (a.Assurance == b.Assurance) return false;
        var weak = a.Assurance < b.Assurance ? a : b;
        return weak.FreeMail || a.Domain != b.Domain || a.Mailbox != b.Mailbox;
    }

    private static List<Reason> Reasons(RecordStore store, in RecordStore.Row a, in RecordStore.Row b, List<Agreement> trail, bool impersonation)
    {
        var weighed = new List<(double Bits, Reason Reason)>();
        NameReasons(store, a, b, trail, weighed);
        foreach (var step in trail)
            if (step.Kind > AgreementKind.NameLeftOver && Weighed(step.Bits) is { } strength) weighed.Add((step.Bits, FieldReason(store, step, strength)));
        var fixedOnes = new List<Reason>();
        if (a.Mixed != b.Mixed) fixedOnes.Add(new("look-alike", Strength.Strong, false, []));
        if (impersonation) fixedOnes.Add(new("provenance", Strength.Clear, true, []));
        var chosen = weighed.OrderByDescending(one => Math.Abs(one.Bits)).ThenBy(one => one.Reason.Code, StringComparer.Ordinal).Take(AtMost - fixedOnes.Count).ToList();
        return [.. fixedOnes, .. chosen.Where(one => one.Reason.For).Select(one => one.Reason), .. chosen.Where(one => !one.Reason.For).Select(one => one.Reason)];
    }

    private static Strength? Weighed(double bits) => Math.Abs(bits) switch { >= 8 => Strength.Strong, >= 4 => Strength.Clear, >= 1 => Strength.Some, _ => null };

    private static void NameReasons(RecordStore store, in RecordStore.Row a, in RecordStore.Row b, List<Agreement> trail, List<(double Bits, Reason Reason)> weighed)
    {
        var words = trail.Where(step => step.Kind == AgreementKind.Name).ToList();
        var whole = words.Count > 1 && words.TrueForAll(step => step.Token == TokenLevel.Same) && trail.TrueForAll(step => step.Kind is not (AgreementKind.NameConflict or AgreementKind.NameLeftOver));
        if (whole)
        {
            var bits = words.Sum(step => step.Bits);
            var turned = words.OrderBy(step => step.FirstAt).Select(step => step.SecondAt).Aggregate((Last: -1, Turned: false), (seen, at) => (at, seen.Turned || at < seen.Last)).Turned;
            Add(weighed, turned ? "name-turned" : "name-same", bits, HowCommon(store, words));
        }
        else
        {
            int lastOfA = a.TokenCount - 1, lastOfB = b.TokenCount - 1;
            // Two given names that differ: whatever agrees behind them is the family's.
            var behind = words.TrueForAll(step => step.FirstAt > 0 && step.SecondAt > 0) && trail.Exists(step => step.Kind == AgreementKind.NameConflict);
            foreach (var step in words)
            {
                var part = behind || step.FirstAt >= lastOfA && step.SecondAt >= lastOfB ? "family" : step.FirstAt < lastOfA && step.SecondAt < lastOfB ? "given" : "part";
                var (first, second) = (Shown(store, step.First), Shown(store, step.Second));
                Add(weighed, $"{part}-{CodeOf(step.Token)}", step.Bits, step.Token == TokenLevel.Same ? [first, HowCommon(store, [step])[0]] : [first, second]);
            }
        }
        foreach (var step in trail)
            if (step.Kind == AgreementKind.NameConflict) Add(weighed, "name-conflict", step.Bits, [Shown(store, step.First), Shown(store, step.Second)]);
            else if (step.Kind == AgreementKind.NameLeftOver) Add(weighed, "name-left-over", step.Bits, [Shown(store, step.First)]);
            else if (step.Kind == AgreementKind.NameJoined) Add(weighed, "name-joined", step.Bits, []);
    }

    private static void Add(List<(double Bits, Reason Reason)> weighed, string code, double bits, string[] arguments)
    {
        if (Weighed(bits) is { } strength) weighed.Add((bits, new(code, strength, bits > 0, arguments)));
    }

    private static string CodeOf(TokenLevel level) => level switch
    {
        TokenLevel.Same => "same",
        TokenLevel.Scripts => "scripts",
        TokenLevel.OneLetter => "letter",
        TokenLevel.ScriptsAlike => "scripts-alike",
        TokenLevel.Nickname => "short",
        TokenLevel.Sound => "sound",
        TokenLevel.Alike => "alike",
        TokenLevel.Beginning => "beginning",
        _ => "initial",
    };

    /// <summary>"common", "rare" or nothing, by how many of ten thousand people would have these words together.</summary>
    private static string[] HowCommon(RecordStore store, List<Agreement> words)
    {
        var share = 1.0;
        foreach (var step in words)
        {
            ref readonly var word = ref store.Tokens[step.First];
            share *= Rarity.Share(word.Bearers, store.Names, word.Background, Weights.NamePrior);
        }
        return [share > (words.Count > 1 ? 2e-5 : 2e-3) ? "common" : share < (words.Count > 1 ? 2e-6 : 1e-3) ? "rare" : ""];
    }

    private static Reason FieldReason(RecordStore store, in Agreement step, Strength strength)
    {
        var supports = step.Bits > 0;
        if (step.Kind == AgreementKind.Mailbox) return new("mailbox", strength, supports, []);
        if (step.Kind == AgreementKind.Years) return new(YearsCode(step.Years), strength, supports, []);
        var (first, second) = (store.Values[step.First].Shown, store.Values[step.Second].Shown);
        var field = step.Kind.ToString().ToLowerInvariant();
        var arguments = new List<string> { first, second };
        if (step.Kind == AgreementKind.Fact) arguments.Insert(0, store.Values.FieldName(store.Values[step.First].Field));
        return new($"{field}-{(step.Value == ValueLevel.Same ? "same" : step.Value == ValueLevel.None ? "differs" : "alike")}", strength, supports, arguments);
    }

    private static string YearsCode(YearsLevel years) => years switch
    {
        YearsLevel.Equal => "years-same",
        YearsLevel.OneEqual or YearsLevel.Near => "years-near",
        YearsLevel.Overlap => "years-overlap",
        _ => "years-apart",
    };

    private static string Shown(RecordStore store, int token)
    {
        var text = store.Tokens[token].Text;
        return text.Length == 0 ? text : string.Concat(text[..1].ToUpper(CultureInfo.InvariantCulture), text.AsSpan(1));
    }
}
