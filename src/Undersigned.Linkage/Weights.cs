namespace Undersigned.Linkage;

/// <summary>
/// The shipped priors, in bits: log2(m/u), m the share of pairs of one person that reach a level, u the share of pairs of two
/// people. Where a value's frequency is known, u is that frequency and only m and the number of values that are as near stand here.
/// How they were chosen: bench/LINKAGE.md.
/// </summary>
internal static class Weights
{
    /// <summary>The share of people who bear a name that the shipped table does not know.</summary>
    public const double RareNameShare = 2e-5;

    /// <summary>As many people the shipped table of names stands for, beside the list's own.</summary>
    public const double NamePrior = 2000;

    /// <summary>The same for places, organizations, dates and other values.</summary>
    public const double ValuePrior = 100;

    /// <summary>Duplicates that are expected for each line of a list, whatever it holds.</summary>
    public const double DuplicatesPerLine = .01;

    /// <summary>Pairs of one person for each that agrees in the whole name and another field: about half of them are as plain as that.</summary>
    public const double PairsPerEvidentPair = 2;

    /// <summary>What an agreement of words weighs beside the rarity −log2(tf) of the commoner of them.</summary>
    public static double NameShift(TokenLevel level) => level switch
    {
        TokenLevel.Same => -.5,
        TokenLevel.Scripts => -1,
        TokenLevel.OneLetter => -3.5,
        TokenLevel.ScriptsAlike => -4.5,
        TokenLevel.Nickname => -4.5,
        TokenLevel.Sound => -5,
        TokenLevel.Alike => -5,
        TokenLevel.Beginning => -5.5,
        _ => 0,
    };

    /// <summary>The least and the most that an agreement of words weighs.</summary>
    public static (double Least, double Most) NameBounds(TokenLevel level) => level switch
    {
        TokenLevel.Same => (1.5, 13),
        TokenLevel.Scripts => (1.5, 12),
        TokenLevel.OneLetter => (1.3, 9),
        TokenLevel.ScriptsAlike => (1.2, 6.5),
        TokenLevel.Nickname => (1.1, 6.5),
        TokenLevel.Sound => (1, 6.5),
        TokenLevel.Alike => (1, 6.5),
        TokenLevel.Beginning => (.8, 6.5),
        TokenLevel.Initial => (.7, .7),
        _ => (0, 0),
    };

    /// <summary>A word on each side that has no counterpart.</summary>
    public const double NameConflict = -5;

    /// <summary>A word of one side alone: a middle name, a second surname.</summary>
    public const double NameLeftOver = -.8;

    /// <summary>What a whole name loses that is written with other spaces.</summary>
    public const double OtherSpaces = 4;

    /// <summary>Several words of one side that make one of the other: "Jan Daniel", "Jandaniel".</summary>
    public const double NameJoined = 8;

    /// <summary>What is assumed of a value's frequency before any was counted, by kind.</summary>
    public static double ValueShare(ValueKind kind) => kind switch
    {
        ValueKind.Date => 5e-5,
        ValueKind.Code => 2e-4,
        ValueKind.Words => 1e-3,
        ValueKind.Place => 2e-3,
        ValueKind.Organization => 2e-3,
        ValueKind.Position => 1e-2,
        _ => 1e-3,
    };

    /// <summary>What an agreement of values weighs beside the rarity of the commoner of them.</summary>
    public static double ValueShift(ValueKind kind, ValueLevel level) => (kind, level) switch
    {
        (_, ValueLevel.Same) => -.6,
        (_, ValueLevel.Acronym) => -2,
        (_, ValueLevel.OneLetter) => -4,
        (ValueKind.Date, ValueLevel.Alike) => -7,
        (_, ValueLevel.Alike) => -6,
        (_, ValueLevel.Partly) => -8,
        _ => 0,
    };

    /// <summary>The least and the most that an agreement of values weighs.</summary>
    public static (double Least, double Most) ValueBounds(ValueKind kind, ValueLevel level) => (kind, level) switch
    {
        (ValueKind.Date, ValueLevel.Same) => (2, 12),
        (ValueKind.Date, ValueLevel.OneLetter) => (1.5, 6),
        (ValueKind.Date, ValueLevel.Alike) => (1, 4),
        (ValueKind.Date, ValueLevel.Partly) => (.5, 1.5),
        (ValueKind.Date, _) => (-3.5, -3.5),
        (ValueKind.Code, ValueLevel.Same) => (1.5, 11),
        (ValueKind.Code, ValueLevel.OneLetter) => (1, 5.5),
        (ValueKind.Code, ValueLevel.Alike) => (.6, 4),
        (ValueKind.Code, ValueLevel.Partly) => (0, 1.5),
        (ValueKind.Code, _) => (-2, -2),
        (ValueKind.Words, ValueLevel.Same) => (.8, 9),
        (ValueKind.Words, ValueLevel.OneLetter) => (.6, 6),
        (ValueKind.Words, ValueLevel.Alike) => (.4, 4),
        (ValueKind.Words, ValueLevel.Partly) => (.2, 1.5),
        (ValueKind.Words, _) => (-1.5, -1.5),
        (ValueKind.Place, ValueLevel.Same) => (.6, 8),
        (ValueKind.Place, ValueLevel.OneLetter) => (.5, 6),
        (ValueKind.Place, ValueLevel.Alike) => (.4, 4),
        (ValueKind.Place, ValueLevel.Partly) => (.2, 1.5),
        (ValueKind.Place, _) => (-1.5, -1.5),
        (ValueKind.Organization, ValueLevel.Same) => (1, 9),
        (ValueKind.Organization, ValueLevel.Acronym) => (1, 7),
        (ValueKind.Organization, ValueLevel.OneLetter) => (.9, 7),
        (ValueKind.Organization, ValueLevel.Alike) => (.8, 5),
        (ValueKind.Organization, ValueLevel.Partly) => (.2, 1.5),
        (ValueKind.Organization, _) => (-2.5, -2.5),
        (ValueKind.Domain, ValueLevel.Same) => (1, 8),
        (ValueKind.Domain, _) => (-.5, -.5),
        (ValueKind.Position, ValueLevel.Same) => (.8, 6),
        (ValueKind.Position, ValueLevel.OneLetter) => (.7, 5),
        (ValueKind.Position, ValueLevel.Alike) => (.6, 3.5),
        (ValueKind.Position, ValueLevel.Partly) => (.2, 1),
        (ValueKind.Position, _) => (-1, -1),
        _ => (0, 0),
    };

    /// <summary>The years of two posts.</summary>
    public static double Years(YearsLevel level, bool samePosition) => level switch
    {
        YearsLevel.Equal => 3,
        YearsLevel.OneEqual => 2,
        YearsLevel.Near => 1.2,
        YearsLevel.Overlap => .4,
        YearsLevel.Disjoint => samePosition ? -4 : -.7,
        _ => 0,
    };

    /// <summary>The same part before the @ under another domain.</summary>
    public const double LocalPart = 7;

    /// <summary>A watched name is held where it is this probable that the line claims to be that person.</summary>
    public const double HoldAt = .48;

    /// <summary>It is said at the glance from here on, or where the name is exactly the watched one.</summary>
    public const double HintAt = .05;

    /// <summary>
    /// What a second sign of the same thing still adds: colleagues share the domain and mostly the place, relatives both words of a double
    /// name, so it is one fact seen twice.
    /// </summary>
    public const double SeenTwice = .1;
}

/// <summary>How the years of two posts lie to each other, weakest last.</summary>
internal enum YearsLevel : byte
{
    Unknown, Disjoint, Overlap, Near, OneEqual, Equal,
}
