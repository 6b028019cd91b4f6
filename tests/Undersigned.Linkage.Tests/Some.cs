namespace Undersigned.Linkage.Tests;

/// <summary>Invented people.</summary>
internal static class Some
{
    public static Signatory Line(long id, string name, string? position = null, string? organization = null, int? from = null, int? to = null) => new(id, name)
    {
        Posts = position is null && organization is null ? [] : [new Post(position, organization, from, to)],
    };

    /// <summary>A list of people whose names do not meet, as a background.</summary>
    public static IEnumerable<Signatory> Strangers(int count, long firstId = 1_000_000)
    {
        string[] given = ["Ansgar", "Brigida", "Cosima", "Dagobert", "Eulalia", "Florimund", "Gismonda", "Hyazinth", "Ildefons", "Jolanthe", "Kunibert", "Leocadia", "Meinrad", "Notburga", "Ottokar", "Philomena"];
        string[] family = ["Abelard", "Birnstiel", "Clutterbuck", "Dombrowner", "Eichwurz", "Farnleitner", "Gundelfing", "Haberzettl", "Immerthal", "Jagodnik", "Klingbeutel", "Lodenfrei", "Mondschein", "Nebelung", "Obstgart", "Pfefferkorn"];
        for (var i = 0; i < count; i++)
            yield return Line(firstId + i, $"{given[i % 16]} {family[i / 16 % 16]}{(i / 256 == 0 ? "" : "-" + given[i / 256 % 16])}");
    }

    public static LinkageIndex Index(params Signatory[] lines)
    {
        var index = new LinkageIndex();
        index.AddRange(lines);
        return index;
    }
}
