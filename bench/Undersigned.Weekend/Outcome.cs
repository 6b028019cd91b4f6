using System.Globalization;

namespace Undersigned.Weekend;

/// <summary>The list at the end, as everybody reads it, held against what the signers truly are.</summary>
internal sealed class Outcome
{
    private readonly List<Fate> fates = [];

    public required WeekendPlan Plan { get; init; }
    public required Work Work { get; init; }
    public required IReadOnlyList<string> Verified { get; init; }

    public IReadOnlyList<Fate> Fates => fates;

    public IReadOnlyList<Person> PranksPublic => Public(p => p.IsPrank);
    public IReadOnlyList<Person> ForgedPublic => Public(p => p.Kind == Kind.Forged);
    public IReadOnlyList<Person> DuplicatesPublic => [.. Public(p => p.Kind == Kind.Duplicate).Where(d => Fate(d.Of!).Stands)];
    /// <summary>Somebody true of whom no line stands. One whose other signature was kept has lost nothing.</summary>
    public IReadOnlyList<Person> TrueDeclined => [.. fates.Where(f => f.Person.IsTrue && f.Declined && !fates.Any(o => o.Person.Kind == Kind.Duplicate && o.Person.Of == f.Person && o.Stands)).Select(f => f.Person)];
    /// <summary>Confirmed, true, and neither on the page nor declined: somebody still has to decide.</summary>
    public IReadOnlyList<Person> TrueWaiting => [.. fates.Where(f => f.Person.IsTrue && !f.Stands && !f.Declined && f.Confirmed).Select(f => f.Person)];
    public IReadOnlyList<Person> NotCorrected => [.. fates.Where(f => f.Person.Fix != Fix.None && f.Stands && !f.LineIsRight).Select(f => f.Person)];

    /// <summary>Seconds from the decision to the line on the public list, of those who signed after publication, the shortest first.</summary>
    public IReadOnlyList<double> ToTheList =>
        [.. fates.Skip(Plan.Before).Where(f => f is { LetIn: not null, Listed: not null }).Select(f => (f.Listed!.Value - f.LetIn!.Value).TotalSeconds).Order()];

    public bool IsGood => PranksPublic.Count == 0 && ForgedPublic.Count == 0 && TrueDeclined.Count == 0 && Verified.All(v => !v.Contains("FAILED", StringComparison.Ordinal));

    private Person[] Public(Func<Person, bool> which) => [.. fates.Where(f => which(f.Person) && f.Stands).Select(f => f.Person)];

    private Fate Fate(Person person) => fates.First(f => f.Person == person);

    /// <summary>Asks each signer's own page, and the public list for the lines.</summary>
    public static async Task<Outcome> OfAsync(WeekendPlan plan, HttpClient http, IReadOnlyList<Signer> signers, Work work, IReadOnlyList<string> verified)
    {
        var list = await PublicList.ReadAsync(http);
        var outcome = new Outcome { Plan = plan, Work = work, Verified = verified };
        foreach (var signer in signers)
            outcome.fates.Add(signer.OwnPage is null ? new Fate(signer.Person) : Read(signer.Person, await signer.LookAsync(), list));
        return outcome;
    }

    private static Fate Read(Person person, WebPage own, IReadOnlyDictionary<int, string> list)
    {
        var link = own.Find("a[href*='/signatories/']")?.GetAttribute("href");
        var number = link is null ? (int?)null : int.Parse(link.Split('/')[^1], CultureInfo.InvariantCulture);
        var status = own.Find("[role=status]")?.TextContent ?? "";
        return new Fate(person)
        {
            Confirmed = true,
            Stands = number is { } n && list.ContainsKey(n),
            Declined = status.Contains("not let in", StringComparison.Ordinal) || status.Contains("removed", StringComparison.Ordinal),
            Says = status,
            LineIsRight = number is { } m && list.TryGetValue(m, out var position) && position == (person.Right ?? person.Served).Split(',')[0],
            LetIn = own.Moment("looked at your line"),
            Listed = own.Moment("public record"),
        };
    }
}

/// <summary>What became of one signer.</summary>
internal sealed record Fate(Person Person)
{
    public bool Confirmed { get; init; }
    public bool Stands { get; init; }
    public bool Declined { get; init; }
    public bool LineIsRight { get; init; }
    public string Says { get; init; } = "";
    public DateTimeOffset? LetIn { get; init; }
    public DateTimeOffset? Listed { get; init; }
}
