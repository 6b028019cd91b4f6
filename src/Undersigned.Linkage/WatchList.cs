using System.Globalization;

namespace Undersigned.Linkage;

/// <summary>Somebody whose name others might use.</summary>
/// <param name="Key">The caller's own, for what was decided.</param>
/// <param name="Name">As usually written.</param>
public sealed record WatchEntry(string Key, string Name)
{
    /// <summary>Other forms of the name that folding does not reach.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>A line that tells a volunteer who this is.</summary>
    public string? Context { get; init; }

    /// <summary>Offices: with one of them beside the name, a common name is held too.</summary>
    public IReadOnlyList<string> Offices { get; init; } = [];

    /// <summary>Organizations, the same.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>The share of signers who would claim to be this person, where it is known to be more than one in a hundred thousand.</summary>
    public double? ExpectedShare { get; init; }
}

/// <summary>What to do with a line that meets the list.</summary>
public enum WatchVerdict
{
    /// <summary>Say it at the glance; ordinary people have this name too.</summary>
    Hint,

    /// <summary>Hold it until somebody has checked.</summary>
    Hold,
}

/// <summary>A line and whom it may claim to be.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="Entry">The entry, or null where only an office is claimed.</param>
/// <param name="Title">The office that is claimed, or null.</param>
/// <param name="Reasons">What agrees and what differs.</param>
public sealed record WatchFinding(WatchVerdict Verdict, WatchEntry? Entry, string? Title, IReadOnlyList<Reason> Reasons)
{
    /// <summary>How sure it is, for sorting alone.</summary>
    public double Weight { get; init; }

    /// <summary>The verdict and the reasons as one short paragraph.</summary>
    public string Text(CultureInfo? culture = null)
    {
        var sum = ReasonTexts.Format(Entry is null ? "sum-title" : Verdict == WatchVerdict.Hold ? "sum-hold" : "sum-hint", culture);
        var context = Entry?.Context is { } line ? " " + ReasonTexts.Format("context", culture, Entry.Name, line.TrimEnd('.')) : "";
        return ReasonTexts.Paragraph(sum, Reasons, culture) + context;
    }
}

/// <summary>
/// Prominent people and titles of office. A line that bears such a name is weighed by how many ordinary people bear it, or a name as
/// near: what almost nobody has by chance is held by the name alone, a common name only with the office or the organization.
/// </summary>
public sealed class WatchList
{
    /// <summary>The share of signers who would claim one given name of the list.</summary>
    public const double DefaultShare = 1e-5;

    private readonly List<Form> _forms = [];
    private readonly OfficeTitles? _titles;
    private readonly ValueTable _values = new();

    /// <summary>A list of entries.</summary>
    /// <param name="entries">Whom to watch for.</param>
    /// <param name="withTitlesOfOffice">Whether the shipped titles of office are held too.</param>
    /// <param name="furtherTitles">The organiser's own, such as "mayor of Lodz"; a * at the end stands for anything that follows.</param>
    public WatchList(IEnumerable<WatchEntry> entries, bool withTitlesOfOffice = true, IEnumerable<string>? furtherTitles = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
            foreach (var name in entry.Aliases.Prepend(entry.Name))
                if (Form.Of(entry, name) is { } form) _forms.Add(form);
        if (withTitlesOfOffice || furtherTitles is not null) _titles = new(withTitlesOfOffice, furtherTitles ?? []);
    }

    /// <summary>The strongest finding, or null.</summary>
    /// <param name="signatory">The line.</param>
    /// <param name="names">How common names are; the shipped table where it is null.</param>
    /// <param name="isChecked">Whether this line was found to be a namesake of the entry with this key.</param>
    public WatchFinding? Check(Signatory signatory, NameFrequencies? names = null, Func<string, bool>? isChecked = null) =>
        CheckAll(signatory, names, isChecked) is [var first, ..] ? first : null;

