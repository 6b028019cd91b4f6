namespace Undersigned.Mail;

/// <summary>A mail put together from texts by their keys.</summary>
internal sealed class MailDraft(MailTexts texts, IReadOnlyDictionary<string, string> values, IReadOnlyList<string> imprint)
{
    private readonly List<MailPiece> pieces = [];
    private string heading = "";

    public required string From { get; init; }

    public string SubjectLine { get; private set; } = "";

    public MailDraft Subject(string key)
    {
        SubjectLine = Plain(key);
        return this;
    }

    public MailDraft Heading(string key)
    {
        heading = Rich(key);
        return this;
    }

    public MailDraft Paragraph(string key, string? lead = null) =>
        Add(new MailPiece.Paragraph(Plain(key), Rich(key), lead is null ? "" : Plain(lead)));

    /// <summary>What a person wrote, a paragraph a blank line.</summary>
    public MailDraft Said(string words)
    {
        foreach (var part in words.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            Add(new MailPiece.Paragraph(part.Replace('\n', ' '), part.Replace('\n', ' ')));
        return this;
    }

    /// <summary>What a person wrote as CommonMark.</summary>
    public MailDraft Written(string body)
    {
        foreach (var piece in WrittenText.PiecesOf(body))
            Add(piece);
        return this;
    }

    public MailDraft Name(string captionKey, bool pencil) => Add(new MailPiece.NameLine(values["name"], Rich(captionKey), pencil));

    public MailDraft Digits(string digits) => Add(new MailPiece.Digits(digits));

    public MailDraft Link(string address) => Add(new MailPiece.Link(address));

    public MailDraft Foot(string becauseKey) =>
        Paragraph("no-attachment").Add(new MailPiece.Foot([.. imprint.Where(l => l.Length > 0), Rich(becauseKey)]));

    public MailBody ToBody() => new(heading, texts.Language, texts.Direction, pieces);

    private MailDraft Add(MailPiece piece)
    {
        pieces.Add(piece);
        return this;
    }

    private string Plain(string key) => texts.Say(key, values, straight: true);
    private string Rich(string key) => texts.Say(key, values, straight: false);
}
