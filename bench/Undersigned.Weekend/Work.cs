using System.Collections.Concurrent;

namespace Undersigned.Weekend;

/// <summary>What the desk cost, by step: counted where it happens.</summary>
internal sealed class Work
{
    private readonly ConcurrentDictionary<string, Cost> steps = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> order = new();

    public IEnumerable<(string Step, Cost Cost)> Steps => order.Select(s => (s, steps[s]));

    public Cost Total => steps.Values.Aggregate(new Cost(), (a, b) => a.And(b));

    public Cost this[string step] => steps.GetOrAdd(step, s =>
    {
        order.Enqueue(s);
        return new Cost();
    });
}

/// <summary>
/// Seconds by the keystroke-level model (Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems",
/// Communications of the ACM 23(7), 1980): pointing P = 1.1, a press and release of the button 2 B = 0.2, one key K = 0.28 for an average typist,
/// mental preparation M = 1.35, once for each decision. Reading by Brysbaert, "How many words do we read per minute?", Journal of Memory and
/// Language 109, 2019: 238 words a minute, each word that the screen shows to be decided about, once. The pages' own time was measured.
/// </summary>
internal sealed class Cost
{
    private const double Click = 1.1 + 0.2, Key = 0.28, Mind = 1.35, WordsAMinute = 238;

    private readonly Lock gate = new();

    public int Screens { get; private set; }
    public int Clicks { get; private set; }
    public int Keys { get; private set; }
    /// <summary>Times that somebody made up their mind: one for a whole screen of names, if nothing on it is odd.</summary>
    public int Minds { get; private set; }
    /// <summary>Names, pairs, requests, groups of spellings that were decided.</summary>
    public int Decided { get; private set; }
    public int Words { get; private set; }
    /// <summary>What happens away from the desk: a call to a published number, a reply in one's own words.</summary>
    public double Away { get; private set; }
    /// <summary>Measured: from the click until the next screen stands.</summary>
    public double Waited { get; private set; }

    public double Seconds => Clicks * Click + Keys * Key + Minds * Mind + Words / WordsAMinute * 60 + Waited + Away;

    public void Add(int screens = 0, int clicks = 0, int keys = 0, int minds = 0, int decided = 0, int words = 0, double waited = 0, double away = 0)
    {
        lock (gate)
        {
            (Screens, Clicks, Keys) = (Screens + screens, Clicks + clicks, Keys + keys);
            (Minds, Decided, Words, Waited, Away) = (Minds + minds, Decided + decided, Words + words, Waited + waited, Away + away);
        }
    }

    public Cost And(Cost other)
    {
        var sum = new Cost();
        sum.Add(Screens + other.Screens, Clicks + other.Clicks, Keys + other.Keys, Minds + other.Minds, Decided + other.Decided, Words + other.Words, Waited + other.Waited, Away + other.Away);
        return sum;
    }
}
