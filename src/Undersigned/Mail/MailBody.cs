using System.Text;

namespace Undersigned.Mail;

/// <summary>One piece of a mail, the same in its text and its HTML part. Plain has typewriter's quotes, Rich has printer's.</summary>
internal abstract record MailPiece
{
    /// <summary>A paragraph, perhaps with a lead in bold.</summary>
    public sealed record Paragraph(string Plain, string Rich, string Lead = "") : MailPiece;

    /// <summary>A heading within what a person wrote.</summary>
    public sealed record Heading(string Words) : MailPiece;

    /// <summary>What a person quotes.</summary>
    public sealed record Quote(string Words) : MailPiece;

    /// <summary>A name on its line; in pencil until it is confirmed.</summary>
    public sealed record NameLine(string Name, string Caption, bool Pencil) : MailPiece;

    public sealed record Digits(string Code) : MailPiece;

    /// <summary>The mail's one link; its text is its address.</summary>
    public sealed record Link(string Address) : MailPiece;

    /// <summary>Who writes, and why.</summary>
    public sealed record Foot(IReadOnlyList<string> Lines) : MailPiece;
}

/// <summary>Renders a mail's pieces as its two parts. No image, no tracker, no button.</summary>
internal sealed record MailBody(string Heading, string Language, string Direction, IReadOnlyList<MailPiece> Pieces)
{
    private const int Width = 72;
    private const int Indent = 4;

    // A program that shows plain text tells each line's direction from its first letter; the mark says it where a name or a number comes first.
    private const string RightToLeftMark = "\u200f";

    public string ToText() => string.Join("\n\n", Pieces.Select(p => Direction == "rtl" && p is not (MailPiece.Digits or MailPiece.Link or MailPiece.NameLine) ? RightToLeftMark + TextOf(p).Replace("\n", "\n" + RightToLeftMark, StringComparison.Ordinal) : TextOf(p))) + "\n";

    private static string TextOf(MailPiece piece) => piece switch
    {
        MailPiece.Paragraph p => Wrap(p.Lead.Length > 0 ? $"{p.Lead} {p.Plain}" : p.Plain),
        MailPiece.Heading h => Wrap(h.Words),
        MailPiece.Quote q => "> " + Wrap(q.Words, Width - 2).Replace("\n", "\n> ", StringComparison.Ordinal),
        MailPiece.NameLine n => $"{Indented(n.Name)}\n{Indented(new string('_', Width - Indent - 6))}\n{Indented(n.Caption)}",
        MailPiece.Digits d => Indented(d.Code),
        MailPiece.Link l => Indented(l.Address),
        MailPiece.Foot f => string.Join('\n', f.Lines.Select(l => Wrap(l.Replace(" · ", " - ", StringComparison.Ordinal)))),
        _ => throw new InvalidOperationException(piece.GetType().Name),
    };

    private static string Indented(string text) => new string(' ', Indent) + text;

    private static string Wrap(string text, int width = Width)
    {
        var wrapped = new StringBuilder();
        var column = 0;
        foreach (var word in text.Split(' '))
        {
            if (column > 0)
            {
                var fits = column + 1 + word.Length <= width;
                wrapped.Append(fits ? ' ' : '\n');
                column = fits ? column + 1 : 0;
            }
            wrapped.Append(word);
            column += word.Length;
        }
        return wrapped.ToString();
    }

    public string ToHtml() => $"""
        <!doctype html>
        <html lang="{Language}" dir="{Direction}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{Html(Heading)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main class="mail">
        <h1>{Html(Heading)}</h1>
        {string.Join('\n', Pieces.Select(HtmlOf))}
        </main>
        </body>
        </html>

        """;

    private string Ltr => Direction == "rtl" ? " dir=\"ltr\"" : "";

    private string HtmlOf(MailPiece piece) => piece switch
    {
        MailPiece.Paragraph { Lead.Length: > 0 } p => $"<p><b>{Html(p.Lead)}</b> {Html(p.Rich)}</p>",
        MailPiece.Paragraph p => $"<p>{Html(p.Rich)}</p>",
        MailPiece.Heading h => $"<h2>{Html(h.Words)}</h2>",
        MailPiece.Quote q => $"<blockquote>{Html(q.Words)}</blockquote>",
        MailPiece.NameLine n => $"<p class=\"{(n.Pencil ? "name pencil" : "name")}\"><bdi>{Html(n.Name)}</bdi></p>\n<p class=\"{(n.Pencil ? "who pencil" : "who")}\">{Html(n.Caption)}</p>",
        MailPiece.Digits d => $"<p class=\"code\"{Ltr}>{Html(d.Code)}</p>",
        MailPiece.Link l => $"<p{Ltr}><a href=\"{Html(l.Address)}\">{Html(l.Address)}</a></p>",
        MailPiece.Foot f => $"<p class=\"foot\">{string.Join("<br>", f.Lines.Select(Html))}</p>",
        _ => throw new InvalidOperationException(piece.GetType().Name),
    };

    private static string Html(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    // A mail carries its own few styles: mail programs load no other.
    private const string Style = """
        :root { color-scheme: light dark }
        body { margin: 0; padding: 1.5rem 1rem; background: #fdfdfb; color: #16181b; font: 16px/1.55 Georgia, "Noto Serif", serif }
        .mail { max-width: 36rem; margin: 0 auto; overflow-wrap: break-word }
        h1 { margin: 0 0 1.2rem; font: 26px/1.2 "Palatino Linotype", Palatino, P052, Georgia, serif }
        .name { margin: 1.5rem 0 0; color: #1d3f95; font: italic 26px/1.2 "Palatino Linotype", Palatino, P052, Georgia, serif; overflow-wrap: anywhere }
        .name.pencil { color: #555a60 }
        .who { margin: 0 0 1.5rem; border-top: 1px solid #16181b; padding-top: 6px; font-size: 15px }
        .who.pencil { border-top-style: dashed }
        .code { font: 32px/1.2 Georgia, "Noto Serif", serif; letter-spacing: .12em }
        .foot { margin-top: 2rem; padding-top: .7rem; border-top: 1px solid #d8dbd5; color: #555a60; font-size: 14px }
        a { color: #1d3f95; overflow-wrap: anywhere }
        @media (prefers-color-scheme: dark) {
          body { background: #131519; color: #ecebe5 } a, .name { color: #a9c1ff } .name.pencil { color: #abb0b8 } .who { border-color: #ecebe5 } .foot { color: #abb0b8; border-color: #343840 }
        }
        """;
}