    /// <summary>All findings, strongest first, one for each entry and one for each title.</summary>
    public IReadOnlyList<WatchFinding> CheckAll(Signatory signatory, NameFrequencies? names = null, Func<string, bool>? isChecked = null)
    {
        ArgumentNullException.ThrowIfNull(signatory);
        var findings = new Dictionary<string, WatchFinding>(StringComparer.Ordinal);
        var name = PersonName.Parse(signatory.Name);
        NameAlignmentInput input = new(name, NameAlignment.WordsOf(name.Tokens));
        foreach (var form in _forms)
        {
            if (!form.MayMeet(input.Words) || form.Meet(input, names ?? NameFrequencies.Shipped) is not { } meeting || isChecked?.Invoke(form.Entry.Key) == true) continue;
            var finding = Weigh(signatory, form.Entry, meeting);
            if (!findings.TryGetValue(form.Entry.Key, out var other) || other.Weight < finding.Weight) findings[form.Entry.Key] = finding;
        }
        var all = findings.Values.ToList();
        if (_titles?.Claimed(signatory) is { } title) all.Add(new(WatchVerdict.Hold, null, title, [new("watch-title", Strength.Strong, true, [title])]) { Weight = 1 });
        return [.. all.OrderByDescending(one => one.Verdict).ThenByDescending(one => one.Weight).ThenBy(one => one.Entry?.Key, StringComparer.Ordinal)];
    }

    private WatchFinding Weigh(Signatory signatory, WatchEntry entry, Meeting meeting)
    {
        var reasons = new List<Reason>(meeting.Reasons);
        var share = entry.ExpectedShare ?? DefaultShare;
        var weight = share / (share + (1 - share) * meeting.ByChance);
        var office = Agreeing(signatory.Posts.Select(post => post.Position), entry.Offices, ValueKind.Position);
        if (office is not null) reasons.Add(new("watch-office", Strength.Clear, true, [office]));
        var organization = Agreeing(signatory.Posts.Select(post => post.Organization), entry.Organizations, ValueKind.Organization);
        if (organization is not null) reasons.Add(new("watch-organization", Strength.Clear, true, [organization]));
        else if (entry.Organizations.Count > 0 && signatory.Posts.Any(post => post.Organization is not null))
            reasons.Add(new("watch-other-organization", Strength.Some, false, [entry.Organizations[0]]));
        if (office is not null || organization is not null) weight = Math.Max(weight, .99);
        if (weight < Weights.HoldAt) reasons.Add(new("watch-common", Strength.Clear, false, []));
        return new(weight >= Weights.HoldAt ? WatchVerdict.Hold : WatchVerdict.Hint, entry, null, reasons) { Weight = weight };
    }

    private string? Agreeing(IEnumerable<string?> given, IReadOnlyList<string> watched, ValueKind kind)
    {
        foreach (var one in given)
            foreach (var other in watched)
            {
                int a = _values.Number(kind, one), b = _values.Number(kind, other);
                if (a >= 0 && b >= 0 && _values.Compare(a, b) >= ValueLevel.Alike) return other;
            }
        return null;
    }

    internal readonly record struct NameAlignmentInput(PersonName Name, TokenTable.Word[] Words);

    /// <summary>How a name meets a form, and the share of people whose name would meet it as well.</summary>
    internal readonly record struct Meeting(double ByChance, List<Reason> Reasons);

    /// <summary>One way to write an entry's name.</summary>
    private sealed class Form(WatchEntry entry, PersonName name, TokenTable.Word[] words)
    {
        public WatchEntry Entry { get; } = entry;

        public static Form? Of(WatchEntry entry, string name)
        {
            var parsed = PersonName.Parse(name);
            return parsed.Tokens.Count == 0 ? null : new(entry, parsed, NameAlignment.WordsOf(parsed.Tokens));
        }

