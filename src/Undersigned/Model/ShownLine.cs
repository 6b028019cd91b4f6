using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undersigned.Model;

/// <summary>
/// A line exactly as the public reads it, and as the record that the log commits to. Several offices stand in one record
/// as parts divided by "; " in the same order in position, organization and years.
/// </summary>
public sealed record ShownLine(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("position")] string? Position,
    [property: JsonPropertyName("organization")] string? Organization,
    [property: JsonPropertyName("years")] IReadOnlyList<YearSpan>? Years,
    [property: JsonPropertyName("location")] string? Location)
{
    private const string Between = "; ";

    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static ShownLine Of(string name, IReadOnlyList<Post> posts, string? location)
    {
        var (all, where) = (posts.Select(Bare).Where(p => p != Empty).ToList(), string.IsNullOrWhiteSpace(location) ? null : location.Trim());
        // Parts pair up by their order alone. Where one post lacks what another has, its words are put together,
        // so that no organization comes to stand beside another's position, and no year beside another's post.
        if (IsUneven(all, p => p.Position) || IsUneven(all, p => p.Organization))
            all = [.. all.Select(p => new Post(Text(p.Position, p.Organization, []), null, p.Years))];
        if (IsUneven(all, p => p.Years))
            all = [.. all.Select(p => new Post(Text(p.Position, p.Organization, p.Years is { } y ? [y] : []), null, null))];
        return new(name, Join(all, p => p.Position), Join(all, p => p.Organization),
            all.Any(p => p.Years is not null) ? [.. all.Select(p => p.Years!.Value)] : null, where);
    }

    private static readonly Post Empty = new(null, null, null);

    private static Post Bare(Post post) => post with { Position = Bare(post.Position), Organization = Bare(post.Organization) };

    private static string? Bare(string? part) =>
        string.IsNullOrWhiteSpace(part) ? null : string.Join(", ", part.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static bool IsUneven<T>(List<Post> posts, Func<Post, T?> part) => posts.Select(p => part(p) is not null).Distinct().Count() > 1;

    public static ShownLine FromRecord(string json) => JsonSerializer.Deserialize<ShownLine>(json, Format)!;

    /// <summary>The record's JSON text: {"name":"…","position":"…","organization":"…","years":[{"from":1994,"to":2003}],"location":"…"}</summary>
    public string ToRecord() => JsonSerializer.Serialize(this, Format);

    /// <summary>Ten hex digits that change with the line: a decision carries the mark of what was seen, and is about nothing else.</summary>
    public string Mark() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToRecord())).AsSpan(0, 5));

    /// <summary>One text a post: "AUSA, SDNY, 1994–2003". Where the parts do not pair up, one text of all.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Posts
    {
        get
        {
            var positions = Position?.Split(Between) ?? [];
            var organizations = Organization?.Split(Between) ?? [];
            var years = Years ?? [];
            var count = Math.Max(positions.Length, Math.Max(organizations.Length, years.Count));
            if (count < 2 || !Pairs(positions.Length) || !Pairs(organizations.Length) || !Pairs(years.Count))
                return count == 0 ? [] : [Text(Position, Organization, years)];
            return [.. Enumerable.Range(0, count).Select(i => Text(At(positions, i), At(organizations, i), years.Count == 0 ? [] : [years[i]]))];

            bool Pairs(int n) => n == count || n == 0;
            static string? At(string[] parts, int i) => parts.Length == 0 ? null : parts[i];
        }
    }

    public static string YearsText(IReadOnlyList<YearSpan> years) => string.Join(", ", years.Select(y =>
        y.To == y.From ? y.From.ToString(CultureInfo.InvariantCulture) : $"{y.From}–{y.To?.ToString(CultureInfo.InvariantCulture)}"));

    private static string Text(string? position, string? organization, IReadOnlyList<YearSpan> years) =>
        string.Join(", ", new[] { position, organization, years.Count == 0 ? null : YearsText(years) }.Where(t => !string.IsNullOrEmpty(t)));

    private static string? Join(IReadOnlyList<Post> posts, Func<Post, string?> part)
    {
        var parts = posts.Select(part).Where(p => !string.IsNullOrWhiteSpace(p)).ToList();
        return parts.Count == 0 ? null : string.Join(Between, parts);
    }
}
