using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>A line of the list as the roll needs it.</summary>
public sealed record RollLine(int Number, SignatureLevel Level, string Record, string SortName, DateTimeOffset Since)
{
    public ShownLine Shown => ShownLine.FromRecord(Record);

    /// <summary>The letter of the alphabet under which it stands; # where it has none.</summary>
    public char Initial => SortName.Length > 0 && char.IsAsciiLetter(SortName[0]) ? char.ToUpperInvariant(SortName[0]) : '#';
}

/// <summary>What the roll says besides the lines, looked up once and not a hundred thousand times.</summary>
public sealed record RollWords(string Signature, string Wrong, string Report, IReadOnlyDictionary<SignatureLevel, string> Levels);

/// <summary>
/// The list as HTML, written straight to the answer: the whole list of a large letter is one element of its page, not a million.
/// With <see cref="IsCounted"/> each line carries its number and name for programs; a line shown twice on a page carries them once.
/// </summary>
public sealed class Roll(IEnumerable<RollLine> lines, RollWords words, string letterPath, string query = "") : IHtmlContent
{
    public bool IsCounted { get; init; } = true;

    /// <summary>"Wrong?" beside each line; not on the whole list, which is printed, nor on the list of an earlier time.</summary>
    public bool HasReports { get; init; }

    /// <summary>A heading for each letter of the alphabet.</summary>
    public bool HasInitials { get; init; }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var initial = '\0';
        foreach (var line in lines)
        {
            if (HasInitials && line.Initial != initial)
            {
                writer.Write(initial == '\0' ? "" : "</ol>\n");
                initial = line.Initial;
                writer.Write($"<h2 class=\"initial\"{(char.IsAsciiLetter(initial) ? $" id=\"{initial}\"" : "")}>{initial}</h2>\n<ol class=\"roll\">\n");
            }
            else if (initial == '\0')
            {
                initial = '-';
                writer.Write("<ol class=\"roll\">\n");
            }
            WriteLine(writer, encoder, line);
        }
        writer.Write(initial == '\0' ? "" : "</ol>\n");
    }

    private void WriteLine(TextWriter writer, HtmlEncoder encoder, RollLine line)
    {
        var shown = line.Shown;
        var number = line.Number.ToString(CultureInfo.InvariantCulture);
        writer.Write(IsCounted ? $"<li id=\"s-{number}\" data-undersigned-signatory=\"{number}\" data-undersigned-name=\"" : "<li>");
        if (IsCounted)
        {
            encoder.Encode(writer, shown.Name);
            writer.Write("\">");
        }
        writer.Write($"<a class=\"name\" href=\"{letterPath}/signatories/{number}");
        encoder.Encode(writer, query);
        writer.Write("\"><bdi>");
        encoder.Encode(writer, shown.Name);
        writer.Write($"</bdi></a> <bdi class=\"no\"><span class=\"hidden\">{words.Signature} </span>{Printed.Signature(line.Number)}</bdi> <span class=\"who\">");
        WriteOffices(writer, encoder, shown);
        WriteMore(writer, encoder, line, shown);
    }

    // One office: years stand in their own column. Several: each with its years.
    private static void WriteOffices(TextWriter writer, HtmlEncoder encoder, ShownLine shown)
    {
        var offices = shown.Posts.Count == 1
            ? [string.Join(Printed.Comma, new[] { shown.Position, shown.Organization }.Where(t => !string.IsNullOrEmpty(t)))]
            : shown.Posts;
        var parts = shown.Location is { } location ? offices.Append(location) : offices;
        var between = "";
        foreach (var part in parts.Where(p => p.Length > 0))
        {
            writer.Write(between + "<bdi>");
            encoder.Encode(writer, part);
            writer.Write("</bdi>");
            between = "<br>";
        }
        writer.Write("</span> ");
    }

    private void WriteMore(TextWriter writer, HtmlEncoder encoder, RollLine line, ShownLine shown)
    {
        writer.Write("<span class=\"more\"><span class=\"num\">");
        if (shown.Posts.Count == 1 && shown.Years is { Count: > 0 } years)
            encoder.Encode(writer, ShownLine.YearsText(years));
        writer.Write($"</span> <button type=\"button\" class=\"{(LevelModel.IsChecked(line.Level) ? "level" : "level only")}\" popovertarget=\"level-{LevelModel.Code(line.Level)}\">");
        encoder.Encode(writer, words.Levels[line.Level]);
        var number = line.Number.ToString(CultureInfo.InvariantCulture);
        writer.Write($"</button>{(HasReports ? $"<a href=\"{letterPath}/signatories/{number}/report\">{words.Wrong}<span class=\"hidden\"> {words.Report} {number}</span></a>" : "")}</span></li>\n");
    }
}
