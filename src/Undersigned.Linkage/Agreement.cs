namespace Undersigned.Linkage;

/// <summary>What two rows were compared in.</summary>
internal enum AgreementKind : byte
{
    Name, NameJoined, NameConflict, NameLeftOver, Organization, Position, Years, Domain, Place, Mailbox, Fact,
}

/// <summary>One step of a score: what was compared, how far it agrees, what that weighs.</summary>
internal readonly record struct Agreement(AgreementKind Kind, double Bits)
{
    public TokenLevel Token { get; init; }

    public ValueLevel Value { get; init; }

    public YearsLevel Years { get; init; }

    /// <summary>Numbers of words or of values, of the first row and of the second.</summary>
    public int First { get; init; }

    public int Second { get; init; }

    /// <summary>Where in its name a word stands.</summary>
    public int FirstAt { get; init; }

    public int SecondAt { get; init; }
}
