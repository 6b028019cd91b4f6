using System.Globalization;
using Undersigned.Model;

namespace Undersigned.Demo;

/// <param name="Name">As it will stand on the list.</param>
/// <param name="Email">An address that nobody has.</param>
/// <param name="Served">Offices and years in one line, as people write them.</param>
internal sealed record DemoPerson(string Name, string Email, string Served);

/// <summary>Makes up people out of people.txt, always the same ones.</summary>
internal sealed class DemoPeople
{
    private static readonly string[] Domains = ["post.example", "brief.example", "sarn.example", "kestrelmere.example", "lindenmoor.example"];

    // Its numbers are to be the same each time; nothing is guessed from them.
    private readonly Random random = new(1_143);
    private readonly List<Group> groups = [.. ReadGroups()];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly int pairs;

    public DemoPeople() => pairs = groups.Sum(g => g.Given.Length * g.Family.Length);

    /// <summary>Somebody whose name nobody else has, however it is spelt.</summary>
    public DemoPerson Next()
    {
        while (true)
        {
            var (name, family) = MakeName();
            if (taken.Add(NameFolding.Fold(name)))
                return With(name, Served(), family);
        }
    }

    public DemoPerson With(string name, string served, string? mailName = null)
    {
        taken.Add(NameFolding.Fold(name));
        var local = NameFolding.Fold(mailName ?? name).Replace(' ', '.');
        return new DemoPerson(name, $"{local}{taken.Count.ToString(CultureInfo.InvariantCulture)}@{DomainFor(served)}", served);
    }

    /// <summary>Somebody new, at this domain.</summary>
    public DemoPerson At(string domain)
    {
        var person = Next();
        return person with { Email = $"{person.Email.Split('@')[0]}@{domain}" };
    }

    /// <summary>One in four who served where addresses last has one there.</summary>
    private string DomainFor(string served) =>
        DemoStory.Domains.FirstOrDefault(d => served.Contains(d.Controller, StringComparison.Ordinal)) is { } own && random.Next(4) == 0 ? own.Domain : Pick(Domains);

    private (string Name, string MailName) MakeName()
    {
        // Groups come as often as they have pairs, so that none runs dry.
        var at = random.Next(pairs);
        var group = groups.First(g => (at -= g.Given.Length * g.Family.Length) < 0);
        var (given, family) = (Pick(group.Given), Pick(group.Family));
        if (group.IsFamilyFirst)
            return (family + given, family + given);
        if (group.MayDouble && random.Next(3) == 0 && !family.Contains('-', StringComparison.Ordinal) && !family.Contains(' ', StringComparison.Ordinal))
            family += "-" + Pick(groups[random.Next(8)].Family.Where(f => !f.Contains('-', StringComparison.Ordinal) && !f.Contains(' ', StringComparison.Ordinal)).ToArray());
        return ($"{given} {family}", $"{given[..1]} {family}");
    }

    private string Served()
    {
        var (organization, positions) = Pick(DemoStory.Offices);
        var from = random.Next(1979, 2021);
        var to = Math.Min(from + random.Next(3, 31), 2025);
        var first = $"{Pick(positions)}, {organization} {from}–{(random.Next(9) == 0 ? to % 100 : to):D2}";
        if (random.Next(7) != 0 || to > 2018)
            return first;
        (organization, positions) = Pick(DemoStory.Offices);
        return $"{first}; {Pick(positions)}, {organization} {to}–{random.Next(to + 1, 2026)}";
    }

    private T Pick<T>(T[] of) => of[random.Next(of.Length)];

    private static IEnumerable<Group> ReadGroups()
    {
        using var stream = typeof(DemoPeople).Assembly.GetManifestResourceStream("Undersigned.Demo.people.txt")!;
        using var reader = new StreamReader(stream);
        string[] given = [];
        while (reader.ReadLine() is { } line)
            if (line.StartsWith("given: ", StringComparison.Ordinal))
                given = line["given: ".Length..].Split(", ");
            else if (line.StartsWith("family: ", StringComparison.Ordinal))
                yield return new Group(given, line["family: ".Length..].Split(", "));
    }

    private sealed record Group(string[] Given, string[] Family)
    {
        /// <summary>Han and Hangul: the family name first, without a space.</summary>
        public bool IsFamilyFirst => Given[0][0] is >= '\u3040' and <= '\u9fff' or >= '\uac00' and <= '\ud7af';

        /// <summary>Latin letters: two family names with a hyphen are nothing unusual.</summary>
        public bool MayDouble => Given[0][0] < '\u0250';
    }
}
