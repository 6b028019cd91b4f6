namespace Undersigned.Model;

public enum AdmissionPath { LetIn, Glance, Review }

/// <summary>What a list of prominent names and titles of office says about a line.</summary>
/// <param name="Hold">Two people decide; otherwise it is only worth a look.</param>
/// <param name="NameId">The <see cref="WatchName"/>; null where it is a title of office alone.</param>
/// <param name="Title">The title as the list has it.</param>
public sealed record WatchHit(bool Hold, long? NameId, string? Title);

/// <summary>Another signature of the letter that looks like this one.</summary>
public enum Kinship
{
    /// <summary>A name that looks alike, no more.</summary>
    LookAlike,
    /// <summary>The same words, in any order.</summary>
    SameName,
    /// <summary>Likely one person who signed twice.</summary>
    Duplicate,
    /// <summary>The same person by the words, but checked less and from another address: somebody may be using the name.</summary>
    Impersonation,
}

/// <param name="Id">The other signature.</param>
public sealed record Kin(Kinship Kind, long Id, int? Number);

/// <summary>All that a decision about a line follows from, besides the letter's rules.</summary>
public sealed record AdmissionFacts(SignatureLevel Level)
{
    /// <summary>Codes of <see cref="Oddity"/>: of the name itself, of where it came from, of how it was sent.</summary>
    public IReadOnlyList<string> Oddities { get; init; } = [];
    public WatchHit? Watch { get; init; }
    /// <summary>The organiser's words that stand in the line.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
    public IReadOnlyList<Kin> Kin { get; init; } = [];
}

/// <summary>What the rules say about a line.</summary>
/// <param name="LooksNeeded">How many different people must let it in, where a person does.</param>
/// <param name="Risk">The greater, the sooner it is looked at.</param>
/// <param name="Reasons">Codes of <see cref="Oddity"/>, some with what they are about after a colon, the weightiest first.</param>
public sealed record Ruling(AdmissionPath Path, int LooksNeeded, int Risk, IReadOnlyList<string> Reasons)
{
    /// <summary>Each further reason adds so much to the weightiest.</summary>
    private const int Further = 5;

    /// <summary>
    /// The one decision about who looks at a line. Prominent names and titles of office wait for two people, whatever the level. What may use
    /// somebody else's name, and what holds a listed word, goes to review. Other oddities, a likely duplicate among them, come ticked at the
    /// glance, and go to review where the level has none; what only came from a suspicious crowd is glanced at by one person.
    /// </summary>
    public static Ruling Of(AdmissionRules rules, AdmissionFacts facts)
    {
        var looks = rules.LooksFor(facts.Level);
        var weighed = Weigh(facts, looks).OrderByDescending(r => r.Weight).ToList();
        var reasons = weighed.Select(r => r.Reason).Distinct().ToList();
        var risk = weighed.Count == 0 ? 0 : weighed[0].Weight + Further * (weighed.Count - 1);
        var needed = looks == 2 || facts.Watch is { Hold: true } ? 2 : 1;
        var isHeld = needed == 2 || facts.Words.Count > 0 || facts.Kin.Any(k => k.Kind == Kinship.Impersonation);
        var isOdd = weighed.Any(r => !Oddity.IsOfTheCrowd(r.Reason));
        var path = isHeld || looks == 0 && isOdd ? AdmissionPath.Review
            : looks == 0 && reasons.Count == 0 ? AdmissionPath.LetIn
            : AdmissionPath.Glance;
        return new Ruling(path, needed, risk, reasons);
    }

    private static IEnumerable<(string Reason, int Weight)> Weigh(AdmissionFacts facts, int looks)
    {
        if (facts.Watch is { } watch)
            yield return watch switch
            {
                { NameId: { } id } => (Oddity.About(watch.Hold ? Oddity.Prominent : Oddity.LikeProminent, id), watch.Hold ? 100 : 45),
                _ => (Oddity.About(Oddity.Title, watch.Title ?? ""), watch.Hold ? 90 : 40),
            };
        foreach (var kin in facts.Kin)
            yield return (Oddity.About(Oddity.Of(kin.Kind), kin.Number), kin.Kind switch
            {
                Kinship.Impersonation => 80,
                Kinship.Duplicate => 65,
                Kinship.SameName => 60,
                _ => 50,
            });
        foreach (var word in facts.Words)
            yield return (Oddity.About(Oddity.Word, word), 75);
        foreach (var odd in facts.Oddities)
            yield return (odd, Oddity.Weight(odd));
        if (looks == 2)
            yield return (Oddity.LevelNeedsTwo, 20);
    }
}
