using System.Text;
using Undersigned.Access;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>
/// Everything of a letter's signatures as comma-separated text (RFC 4180), readable by any spreadsheet.
/// A cell that a spreadsheet would take for a formula begins with an apostrophe, so that nobody's name runs anything.
/// </summary>
public static class SignatureSheet
{
    public static readonly byte[] ByteOrderMark = Encoding.UTF8.GetPreamble();

    private static readonly string[] Columns =
        ["number", "state", "since", "level", "evidence", "name", "position", "organization", "years", "location", "address", "source", "signed", "confirmed", "confirmed how", "on the page", "reason"];

    public static string Header => Line(Columns);

    public static string Row(Signature s, IEnumerable<Evidence> evidence)
    {
        var shown = s.ToShown();
        return Line(
        [
            s.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            StaffWords.State(s.State), Printed.Machine(s.StateAt),
            StaffWords.Level(s.Level), string.Join("; ", evidence.Select(Evidence)),
            s.Name, shown.Position, shown.Organization, shown.Years is null ? null : ShownLine.YearsText(shown.Years), s.Location,
            s.Email, StaffWords.Source(s.Source),
            Printed.Machine(s.SubmittedAt), Time(s.ConfirmedAt), s.ConfirmedHow?.ToString().ToLowerInvariant(), Time(s.ListedAt),
            StaffWords.Reason(s.DecisionReason),
        ]);
    }

    // "Known, 2026-03-01: called at the published number"
    private static string Evidence(Evidence e) =>
        $"{StaffWords.Evidence(e.Kind)}, {Printed.Machine(e.At)[..10]}" + (e.What is null ? "" : ": " + e.What) + (e.EndedAt is { } ended ? $" (ended {Printed.Machine(ended)[..10]})" : "");

    private static string? Time(DateTimeOffset? at) => at is { } time ? Printed.Machine(time) : null;

    private static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(c => Cell(c ?? ""))) + "\r\n";

    /// <summary>Quoted where a comma, a quote or a line end would end it.</summary>
    internal static string Cell(string text)
    {
        // What precedes the sign does not keep a spreadsheet from reading it.
        if (text.TrimStart(' ', '\u00a0', '"', '\'') is { Length: > 0 } begun && "=+-@\t\r\n＝＋－＠".Contains(begun[0], StringComparison.Ordinal))
            text = "'" + text;
        return text.Any(c => c is '"' or ',' or ';' or '\t' or '\r' or '\n') ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
    }
}