        /// <summary>A cheap look first: some word of each side must begin alike.</summary>
        public bool MayMeet(TokenTable.Word[] other)
        {
            var last = words[^1];
            foreach (var word in other)
                if (Transliteration.MayBegin(last, word)) return true;
            return other.Length == 1 && words.Length > 1 && Transliteration.MayBegin(words[0], other[0]);
        }

        public Meeting? Meet(NameAlignmentInput input, NameFrequencies names)
        {
            var alignment = NameAlignment.Of(words, input.Words);
            if (alignment.IsJoined) return new(ShareOfWords(names), [new("watch-joined", Strength.Strong, true, [Entry.Name])]);
            // Middle names may be missing on either side, the first and the last word may not, nor may both sides have words of their own.
            if (alignment.LeftOfA.Count > 0 && alignment.LeftOfB.Count > 0 || alignment.Pairings.Count == 0) return null;
            var full = alignment.Pairings.Count(pairing => pairing.Level > TokenLevel.Initial);
            if (full == 0 || words.Length > 1 && (alignment.Pairings.Count < 2 || !HoldsEnds(alignment))) return null;
            if (words.Length == 1 && input.Words.Length > 1) return null;
            var chance = 1.0;
            foreach (var (i, j, level) in alignment.Pairings)
                chance *= level == TokenLevel.Initial ? .1 : Math.Min(1, Neighbours(level, words[i].Text.Length) * Math.Max(Share(names, name.Tokens[i], words[i]), Share(names, input.Name.Tokens[j], input.Words[j])));
            return new(chance * Math.Pow(2, alignment.LeftOfB.Count), ReasonsOf(alignment, input));
        }

        private bool HoldsEnds(NameAlignment alignment) =>
            alignment.Pairings.Exists(one => one.A == 0) && alignment.Pairings.Exists(one => one.A == words.Length - 1);

        private static double Share(NameFrequencies names, NameToken token, in TokenTable.Word word) => word.Text.Length == 1 ? .1 : names.ShareOf(token);

        private double ShareOfWords(NameFrequencies names)
        {
            var share = 1.0;
            foreach (var token in name.Tokens) share *= names.ShareOf(token);
            return share;
        }

        /// <summary>About how many names are as near as this to a name; more for short ones.</summary>
        private static double Neighbours(TokenLevel level, int length) => level switch
        {
            TokenLevel.Same or TokenLevel.Scripts => 1,
            TokenLevel.OneLetter => length >= 6 ? 3 : 10,
            TokenLevel.Nickname => 4,
            TokenLevel.ScriptsAlike => length >= 6 ? 6 : 12,
            TokenLevel.Sound => length >= 6 ? 6 : 20,
            TokenLevel.Alike => length >= 6 ? 8 : 30,
            _ => 30,
        };

        private List<Reason> ReasonsOf(NameAlignment alignment, NameAlignmentInput input)
        {
            var reasons = new List<Reason>();
            var differing = alignment.Pairings.FindAll(one => one.Level is not (TokenLevel.Same or TokenLevel.Scripts));
            if (alignment.Pairings.Exists(one => one.Level is TokenLevel.Scripts or TokenLevel.ScriptsAlike)) reasons.Add(new("watch-scripts", Strength.Strong, true, [Entry.Name]));
            else if (differing.Count > 0)
                reasons.Add(new("watch-near", Strength.Clear, true, [Entry.Name, input.Name.Tokens[differing[0].B].Text, name.Tokens[differing[0].A].Text]));
            else reasons.Add(new(alignment.IsTurned ? "watch-turned" : "watch-same", Strength.Strong, true, [Entry.Name]));
            var left = alignment.LeftOfA.Concat(alignment.LeftOfB).FirstOrDefault();
            if (left is not null) reasons.Add(new("watch-part", Strength.Some, false, [Entry.Name, left]));
            if (input.Name.Tokens.Exists(token => token.Mixed)) reasons.Add(new("look-alike", Strength.Strong, true, []));
            return reasons;
        }
    }
}
