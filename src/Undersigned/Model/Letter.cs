namespace Undersigned.Model;

/// <summary>draft → private → published → closing → closed; a draft may also be published at once.</summary>
public enum LetterState
{
    Draft,
    Private,
    Published,
    /// <summary>No new signatures; those that wait are still decided.</summary>
    Closing,
    Closed,
}

/// <summary>What the form asks for besides the name.</summary>
[Flags]
public enum Asks
{
    Nothing = 0,
    Service = 1,
    Location = 2,
}

/// <summary>An open letter: its words, who may sign, where it stands in its life, and the organiser's switches.</summary>
public sealed partial class Letter
{
    public long Id { get; set; }

    /// <summary>1 to 64 of a-z0-9-, never used twice; part of the log's origin.</summary>
    public required string Slug { get; set; }

    public LetterState State { get; set; } = LetterState.Draft;
    public DateTimeOffset CreatedAt { get; set; }

    // The words. They may be edited until the first signature; from then on they are Revision rows.
    public string Title { get; set; } = "";
    /// <summary>CommonMark with footnotes.</summary>
    public string Body { get; set; } = "";
    public string Addressees { get; set; } = "";
    /// <summary>What the letter asks for, one demand an element.</summary>
    public List<string> Demands { get; set; } = [];
    /// <summary>BCP 47; sets lang and dir of the letter's pages and the language of its mails.</summary>
    public string Language { get; set; } = "en";
    /// <summary>The body that maintains the letter, as printed.</summary>
    public string Organiser { get; set; } = "";
    /// <summary>Postal address and telephone in the foot of each mail.</summary>
    public string Imprint { get; set; } = "";
    public string PressContact { get; set; } = "";
    /// <summary>Who may sign, in plain words.</summary>
    public string Eligibility { get; set; } = "";
    public Asks Asks { get; set; } = Asks.Service;

    /// <summary>0 while nobody has signed; then the number of the latest <see cref="Revision"/>.</summary>
    public int CurrentRevision { get; set; }

    /// <summary>Within how many hours reports are answered.</summary>
    public int PromiseHours { get; set; } = 24;

    public bool IsOpenForSigning => State is LetterState.Private or LetterState.Published;
    public bool IsPublic => State is LetterState.Published or LetterState.Closing or LetterState.Closed;

    public static bool IsSlug(string? text) =>
        text is { Length: >= 1 and <= 64 } && text != "log" && text[0] != '-' && text[^1] != '-'
        && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
}
