using System.Globalization;

namespace Undersigned.Weekend;

/// <summary>
/// Makes up the people who sign, always the same ones from the same seed. Of 1,100: 40 who signed before, 25 pranks, 12 forged officials;
/// three in a hundred have their line corrected, ten in a hundred of the plain ones never confirm.
/// </summary>
internal sealed class Crowd
{
    private const double Of = 1_100;
    private const string AtWork = " of the Inspectorate";

    private readonly Random random;
    private readonly List<Person> all = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private int puns, fictions, insults, forgeries, prominent;

    public Crowd(int seed) => random = new Random(seed);

    public IReadOnlyList<Person> All => all;

    /// <summary>The next <paramref name="count"/> people, in the order in which they sign.</summary>
    public IReadOnlyList<Person> Next(int count)
    {
        var (duplicates, pranks, forged) = (Share(count, 40), Share(count, 25), Share(count, 12));
        var (namesakes, famous) = (Share(count, 8), Math.Min(Share(count, 2), Stock.TrulyProminent.Length - prominent));
        var plain = count - duplicates - pranks - forged - namesakes - famous;
        var begin = all.Count;
        // Those who are the other of somebody come after them: the first third is plain.
        Add(plain / 3, Plain);
        var rest = Enumerable.Repeat<Func<Person>>(Plain, plain - plain / 3)
            .Concat(Enumerable.Repeat<Func<Person>>(Duplicate, duplicates)).Concat(Enumerable.Repeat<Func<Person>>(Namesake, namesakes))
            .Concat(Enumerable.Range(0, pranks).Select<int, Func<Person>>(i => () => Prank(i))).Concat(Enumerable.Repeat<Func<Person>>(Forged, forged))
            .Concat(Enumerable.Repeat<Func<Person>>(Prominent, famous)).ToArray();
        random.Shuffle(rest);
        foreach (var make in rest)
            Add(1, make);
        return all[begin..];
    }

    private static int Share(int count, int ofAll) => (int)Math.Ceiling(count * ofAll / Of);

    private void Add(int count, Func<Person> make)
    {
        for (var i = 0; i < count; i++)
            all.Add(make());
    }

    private Person Plain()
    {
        var number = all.Count;
        var fix = (number % 100) switch { 17 or 53 => Fix.OwnPage, 71 => Fix.Report, _ => Fix.None };
        var served = Served();
        var name = NewName();
        return Person(Kind.Plain, name, fix == Fix.None ? served : Slip(served), random.Next(8) == 0 ? name + AtWork : null) with
        {
            Fix = fix,
            Right = served,
            NeverConfirms = fix == Fix.None && number % 100 % 10 == 6,
        };
    }

    private string NewName()
    {
        while (true)
        {
            var family = Pick(Stock.FamilyBegins) + Pick(Stock.FamilyEnds);
            if (random.Next(12) == 0)
                family += "-" + Pick(Stock.FamilyBegins) + Pick(Stock.FamilyEnds);
            var name = $"{Pick(Stock.Given).Formal} {family}";
            // A few write as keyboards let them.
            if (random.Next(150) == 0)
                name = name.ToUpperInvariant();
            if (names.Add(name.ToUpperInvariant()))
                return name;
        }
    }

    private string Served()
    {
        var organization = Pick(Stock.Organizations);
        var from = random.Next(1980, 2018);
        return string.Create(CultureInfo.InvariantCulture, $"{Pick(Stock.Positions).Proper}, {(random.Next(6) == 0 ? Pick(organization) : organization[0])} {from}–{Math.Min(from + random.Next(3, 28), 2025)}");
    }

    private Person Person(Kind kind, string name, string served, string? mailName = null) => new(all.Count, kind, name, Address(mailName ?? name), served);

