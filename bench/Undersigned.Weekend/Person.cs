namespace Undersigned.Weekend;

/// <summary>What somebody who signs truly is. The desk never learns it; the end is measured against it.</summary>
internal enum Kind
{
    Plain,
    /// <summary>Bears the name of another signer and is somebody else.</summary>
    Namesake,
    /// <summary>On the letter's list of prominent names, and truly so.</summary>
    Prominent,
    /// <summary>Has signed before, from another address and in another spelling.</summary>
    Duplicate,
    Pun,
    Fiction,
    Insult,
    /// <summary>An earlier signer's name with a letter of another script in it.</summary>
    LookAlike,
    /// <summary>An official who never signed.</summary>
    Forged,
}

/// <summary>How a signer has a mistake in their own line put right.</summary>
internal enum Fix { None, OwnPage, Report }

/// <param name="Number">Among all signers, from 0.</param>
/// <param name="Served">Office and years in one line, as people write them.</param>
internal sealed record Person(int Number, Kind Kind, string Name, string Email, string Served)
{
    /// <summary>For a duplicate, a namesake and a look-alike: the other one.</summary>
    public Person? Of { get; init; }
    public bool NeverConfirms { get; init; }
    public Fix Fix { get; init; }
    /// <summary>Where <see cref="Served"/> has the mistake: as it should be.</summary>
    public string? Right { get; init; }

    public bool IsTrue => Kind is Kind.Plain or Kind.Namesake or Kind.Prominent;
    public bool IsPrank => Kind is Kind.Pun or Kind.Fiction or Kind.Insult or Kind.LookAlike;

    public string Given => Name[..Name.IndexOf(' ', StringComparison.Ordinal)];
    public string Family => Name[(Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
