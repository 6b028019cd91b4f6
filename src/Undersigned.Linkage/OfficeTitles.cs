using System.Collections.Frozen;

namespace Undersigned.Linkage;

/// <summary>Offices that one person holds, in several languages.</summary>
internal sealed class OfficeTitles
{
    private static readonly FrozenSet<string> Small = new[] { "the", "of", "for", "de", "la", "le", "l", "du", "des", "del", "della", "do", "da", "der", "die", "des", "van" }.ToFrozenSet();
    private static readonly FrozenSet<string> Before = new[] { "former", "ex", "acting", "sitting", "his", "her", "excellency", "hon", "rt", "honourable", "h", "e" }.ToFrozenSet();
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly HashSet<string> _beginnings = new(StringComparer.Ordinal);

    public OfficeTitles(bool shipped, IEnumerable<string> further)
    {
        foreach (var title in (shipped ? Tables.Lines("titles-of-office.txt") : []).Concat(further))
        {
            var plain = Plain(title.TrimEnd('*', ' '));
            if (plain.Length == 0) continue;
            _whole.Add(plain);
            if (title.EndsWith('*')) _beginnings.Add(plain);
        }
    }

    /// <summary>The title as the line has it, or null.</summary>
    public string? Claimed(Signatory signatory)
    {
        foreach (var post in signatory.Posts)
        {
            if (post.Position is null) continue;
            if (IsTitle(Plain(post.Position))) return post.Position.Trim();
            if (post.Organization is not null && _whole.Contains(Plain($"{post.Position} {post.Organization}"))) return $"{post.Position.Trim()}, {post.Organization.Trim()}";
        }
        return null;
    }

    private bool IsTitle(string plain)
    {
        if (_whole.Contains(plain)) return true;
        for (var at = plain.IndexOf(' ', StringComparison.Ordinal); at > 0; at = plain.IndexOf(' ', at + 1))
            if (_beginnings.Contains(plain[..at])) return true;
        return false;
    }

    private static string Plain(string title)
    {
        var words = Folding.Words(title.Replace('’', ' ').Replace('\'', ' '));
        words.RemoveAll(Small.Contains);
        while (words.Count > 1 && Before.Contains(words[0])) words.RemoveAt(0);
        return string.Join(' ', words);
    }
}
