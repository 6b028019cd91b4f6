using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>
/// A line set large, for the partial _Line: in pen where it stands, in pencil before. <see cref="Href"/> makes the name a link;
/// <see cref="Level"/> is null where nothing is said of how it was checked.
/// </summary>
public sealed record LineModel(ShownLine Line)
{
    public bool InPencil { get; init; }
    public bool IsBig { get; init; }
    public int? Number { get; init; }
    public SignatureLevel? Level { get; init; }
    /// <summary>The level is a button that opens its popover; only on pages that have the partial _Levels.</summary>
    public bool HasPopovers { get; init; }
    public string? Href { get; init; }
    /// <summary>A line of the public list, for readers that compare the page with the log.</summary>
    public bool IsListed { get; init; }
    public string? Caption { get; init; }
    /// <summary>One of several, in an element with role="list".</summary>
    public bool IsItem { get; init; }
}

/// <summary>How a line was checked, for the partial _Level.</summary>
public sealed record LevelModel(SignatureLevel Level, bool HasPopover = false)
{
    /// <summary>"email": as in the log and in the ids of texts and popovers.</summary>
    public static string Code(SignatureLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>The claim itself was checked, not only the address or nothing.</summary>
    public static bool IsChecked(SignatureLevel level) => level >= SignatureLevel.Domain;
}
