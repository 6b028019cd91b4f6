using System.Security.Cryptography;
using System.Text;

namespace Undersigned.Weekend;

/// <summary>
/// The sense of a volunteer who knows nothing but what the page shows, and what everybody knows: jokes, characters of fiction, insults.
/// Whether this volunteer sees this joke is chance, the same each time: a look at forty lines misses more than one at a single claim.
/// </summary>
internal sealed class HumanSense(string who, double atAGlance, double atOneClaim)
{
    private static readonly HashSet<string> Jokes = new(Stock.Puns.Concat(Stock.Fiction), StringComparer.OrdinalIgnoreCase);

    public bool SeesJokeAtAGlance(string name) => Jokes.Contains(name) && Chance("glance", name) < atAGlance;

    /// <summary>Hundreds of names under each other, and nothing else to look for.</summary>
    public bool SeesJokeInAList(string name) => Jokes.Contains(name) && Chance("list", name) < atAGlance;

    public bool SeesJoke(string name) => Jokes.Contains(name) && Chance("claim", name) < atOneClaim;

    /// <summary>An insult is seen as such by whoever reads it with care.</summary>
    public static bool IsInsult(string name) => Stock.InsultWords.Any(w => name.Contains(w, StringComparison.OrdinalIgnoreCase));

    private double Chance(string at, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{who}\n{at}\n{name}"));
        return BitConverter.ToUInt32(bytes) / (double)uint.MaxValue;
    }
}
