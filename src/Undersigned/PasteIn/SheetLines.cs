using System.Globalization;
using System.Text.RegularExpressions;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>Reads the rows of a sheet as lines, each column as somebody said what it holds.</summary>
internal sealed partial class SheetLines(IReadOnlyList<SheetField> fields, int thisYear)
{
    private const int LongestNote = 2_000;

    public PastedLine Read(SheetRow row)
    {
        if ((row.Problem ?? OfFormulas(row)) is { } broken)
            return new PastedLine(row.Number, "", "", [], null, broken);
        if (Of(row, SheetField.Line) is { Length: > 0 } whole && PasteReading.ReadLine(row.Number, whole, thisYear) is var pasted)
            return With(row, pasted.Name, pasted.Posts, pasted.Problem, pasted.Address);
        var name = PasteReading.Tidy(PasteReading.Turned(Of(row, SheetField.Name)));
        if (name.Length == 0)
            name = PasteReading.Tidy($"{Of(row, SheetField.Given)} {Of(row, SheetField.Family)}");
        var posts = PostsOf(row, out var problem);
        return With(row, name, posts, problem, null);
    }

    private PastedLine With(SheetRow row, string name, IReadOnlyList<Post> posts, string? problem, EmailAddress? address)
    {
        var cell = Of(row, SheetField.Address);
        if (cell.Length > 0)
            problem ??= PasteReading.AddressProblem(cell, out address);
        var (place, note) = (Joined(row, SheetField.Place), Joined(row, SheetField.Note, "\n"));
        if (note?.Length > LongestNote)
            problem ??= $"A note has at most {LongestNote:N0} characters.";
        var line = new PastedLine(row.Number, "", name, posts, address, null, place, note);
        return line with { Problem = problem ?? LineFaults.OfLine(line.Shown, posts, thisYear) };
    }

    /// <summary>Offices by the reader of the sign form, whether they stand in a column each or in one text.</summary>
    private List<Post> PostsOf(SheetRow row, out string? problem)
    {
        var (position, organization) = (Joined(row, SheetField.Position), Joined(row, SheetField.Organization));
        var years = YearsOf(row);
        var read = ServiceLine.Read(years, thisYear);
        // Years that hold words besides are none.
        problem = years.Length > 0 && (read.Count == 0 || read.Any(p => p.Years is null || p.Position is not null || p.Organization is not null))
            ? $"“{(years.Length > 60 ? years[..60] + "…" : years)}” is not understood as years. Write 1994–2003, or since 2011." : null;
        var posts = new List<Post>();
        if ($"{position}{organization}".Contains(';', StringComparison.Ordinal))
            posts.AddRange(ServiceLine.Read(string.Join(", ", new[] { position, organization, years }.Where(t => !string.IsNullOrEmpty(t))), thisYear));
        else if (years.Length > 0 && problem is null)
            posts.AddRange(read.Select(p => new Post(position, organization, p.Years)));
        else if (position is not null || organization is not null)
            posts.Add(new Post(position, organization, null));
        posts.AddRange(ServiceLine.Read(Joined(row, SheetField.Service, "; "), thisYear));
        return posts;
    }

    private string YearsOf(SheetRow row)
    {
        var years = string.Join("; ", All(row, SheetField.Years).Select(Year));
        var (from, to) = (Year(Of(row, SheetField.From)), Year(Of(row, SheetField.To)));
        var span = from.Length > 0 && to.Length > 0 ? $"{from}–{to}" : from.Length > 0 ? $"since {from}" : to.Length > 0 ? $"until {to}" : "";
        return string.Join("; ", new[] { years, span }.Where(t => t.Length > 0));
    }

    /// <summary>Of a whole date its year; a spreadsheet may hold it as the number of its days since 1900.</summary>
    private static string Year(string cell)
    {
        if (WholeDate().Match(cell) is { Success: true } date)
            return date.Groups[date.Groups[1].Success ? 1 : 2].Value;
        return cell.Length == 5 && int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 7_000 and < 60_000
            ? DateTime.FromOADate(days).Year.ToString(CultureInfo.InvariantCulture)
            : cell;
    }

    private string? OfFormulas(SheetRow row)
    {
        for (var i = 0; i < Math.Min(fields.Count, row.Cells.Count); i++)
            if (fields[i] != SheetField.None && Formula().IsMatch(row.Cells[i]))
                return row.Cells[i][0] == '#' ? $"A formula in column {i + 1} has no value: {row.Cells[i]}" : $"Column {i + 1} holds a formula in place of its value. Paste the values in and save it again.";
        return null;
    }

    private IEnumerable<string> All(SheetRow row, SheetField field)
    {
        for (var i = 0; i < Math.Min(fields.Count, row.Cells.Count); i++)
            if (fields[i] == field && Plain(row.Cells[i]) is { Length: > 0 } cell)
                yield return cell;
    }

    private string Of(SheetRow row, SheetField field) => All(row, field).FirstOrDefault() ?? "";

    private string? Joined(SheetRow row, SheetField field, string between = ", ") => string.Join(between, All(row, field)) is { Length: > 0 } text ? text : null;

    // What spreadsheets are kept from computing by an apostrophe, as in our own files.
    private static string Plain(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;

    [GeneratedRegex(@"^=|^#(?:REF!|NAME\?|VALUE!|N/A|DIV/0!|NULL!|NUM!|ERROR!|SPILL!)$")]
    private static partial Regex Formula();

    // "1985-01-01", "1985-01-01 00:00", "1/31/1985", "31.01.1985"
    [GeneratedRegex(@"^([12]\d{3})-\d\d?-\d\d?(?:[ T].*)?$|^\d\d?[./]\d\d?[./]([12]\d{3})$")]
    private static partial Regex WholeDate();
}
