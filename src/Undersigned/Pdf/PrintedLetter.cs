using Undersigned.Model;

namespace Undersigned.Pdf;

/// <summary>A name as it is set: under its letter of the alphabet.</summary>
public sealed record PrintedName(ShownLine Line, char Initial)
{
    /// <summary>In the place of a letter: of the first signatories; of names that are not sorted by family name.</summary>
    public const char First = '*', Unsorted = '-';

    /// <summary>Over the first name of a group of its own: those who have not signed here.</summary>
    public string? Heading { get; init; }
}

/// <summary>What is set as one PDF: the words, what stands at the foot of each page, how many names, and the names some at a time.</summary>
public sealed record PrintedLetter
{
    public required LetterWords Words { get; init; }
    public required string Kicker { get; init; }
    /// <summary>All addressees, where the kicker names only the first.</summary>
    public string? To { get; init; }
    /// <summary>Under the title: number, time, edition.</summary>
    public required string Lead { get; init; }
    /// <summary>What else must be said before the letter: that some have left, that it is under embargo.</summary>
    public string? Notice { get; init; }
    public required string Foot { get; init; }
    /// <summary>At the head of each page; an outlet's name under embargo.</summary>
    public string Head { get; init; } = "";
    public required string Mark { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required int Count { get; init; }
    public int Withheld { get; init; }
    /// <summary>Where the list is, for whoever has the paper alone.</summary>
    public string? Address { get; init; }
    public required Func<CancellationToken, IAsyncEnumerable<PrintedName>> Names { get; init; }
}
