using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undersigned.Access;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>Columns that can be written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GridColumn>))]
public enum GridColumn { Name, Position, Organization, Years, Place, Note }

/// <summary>What the cells of one signature say, and what may be written into them.</summary>
internal sealed class GridCells(int thisYear)
{
    public const int LongestNote = 2_000;

    /// <summary>Between the offices of one line, as on the page.</summary>
    private const string Between = "; ";

    /// <summary>Stands where one of several offices lacks what the others have.</summary>
    private const string None = "–";

    public static string Text(Signature signature, GridColumn column) => column switch
    {
        GridColumn.Name => signature.Name,
        GridColumn.Position => Joined(signature.Posts, p => p.Position),
        GridColumn.Organization => Joined(signature.Posts, p => p.Organization),
        GridColumn.Years => Joined(signature.Posts, p => p.Years is { } years ? ShownLine.YearsText([years]) : null),
        GridColumn.Place => signature.Location ?? "",
        _ => signature.HasNote ? signature.Note ?? "" : "",
    };

    public static string Joined(List<Post> posts, Func<Post, string?> part) =>
        posts.All(p => string.IsNullOrEmpty(part(p))) ? "" : string.Join(Between, posts.Select(p => part(p) is { Length: > 0 } text ? text : None));

    /// <summary>Ten hex digits that change with whatever can be written.</summary>
    public static string Mark(Signature signature) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new { signature.Name, signature.Posts, signature.Location, Note = signature.HasNote ? signature.Note : null }))).AsSpan(0, 5));

    /// <summary>Why nothing can be written there at all, or null.</summary>
    public static string? Closed(Signature signature, GridColumn column) => signature.State switch
    {
        SignatureState.Erased or SignatureState.Expired => "The person’s data is gone.",
        _ when column == GridColumn.Note => null,
        SignatureState.Submitted => "Not confirmed yet: what the person confirms must be what they typed.",
        SignatureState.Withdrawn or SignatureState.Removed => "It does not stand any more.",
        SignatureState.Declined => "It was declined.",
        SignatureState.Admitted when signature.Number is not null => "It is on its way back to the page. Try again in a minute.",
        _ => null,
    };

    /// <summary>Writes one cell of the line; what is wrong with it in words, and then nothing was written.</summary>
    public string? Write(Signature signature, GridColumn column, string typed)
    {
        if (column == GridColumn.Note)
            return WriteNote(signature, typed);
        var (name, posts, place) = (signature.Name, signature.Posts, signature.Location);
        var text = Tidy(typed);
        string? wrong = null;
        if (column == GridColumn.Name)
            name = text;
        else if (column == GridColumn.Place)
            place = text.Length == 0 ? null : text;
        else
            (posts, wrong) = column == GridColumn.Years ? WithYears(posts, text) : WithWords(posts, column, text);
        wrong ??= LineFaults.OfLine(ShownLine.Of(name, posts, place), posts, thisYear);
        if (wrong is null)
            (signature.Name, signature.FoldedName, signature.Posts, signature.Location) = (name, NameFolding.Fold(name), posts, place);
        return wrong;
    }

    private static string? WriteNote(Signature signature, string typed)
    {
        var note = typed.Trim();
        if (note.Length > LongestNote)
            return $"A note has at most {LongestNote:N0} characters.";
        signature.Note = note.Length == 0 ? null : note;
        return null;
    }

    private static string Tidy(string typed)
    {
        var text = string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // Half a character, as a broken copy leaves it, is refused by the rules of names and fields.
        return text.EnumerateRunes().Any(r => r == Rune.ReplacementChar) ? text : text.Normalize(NormalizationForm.FormC);
    }

    private static (List<Post>, string? Wrong) WithWords(List<Post> posts, GridColumn column, string text)
    {
        var parts = Parts(text);
        if (parts.Count == 0)
            parts = [.. posts.Select(_ => (string?)null)];
        if (posts.Count == 0)
            posts = [.. parts.Select(_ => new Post(null, null, null))];
        if (parts.Count != posts.Count)
            return (posts, Uneven(posts.Count, parts.Count));
        return ([.. posts.Zip(parts, (p, part) => column == GridColumn.Position ? p with { Position = part } : p with { Organization = part })], null);
    }

    private (List<Post>, string? Wrong) WithYears(List<Post> posts, string text)
    {
        var parts = Parts(text.Replace(',', ';'));
        var years = new List<YearSpan?>();
        foreach (var part in parts)
        {
            if (part is not null && Span(part) is null)
                return (posts, $"“{part}” is not read as years. Write 1994–2003, 1994– or 1994.");
            years.Add(part is null ? null : Span(part));
        }
        if (years.Count == 0)
            years = [.. posts.Select(_ => (YearSpan?)null)];
        // One office held twice is two parts of the line.
        if (posts.Count <= 1 && years.Count > 1)
            posts = [.. years.Select(_ => posts.FirstOrDefault() ?? new Post(null, null, null))];
        if (posts.Count == 0)
            posts = [.. years.Select(_ => new Post(null, null, null))];
        return years.Count == posts.Count ? ([.. posts.Zip(years, (p, y) => p with { Years = y })], null) : (posts, Uneven(posts.Count, years.Count));
    }

    private YearSpan? Span(string text) =>
        ServiceLine.Read(text, thisYear) is [{ Position: null, Organization: null, Years: { } years }] ? years : null;

    private static List<string?> Parts(string text) =>
        text.Length == 0 ? [] : [.. text.Split(';', StringSplitOptions.TrimEntries).Select(p => p.Length == 0 || p is None or "-" or "—" ? null : p)];

    private static string Uneven(int offices, int parts) => offices == 1
        ? $"The line has one office, and these are {parts} parts."
        : $"The line has {offices} offices: write {offices} parts divided by semicolons, “{None}” where one is missing. These are {parts}.";
}
