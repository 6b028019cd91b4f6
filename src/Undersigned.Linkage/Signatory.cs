namespace Undersigned.Linkage;

/// <summary>
/// A person as one line of a list gives them. All fields but the name may be missing; what is missing counts neither for nor
/// against. Every text is read up to <see cref="MaxLength"/> characters.
/// </summary>
/// <param name="Id">The caller's own number of the line; unique in an index.</param>
/// <param name="Name">As written: any script, any order ("Nowak, Kasia" and "Kasia Nowak" are the same), titles and all.</param>
public sealed record Signatory(long Id, string Name)
{
    /// <summary>What is read of each text, in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    /// <summary>Other names of the same person, such as a name before marriage. "née", "geb." and brackets in the name are read too.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What they are or were; several posts are compared each with each, and the best pair counts.</summary>
    public IReadOnlyList<Post> Posts { get; init; } = [];

    /// <summary>A town or district.</summary>
    public string? Location { get; init; }

    /// <summary>What follows the @ of their address. Domains that give addresses to anybody are no evidence.</summary>
    public string? EmailDomain { get; init; }

    /// <summary>A keyed token of the part before the @, lower case, without dots and +tag: equal parts give equal tokens, and nobody can read it back.</summary>
    public string? LocalPartToken { get; init; }

    /// <summary>How well the line is proven, on the caller's scale: more is better. Only the order of two lines is used.</summary>
    public int Assurance { get; init; }

    /// <summary>What else is known, such as a date of birth or a postcode.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];
}

/// <summary>A post that a person holds or held.</summary>
/// <param name="Position">What they are there: "Assistant US Attorney".</param>
/// <param name="Organization">Where: "Civil Division".</param>
/// <param name="From">The year it began.</param>
/// <param name="To">The year it ended, or null if it has not.</param>
public sealed record Post(string? Position, string? Organization, int? From = null, int? To = null);

/// <summary>How two values of a fact are compared.</summary>
public enum FactKind
{
    /// <summary>A day: 2001-12-31, 20011231, or a year alone.</summary>
    Date,

    /// <summary>A sign that must agree letter by letter: a postcode, a telephone number.</summary>
    Code,

    /// <summary>Words: a street, a profession.</summary>
    Words,
}

/// <summary>Something further that is known of a person. Facts of one name are compared with each other; all names of a kind have the same weights.</summary>
/// <param name="Name">The caller's own: "born". It appears in reasons.</param>
/// <param name="Kind">How its values are compared.</param>
/// <param name="Value">As written.</param>
public sealed record Fact(string Name, FactKind Kind, string Value);

/// <summary>Two lines, the lower number first, so that a pair has one form.</summary>
public readonly record struct IdPair
{
    private IdPair(long first, long second) => (First, Second) = (first, second);

    /// <summary>The lower number.</summary>
    public long First { get; }

    /// <summary>The higher number.</summary>
    public long Second { get; }

    /// <summary>The pair of two lines, in whichever order they are given.</summary>
    public static IdPair Of(long a, long b) => a < b ? new(a, b) : new(b, a);
}
