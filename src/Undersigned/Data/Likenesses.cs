using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Undersigned.Linkage;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// The lines of the letters in memory, as the library of likenesses keeps them. Built and kept up by one worker; until it has come round
/// a letter is not there, and names that are the same word for word are found by the database alone.
/// </summary>
public sealed class Likenesses
{
    private readonly ConcurrentDictionary<long, LetterLikenesses> letters = [];

    public LetterLikenesses Of(long letterId) => letters.GetOrAdd(letterId, _ => new LetterLikenesses());
}

/// <summary>One letter's lines; one caller at a time.</summary>
public sealed class LetterLikenesses
{
    private const int EnoughOfOneLine = 12;

    private readonly Lock turn = new();
    private readonly LinkageIndex index = new();
    private readonly Dictionary<long, string> known = [];
    private bool isBuilt;

    /// <summary>Takes the lines as they stand now; what is not among them is gone. True where anything differs from the last time.</summary>
    public bool Follow(IReadOnlyCollection<Signatory> standing)
    {
        lock (turn)
        {
            var now = standing.ToDictionary(s => s.Id, Fingerprint);
            var gone = known.Keys.Where(id => !now.ContainsKey(id)).ToList();
            var changed = standing.Where(s => known.GetValueOrDefault(s.Id) != now[s.Id]).ToList();
            foreach (var id in gone.Concat(changed.Select(s => s.Id).Where(known.ContainsKey)))
            {
                index.Remove(id);
                known.Remove(id);
            }
            index.AddRange(changed);
            foreach (var signatory in changed)
                known[signatory.Id] = now[signatory.Id];
            var differs = !isBuilt || gone.Count + changed.Count > 0;
            isBuilt = true;
            return differs;
        }
    }

    /// <summary>What followed from the last change could not be written: it is to be told once more.</summary>
    public void Again()
    {
        lock (turn)
            isBuilt = false;
    }

    /// <summary>
    /// The pairs worth a look, with their reasons; not those that people have told apart. Of lines that look like many, the likeliest few of each:
    /// a name that hundreds sign with would else be asked about tens of thousands of times. As pairs are decided, the next ones come.
    /// </summary>
    public IReadOnlyList<Match> Pairs(IReadOnlySet<IdPair> differentPeople)
    {
        lock (turn)
        {
            var asked = new Dictionary<long, int>();
            return [.. index.AllPairs(differentPeople).OrderByDescending(p => p.Bits).ThenBy(p => p.First).ThenBy(p => p.Second)
                .Where(p => Math.Min(asked.GetValueOrDefault(p.First), asked.GetValueOrDefault(p.Second)) < EnoughOfOneLine)
                .Select(p =>
                {
                    asked[p.First] = asked.GetValueOrDefault(p.First) + 1;
                    asked[p.Second] = asked.GetValueOrDefault(p.Second) + 1;
                    return index.Explain(p.First, p.Second);
                }).OfType<Match>()];
        }
    }

    /// <summary>Whom a line looks like, as if it stood among the others.</summary>
    public IReadOnlyList<Match> Find(Signatory signatory, IReadOnlySet<IdPair> differentPeople)
    {
        lock (turn)
            return isBuilt ? index.Find(signatory, differentPeople) : [];
    }

    private static string Fingerprint(Signatory s) =>
        $"{s.Name}\n{string.Join('\n', s.Posts)}\n{s.Location}\n{s.EmailDomain}\n{s.DomainIsListed}\n{s.Assurance}";
}

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
