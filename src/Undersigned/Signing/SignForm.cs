using System.Globalization;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>What the form holds, as typed. Nothing of it is trusted or lost: a page that comes back shows it again.</summary>
public sealed class SignForm
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    /// <summary>Service in one line, as people write it.</summary>
    public string? Served { get; set; }
    /// <summary>The text that <see cref="Rows"/> were read from; where the two differ, the text was typed on.</summary>
    public string? Read { get; set; }
    public List<PostRow> Rows { get; set; } = [];
    public string? Location { get; set; }
    public bool Agree { get; set; }
    /// <summary>The revision of the letter that the form was shown with.</summary>
    public int Revision { get; set; }
    public PrivateTicks Ticks { get; set; } = new();

    /// <summary>
    /// Reads the line again if it was typed on. Rows that the signer mended stay: only posts new in the text are added, and only those gone
    /// from it are taken away.
    /// </summary>
    public void ReadServed(int thisYear)
    {
        var (before, after) = (ServiceLine.Read(Read, thisYear).Select(PostRow.Of).ToList(), ServiceLine.Read(Served, thisYear).Select(PostRow.Of).ToList());
        if (Same(Served, Read))
            return;
        Rows.RemoveAll(r => r.IsEmpty);
        if (Rows.SequenceEqual(before))
            Rows = after;
        else
            Rows = [.. Rows.Where(r => !before.Contains(r) || after.Contains(r)), .. after.Where(r => !before.Contains(r) && !Rows.Contains(r))];
        Read = Served;
    }

    // Browsers send line ends of their own kind.
    private static bool Same(string? a, string? b) => (a ?? "").ReplaceLineEndings("\n").Trim() == (b ?? "").ReplaceLineEndings("\n").Trim();

    public static SignForm Of(Signature signature) => new()
    {
        Name = signature.Name,
        Email = signature.Email,
        Rows = [.. signature.Posts.Select(PostRow.Of)],
        Location = signature.Location,
    };
}

/// <summary>One post as it stands in the form's fields.</summary>
public sealed record PostRow
{
    public string? Position { get; set; }
    public string? Organization { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Position + Organization + From + To);

    public static PostRow Of(Post post) => new()
    {
        Position = post.Position,
        Organization = post.Organization,
        From = post.Years?.From.ToString(CultureInfo.InvariantCulture),
        To = post.Years?.To?.ToString(CultureInfo.InvariantCulture),
    };
}
