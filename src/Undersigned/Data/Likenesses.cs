using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Undersigned.Linkage;

namespace Undersigned.Data;

/// <summary>The lines of the letters in memory, as the library of likenesses keeps them (see <see cref="LikenessReading"/>).</summary>
public sealed class Likenesses
{
    private readonly ConcurrentDictionary<long, LetterLikenesses> letters = [];

    public LetterLikenesses Of(long letterId) => letters.GetOrAdd(letterId, _ => new LetterLikenesses());
}

/// <summary>What was read of a letter's lines.</summary>
/// <param name="To">Where the next reading begins.</param>
/// <param name="All">Whether these are all lines that stand, or what changed since the last reading.</param>
/// <param name="Changed">The lines that came, left or were changed.</param>
/// <param name="Standing">Those of them, or of all, that stand.</param>
public sealed record LikenessRead(long To, bool All, IReadOnlyCollection<long> Changed, IReadOnlyList<Signatory> Standing);

/// <summary>
/// One letter's lines, and whose pairs are to be looked at again: those of each line that changed at once, and since a change moves the
/// weights of all others by a hair, some of the rest each round, until all have been looked at. So the pairs come to be those of a
/// comparison from the beginning, and a change costs what it touches. Nothing holds the turn for longer than one line needs.
/// </summary>
public sealed class LetterLikenesses
{
    /// <summary>Of lines that look like many, the likeliest few are asked about: a name that hundreds sign with would else be tens of thousands of questions.</summary>
    private const int EnoughOfOneLine = 12;

    private readonly Lock turn = new();
    private readonly SortedSet<long> lines = [];
    private readonly Dictionary<long, long> changed = [];
    private LinkageIndex index = new();
    private IReadOnlySet<IdPair> apart = new HashSet<IdPair>();
    private long? readTo;
    private long version;
    private long last;
    private int left;

    /// <summary>Where the next reading begins; null where nothing was read yet.</summary>
    public long? ReadTo
    {
        get
        {
            lock (turn)
                return readTo;
        }
    }

    /// <summary>Takes what was read, unless somebody else has read further meanwhile.</summary>
    public void Take(LikenessRead read)
    {
        lock (turn)
        {
            if (readTo > read.To || readTo is null && !read.All)
                return;
            readTo = read.To;
            if (read is { All: false, Changed.Count: 0 })
                return;
            if (read.All)
                StartAnew();
            version++;
            foreach (var id in read.Changed)
            {
                index.Remove(id);
                lines.Remove(id);
                changed[id] = version;
            }
            index.AddRange(read.Standing);
            lines.UnionWith(read.Standing.Select(s => s.Id));
            left = lines.Count;
        }
    }

    private void StartAnew()
    {
        index = new();
        lines.Clear();
        changed.Clear();
    }

    /// <summary>The lines whose pairs are to be looked at now: those that changed or were told apart since, and <paramref name="more"/> of the others.</summary>
    public Turn Next(IReadOnlySet<IdPair> differentPeople, int more)
    {
        lock (turn)
        {
            foreach (var pair in differentPeople.Except(apart).Concat(apart.Except(differentPeople)))
                (changed[pair.First], changed[pair.Second]) = (version, version);
            apart = differentPeople;
            var others = lines.GetViewBetween(last + 1, long.MaxValue).Concat(lines).Take(Math.Min(left, more)).ToList();
            return new Turn(version, [.. changed.Keys.Union(others)], others);
        }
    }

    /// <summary>What a turn found is written down.</summary>
    public void Done(Turn of)
    {
        lock (turn)
        {
            foreach (var id in of.Lines.Where(id => changed.TryGetValue(id, out var when) && when <= of.Version))
                changed.Remove(id);
            if (of.Others.Count > 0)
                last = of.Others[^1];
            // A change meanwhile begins the round of all others again.
            if (of.Version == version)
                left -= of.Others.Count;
        }
    }

    public bool Stands(long id)
    {
        lock (turn)
            return lines.Contains(id);
    }

    /// <summary>The likeliest pairs of a line, with their reasons; not those that people have told apart.</summary>
    public IReadOnlyList<Match> Likeliest(long id, IReadOnlySet<IdPair> differentPeople)
    {
        lock (turn)
            return [.. index.MatchesOf(id, differentPeople).Take(EnoughOfOneLine)];
    }

    /// <summary>Whom a line looks like, as if it stood among the others.</summary>
    public IReadOnlyList<Match> Find(Signatory signatory, IReadOnlySet<IdPair> differentPeople)
    {
        lock (turn)
            return readTo is null ? [] : index.Find(signatory, differentPeople);
    }
}

/// <summary>Lines whose pairs are looked at together.</summary>
/// <param name="Version">Of the lines in memory.</param>
/// <param name="Lines">All of them.</param>
/// <param name="Others">Those that are looked at because others changed.</param>
public sealed record Turn(long Version, IReadOnlyCollection<long> Lines, IReadOnlyList<long> Others);

/// <summary>Hands what stands in memory to each context of the running application.</summary>
internal sealed class LikenessOption(Likenesses likenesses) : IDbContextOptionsExtension
{
    public Likenesses Likenesses => likenesses;

    public DbContextOptionsExtensionInfo Info => new About(this);

    public void ApplyServices(IServiceCollection services)
    {
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class About(LikenessOption option) : DbContextOptionsExtensionInfo(option)
    {
        public override bool IsDatabaseProvider => false;
        public override string LogFragment => "";
        public override int GetServiceProviderHashCode() => 0;
        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is About;
        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
