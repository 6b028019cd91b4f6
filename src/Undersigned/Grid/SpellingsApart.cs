using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>Spellings that were told apart in one act, as far as lines are still written so.</summary>
public sealed record ToldApart(DateTimeOffset At, string Who, IReadOnlyList<string> Spellings);

/// <summary>Which spellings of a letter a person has told apart. What is kept are keyed tags; the words come from the lines as they are.</summary>
public sealed class SpellingsApart(UndersignedDb db, InstanceKeys keys, TimeProvider time)
{
    /// <summary>Tells these spellings apart, each from each other. The caller saves, inside a transaction with the letter's lock.</summary>
    public async Task TellAsync(Letter letter, long accountId, GridColumn column, IReadOnlyList<string> spellings, CancellationToken cancellation)
    {
        var known = await KnownAsync(letter.Id, column, cancellation);
        var (now, tags) = (time.GetUtcNow(), spellings.Distinct(StringComparer.Ordinal).Select(s => Tag(letter.Id, column, s)).ToList());
        for (var a = 0; a < tags.Count; a++)
            for (var b = a + 1; b < tags.Count; b++)
                if (Ordered(tags[a], tags[b]) is var (first, second) && !known.Has(first, second))
                    db.SpellingDifferences.Add(new SpellingDifference { LetterId = letter.Id, Part = column.ToString(), FirstTag = first, SecondTag = second, DecidedBy = accountId, DecidedAt = now });
    }

    /// <summary>Takes one telling back; how many differences it was.</summary>
    public Task<int> TakeBackAsync(long letterId, GridColumn column, DateTimeOffset at, CancellationToken cancellation)
    {
        var part = column.ToString();
        return db.SpellingDifferences.Where(d => d.LetterId == letterId && d.Part == part && d.DecidedAt == at).ExecuteDeleteAsync(cancellation);
    }

    internal async Task<Differences> KnownAsync(long letterId, GridColumn column, CancellationToken cancellation)
    {
        var part = column.ToString();
        var rows = await db.SpellingDifferences.AsNoTracking().Where(d => d.LetterId == letterId && d.Part == part).ToListAsync(cancellation);
        return new Differences(rows, text => Tag(letterId, column, text));
    }

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<ToldApart>> ToldAsync(long letterId, GridColumn column, IEnumerable<Spelling> written, CancellationToken cancellation)
    {
        var known = await KnownAsync(letterId, column, cancellation);
        if (known.Rows.Count == 0)
            return [];
        var words = written.ToDictionary(s => Convert.ToHexString(Tag(letterId, column, s.Text)), s => s.Text);
        var who = known.Rows.Select(r => r.DecidedBy).Distinct().ToList();
        var names = await db.Users.Where(u => who.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        return [.. known.Rows.GroupBy(r => (r.DecidedAt, r.DecidedBy)).OrderByDescending(g => g.Key.DecidedAt).Select(g => new ToldApart(
            g.Key.DecidedAt, names.GetValueOrDefault(g.Key.DecidedBy) ?? "",
            [.. g.SelectMany(r => new[] { r.FirstTag, r.SecondTag }).Select(t => words.GetValueOrDefault(Convert.ToHexString(t))).OfType<string>().Distinct().Order(StringComparer.CurrentCulture)]))];
    }

    private byte[] Tag(long letterId, GridColumn column, string text) => keys.SpellingTag(letterId, column.ToString(), text);

    private static (byte[] First, byte[] Second) Ordered(byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b) <= 0 ? (a, b) : (b, a);

    /// <summary>The differences of one column, asked by words.</summary>
    internal sealed class Differences(IReadOnlyList<SpellingDifference> rows, Func<string, byte[]> tagOf)
    {
        private readonly HashSet<(string, string)> pairs = [.. rows.Select(r => (Convert.ToHexString(r.FirstTag), Convert.ToHexString(r.SecondTag)))];
        private readonly Dictionary<string, byte[]> tags = new(StringComparer.Ordinal);

        public IReadOnlyList<SpellingDifference> Rows => rows;

        public bool Has(byte[] first, byte[] second) => pairs.Contains((Convert.ToHexString(first), Convert.ToHexString(second)));

        public bool AreApart(string one, string other) => pairs.Count > 0 && Ordered(TagOf(one), TagOf(other)) is var (first, second) && Has(first, second);

        private byte[] TagOf(string text) => tags.TryGetValue(text, out var tag) ? tag : tags[text] = tagOf(text);
    }
}
