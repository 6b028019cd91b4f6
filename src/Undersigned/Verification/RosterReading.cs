using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>One row of a roster as read; <see cref="Problem"/> says why it is not taken.</summary>
public sealed record RosterRow(int Number, string Text, EmailAddress? Address, string Name, string? Problem);

/// <summary>Which column holds what; numbers from 0, null where there is none.</summary>
public sealed record RosterColumns(int Address, int? Name, int? Family);

/// <summary>A sheet read as a roster; nothing is changed by reading.</summary>
public sealed record RosterRead(IReadOnlyList<string> Headings, RosterColumns Columns, IReadOnlyList<RosterRow> Good, IReadOnlyList<RosterRow> Bad);

public static class RosterReading
{
    /// <param name="chosen">As the editor said; null to guess.</param>
    public static RosterRead Read(IReadOnlyList<IReadOnlyList<string>> rows, RosterColumns? chosen)
    {
        var width = rows.Max(r => r.Count);
        var hasHeadings = !rows[0].Any(SheetColumns.IsAddress);
        var headings = Enumerable.Range(0, width).Select(i => hasHeadings && Cell(rows[0], i) is { Length: > 0 } heading ? heading : $"Column {i + 1}").ToList();
        var columns = chosen is { } c && c.Address < width && !(c.Name >= width) && !(c.Family >= width) ? c : Guess(rows, hasHeadings);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = rows.Select((r, i) => (Row: r, Number: i + 1)).Skip(hasHeadings ? 1 : 0)
            .Where(r => r.Row.Any(cell => cell.Length > 0)).Select(r => RowOf(r.Row, r.Number, columns, seen)).ToList();
        return new RosterRead(headings, columns, [.. read.Where(r => r.Problem is null)], [.. read.Where(r => r.Problem is not null)]);
    }

    private static RosterRow RowOf(IReadOnlyList<string> row, int number, RosterColumns columns, Dictionary<string, int> seen)
    {
        var name = string.Join(' ', new[] { columns.Name, columns.Family }.OfType<int>().Distinct().Select(i => Cell(row, i)).Where(c => c.Length > 0));
        var problem = !EmailAddress.TryParse(Cell(row, columns.Address), out var address, out var why) ? Words(why)
            : !seen.TryAdd(address.Normalised, number) ? $"The same address as in row {seen[address.Normalised]:N0}."
            : null;
        return new RosterRow(number, string.Join(", ", row.Where(c => c.Length > 0)), address, name, problem);
    }

    private static string Words(EmailProblem why) => why switch
    {
        EmailProblem.Missing => "No address in this row.",
        EmailProblem.NoAt => "This address lacks an @.",
        EmailProblem.NothingBeforeAt => "This address lacks something before the @.",
        EmailProblem.NothingAfterAt => "This address lacks something after the @.",
        EmailProblem.BadDomain => "What follows the @ is no domain.",
        _ => "This is no address that can receive mail.",
    };

    private static RosterColumns Guess(IReadOnlyList<IReadOnlyList<string>> rows, bool hasHeadings)
    {
        var fields = SheetColumns.Guess(rows, hasHeadings).ToList();
        int? Of(params SheetField[] wanted) => fields.FindIndex(f => wanted.Contains(f)) is var i and >= 0 ? i : null;
        var (given, family) = (Of(SheetField.Given), Of(SheetField.Family));
        return new RosterColumns(Of(SheetField.Address) ?? 0, given ?? family ?? Of(SheetField.Name, SheetField.Line), given is null ? null : family);
    }

    private static string Cell(IReadOnlyList<string> row, int i) => i < row.Count ? row[i] : "";
}
