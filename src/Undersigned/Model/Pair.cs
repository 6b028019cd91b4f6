namespace Undersigned.Model;

public enum PairState
{
    Waiting,
    /// <summary>One person: the better checked line stays.</summary>
    Same,
    /// <summary>Different people, checked. Never asked again.</summary>
    Different,
    /// <summary>One of the two left, or was edited so that they no longer look alike.</summary>
    Gone,
}

/// <summary>Two signatures of a letter that may be one person. Written by the worker that compares, decided by people.</summary>
public sealed class Pair
{
    public long LetterId { get; set; }
    /// <summary>The smaller id.</summary>
    public long FirstId { get; set; }
    public long SecondId { get; set; }
    /// <summary>Weight of the evidence that they are one, in bits; orders the screen.</summary>
    public double Bits { get; set; }
    /// <summary>Likely enough to be shown first and to hold a listing.</summary>
    public bool IsLikely { get; set; }
    /// <summary>The same person by the words, but one of the two is checked less and came from elsewhere: somebody may be using the name.</summary>
    public bool MayBeImpersonation { get; set; }
    /// <summary>Reasons as codes with their parameters, JSON; the words stand in resource files.</summary>
    public string Reasons { get; set; } = "[]";
    public PairState State { get; set; }
    public DateTimeOffset FoundAt { get; set; }
    public long? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
}

/// <summary>That a line came, left, or was changed in what its likeness is found by. Written by the database itself, whoever writes the line.</summary>
public sealed class StandingChange
{
    public long SignatureId { get; set; }
    public long LetterId { get; set; }
    /// <summary>Of its last change; rises with time.</summary>
    public long At { get; set; }
}
