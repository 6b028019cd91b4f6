namespace Undersigned.Linkage;

/// <summary>What a caller may set. Weights are not among it: they are shipped, so that a decision of yesterday can be explained today.</summary>
public sealed record LinkageOptions
{
    /// <summary>Pairs at or above this probability are worth a look.</summary>
    public double ReviewAt { get; init; } = .10;

    /// <summary>Pairs at or above this probability are shown first.</summary>
    public double LikelyAt { get; init; } = .90;

    /// <summary>Short forms beside those that the library knows.</summary>
    public IReadOnlyList<Nickname> Nicknames { get; init; } = [];
}

/// <summary>A given name and a short form of it. It counts both ways.</summary>
public sealed record Nickname(string Name, string ShortForm);