    // Private mailboxes, scattered; one in eight people has one at the Inspectorate, whose domain the letter lists.
    private string Address(string name)
    {
        var local = string.Concat(name.ToLowerInvariant().Where(c => char.IsAsciiLetter(c) || c == ' ')).Replace(' ', '.');
        var domain = name.EndsWith(AtWork, StringComparison.Ordinal) ? Stock.ListedDomain : string.Create(CultureInfo.InvariantCulture, $"home{random.Next(1_900)}.example");
        return string.Create(CultureInfo.InvariantCulture, $"{local}.{all.Count}@{domain}");
    }

    private Person Earlier()
    {
        while (true)
            if (all[random.Next(all.Count)] is { Kind: Kind.Plain, NeverConfirms: false, Fix: Fix.None } person && person.Name.Any(char.IsLower) && all.All(p => p.Of != person))
                return person;
    }

    private Person Namesake()
    {
        var other = Earlier();
        string served;
        do
            served = Served();
        while (Organization(served) == Organization(other.Served));
        return Person(Kind.Namesake, other.Name, served) with { Of = other };
    }

    private static string Organization(string served) => Stock.Organizations.First(o => o.Any(s => served.Contains(s, StringComparison.Ordinal)))[0];

    private Person Duplicate()
    {
        var other = Earlier();
        var (name, served) = Again(other);
        return Person(Kind.Duplicate, name, served, other.Family + " again") with { Of = other };
    }

    /// <summary>The same person as they write themselves another time.</summary>
    private (string Name, string Served) Again(Person other)
    {
        var (given, family, served) = (other.Given, other.Family, other.Served);
        return random.Next(6) switch
        {
            0 => ($"{given} {Slip(family)}", served),
            1 => ($"{Stock.Given.First(g => g.Formal == given).Nick} {family}", served),
            2 => ($"{given[0]}. {family}", served),
            3 => ($"{family}, {given}", served),
            4 => ($"{given} {family}-{Pick(Stock.FamilyBegins)}{Pick(Stock.FamilyEnds)}", served),
            _ => (other.Name, Stock.Positions.Aggregate(served, (s, p) => s.StartsWith(p.Proper + ",", StringComparison.Ordinal) ? p.Other + s[p.Proper.Length..] : s)),
        };
    }

    /// <summary>One letter of its first word left out, or two of them turned.</summary>
    private string Slip(string word)
    {
        var at = random.Next(1, word.TakeWhile(char.IsLetter).Count() - 2);
        return random.Next(2) == 0 ? word.Remove(at, 1) : word[..at] + word[at + 1] + word[at] + word[(at + 2)..];
    }

    private Person Prank(int i) => (i % 5) switch
    {
        0 or 1 => Person(Kind.Pun, Turn(Stock.Puns, puns++), Served()),
        2 => Person(Kind.Fiction, Turn(Stock.Fiction, fictions++), Served()),
        3 => Person(Kind.Insult, Turn(Stock.Insults, insults++), Served()),
        _ => LookAlike(),
    };

    private Person LookAlike()
    {
        // Cyrillic а, е, о and і look the same as the Latin ones.
        var other = Earlier();
        var name = other.Name;
        foreach (var (latin, cyrillic) in new[] { ('a', '\u0430'), ('e', '\u0435'), ('o', '\u043e'), ('i', '\u0456') })
            if (name == other.Name && name.IndexOf(latin, 1) is > 0 and var at)
                name = name[..at] + cyrillic + name[(at + 1)..];
        return Person(Kind.LookAlike, name, other.Served, "mirror") with { Of = other };
    }

    private Person Forged()
    {
        var (_, context, asForged) = Stock.Prominent[forgeries % Stock.Prominent.Length];
        var name = Turn(asForged, forgeries++ / Stock.Prominent.Length);
        var position = context.Replace(" since 2024", "", StringComparison.Ordinal).Replace(" since January", "", StringComparison.Ordinal);
        return Person(Kind.Forged, name, position, "office");
    }

    private Person Prominent()
    {
        var (name, _, served) = Stock.TrulyProminent[prominent++];
        return Person(Kind.Prominent, name, served, name + AtWork);
    }

    private static string Turn(string[] of, int i) => of[i % of.Length];

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
