namespace Undersigned.Model;

/// <summary>How the list is shown: who stands first, and in which order the names follow. Display alone: no entry of the record says it.</summary>
public sealed partial class Letter
{
    public const int MostFirst = 30;

    /// <summary>Signatures that the organiser puts first, in this order; those among them that stand are shown.</summary>
    public List<long> FirstSignatures { get; set; } = [];
    public ListOrder ListOrder { get; set; }
}

/// <summary>By what the names of a list are sorted.</summary>
public enum ListOrder
{
    FamilyName,
    /// <summary>As they came to the list, which is by number. Those gathered before publication came at once, shuffled.</summary>
    Time,
}
