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

    /// <summary>Names of one culture go together, so that a whole name is about this much commoner than its words taken singly.</summary>
    private const double Together = 5;

    private readonly List<Form> _forms = [];
    private readonly WatchedWords _words = new();
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
                if (PersonName.Parse(name) is { Tokens.Count: > 0 } parsed) Add(entry, parsed);
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
        foreach (var (form, meeting) in Meetings(name, names ?? NameFrequencies.Shipped))
        {
            if (isChecked?.Invoke(form.Entry.Key) == true) continue;
            if (Weigh(signatory, form.Entry, meeting) is not { } finding) continue;
            if (!findings.TryGetValue(form.Entry.Key, out var other) || other.Weight < finding.Weight) findings[form.Entry.Key] = finding;
        }
        var all = findings.Values.ToList();
        if (_titles?.Claimed(signatory) is { } title) all.Add(new(WatchVerdict.Hold, null, title, [new("watch-title", Strength.Strong, true, [title])]) { Weight = 1 });
        return [.. all.OrderByDescending(one => one.Verdict).ThenByDescending(one => one.Weight).ThenBy(one => one.Entry?.Key, StringComparer.Ordinal)];
    }

    private WatchFinding? Weigh(Signatory signatory, WatchEntry entry, Meeting meeting)
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
        if (weight < Weights.HintAt && !meeting.IsExact) return null;
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

    private void Add(WatchEntry entry, PersonName name)
    {
        var form = new Form(entry, name.Tokens, [.. name.Tokens.Select(_words.Number)]);
        _forms.Add(form);
        foreach (var word in form.Words.Distinct()) _words.FormsOf(word).Add(_forms.Count - 1);
    }

    private List<(Form Form, Meeting Meeting)> Meetings(PersonName name, NameFrequencies names)
    {
        var input = name.Tokens.Select(_words.Alike).ToArray();
        var near = new HashSet<int>();
        foreach (var alike in input)
            foreach (var (word, _) in alike) near.UnionWith(_words.FormsOf(word));
        var meetings = new List<(Form, Meeting)>();
        foreach (var at in near.Order())
            if (Meet(_forms[at], name, input, names) is { } meeting) meetings.Add((_forms[at], meeting));
        // Written without a blank, a name is one word.
        var piece = string.Concat(name.Tokens.Select(token => token.Text));
        foreach (var form in _forms)
            if (form.Words.Length != name.Tokens.Count && form.Words.Length > 1 && form.Pieces.Contains(piece)) meetings.Add((form, new(form.Share(names) * Together, true, [new("watch-joined", Strength.Strong, true, [form.Entry.Name])])));
        return meetings;
    }

    private static Meeting? Meet(Form form, PersonName name, (int Word, TokenLevel Level)[][] input, NameFrequencies names)
    {
        var pairings = Pair(form, input);
        var ends = pairings.Exists(one => one.Form == form.Words.Length - 1) && (form.Words.Length == 1 || pairings.Exists(one => one.Form == 0));
        var alone = name.Tokens.Count == 1 && form.Words.Length > 1;
        int leftOfForm = form.Words.Length - pairings.Count, leftOfName = name.Tokens.Count - pairings.Count;
        // Middle names may be missing on either side; the first and the last word may not, nor may both sides have words of their own.
        if (!(ends || alone && pairings.Exists(one => one.Form == form.Words.Length - 1)) || leftOfForm > 0 && leftOfName > 0) return null;
        if (pairings.TrueForAll(one => one.Level <= TokenLevel.Initial) || form.Words.Length == 1 && name.Tokens.Count > 1) return null;
        var chance = alone ? .05 : Together;
        var foreign = false;
        foreach (var (i, j, level) in pairings)
        {
            chance *= ByChance(form.Tokens[i], name.Tokens[j], level, names);
            foreign |= level == TokenLevel.ScriptsAlike;
        }
        // One in ten, at most, writes in that alphabet.
        chance *= (foreign ? .1 : 1) * Math.Pow(2, leftOfName);
        // One common word by itself says nothing at all.
        return alone && chance > 1e-7 ? null : new(chance, pairings.TrueForAll(one => one.Level >= TokenLevel.Scripts) && !alone, ReasonsOf(form, name, pairings));
    }

    /// <summary>The strongest agreements first, words in the same place before others.</summary>
    private static List<(int Form, int Name, TokenLevel Level)> Pair(Form form, (int Word, TokenLevel Level)[][] input)
    {
        var found = new List<(int Form, int Name, TokenLevel Level)>();
        for (var j = 0; j < input.Length; j++)
            foreach (var (word, level) in input[j])
                for (var i = 0; i < form.Words.Length; i++)
                    if (form.Words[i] == word) found.Add((i, j, level));
        var pairings = new List<(int Form, int Name, TokenLevel Level)>();
        foreach (var one in found.OrderByDescending(one => one.Level).ThenBy(one => Math.Abs(one.Form - one.Name)))
            if (!pairings.Exists(taken => taken.Form == one.Form || taken.Name == one.Name)) pairings.Add(one);
        pairings.Sort();
        return pairings;
    }

    /// <summary>The share of people who have a word as near as this; more words are near to a short one.</summary>
    private static double ByChance(NameToken watched, NameToken given, TokenLevel level, NameFrequencies names)
    {
        if (level == TokenLevel.Initial) return .1;
        var share = Math.Max(names.ShareOf(watched), names.ShareOf(given));
        if (level == TokenLevel.ScriptsAlike) return Math.Max(share, Transliteration.ByChance(WatchedWords.WordOf(watched), WatchedWords.WordOf(given)));
        var isLong = Math.Min(watched.Text.Length, given.Text.Length) >= 6;
        return Math.Min(1, share * level switch
        {
            TokenLevel.Same or TokenLevel.Scripts => 1,
            TokenLevel.OneLetter => isLong ? 3 : 10,
            TokenLevel.Nickname => 4,
            TokenLevel.Sound => isLong ? 6 : 20,
            TokenLevel.Alike => isLong ? 8 : 30,
            _ => 200,
        });
    }

    private static List<Reason> ReasonsOf(Form form, PersonName name, List<(int Form, int Name, TokenLevel Level)> pairings)
    {
        var reasons = new List<Reason>();
        var differing = pairings.FindAll(one => one.Level is not (TokenLevel.Same or TokenLevel.Scripts));
        if (pairings.Exists(one => one.Level is TokenLevel.Scripts or TokenLevel.ScriptsAlike)) reasons.Add(new("watch-scripts", Strength.Strong, true, [form.Entry.Name]));
        else if (differing.Count > 0) reasons.Add(new("watch-near", Strength.Clear, true, [form.Entry.Name, WatchedWords.Shown(name.Tokens[differing[0].Name]), WatchedWords.Shown(form.Tokens[differing[0].Form])]));
        else reasons.Add(new(pairings.Zip(pairings.Skip(1)).Any(two => two.Second.Name < two.First.Name) ? "watch-turned" : "watch-same", Strength.Strong, true, [form.Entry.Name]));
        var left = form.Tokens.Where((_, i) => !pairings.Exists(one => one.Form == i)).Concat(name.Tokens.Where((_, j) => !pairings.Exists(one => one.Name == j))).ToList();
        if (left.Count > 0) reasons.Add(new("watch-part", Strength.Some, false, [form.Entry.Name, WatchedWords.Shown(left[0])]));
        if (name.Tokens.Exists(token => token.Mixed)) reasons.Add(new("look-alike", Strength.Strong, true, []));
        return reasons;
    }

    /// <summary>How a name meets a form, and the share of people whose name would meet it as well.</summary>
    private readonly record struct Meeting(double ByChance, bool IsExact, List<Reason> Reasons);

    /// <summary>One way to write an entry's name.</summary>
    private sealed record Form(WatchEntry Entry, List<NameToken> Tokens, int[] Words)
    {
        public string[] Pieces { get; } = [string.Concat(Tokens.Select(token => token.Text)), string.Concat(Enumerable.Reverse(Tokens).Select(token => token.Text))];

        public double Share(NameFrequencies names) => Tokens.Aggregate(1.0, (share, token) => share * names.ShareOf(token));
    }
}
