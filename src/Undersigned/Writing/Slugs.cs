using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>A letter's place in its address: suggested from the title, checked, never used twice.</summary>
public static class Slugs
{
    private const int Enough = 48;

    /// <summary>"let-the-inspectors-publish", from a title in any script; "letter" where nothing is left.</summary>
    public static string From(string title)
    {
        var slug = new StringBuilder();
        foreach (var word in Words(AnyAscii.Transliteration.Transliterate(title).ToLowerInvariant()))
        {
            if (slug.Length + word.Length >= Enough)
                break;
            slug.Append(slug.Length == 0 ? "" : "-").Append(word);
        }
        var text = slug.ToString();
        return Letter.IsSlug(text) ? text : "letter";
    }

    /// <summary>The suggestion, with a number where another letter has it.</summary>
    public static async Task<string> SuggestAsync(UndersignedDb db, string title, CancellationToken cancellation)
    {
        var slug = From(title);
        var taken = await db.Letters.Where(l => l.Slug.StartsWith(slug)).Select(l => l.Slug).ToListAsync(cancellation);
        for (var n = 1; ; n++)
        {
            var candidate = n == 1 ? slug : $"{slug}-{n}";
            if (!taken.Contains(candidate))
                return candidate;
        }
    }

    /// <summary>What is wrong with it, in words; null where it may be used.</summary>
    public static async Task<string?> ProblemAsync(UndersignedDb db, string slug, long letterId, CancellationToken cancellation)
    {
        if (!Letter.IsSlug(slug))
            return "Small letters a to z, digits and hyphens, at most 64, with no hyphen at either end; “log” is taken by us.";
        return await db.Letters.AnyAsync(l => l.Slug == slug && l.Id != letterId, cancellation)
            ? "Another letter has this address. An address is never used twice."
            : null;
    }

    private static IEnumerable<string> Words(string ascii)
    {
        var word = new StringBuilder();
        foreach (var c in ascii + " ")
        {
            if (char.IsAsciiLetterOrDigit(c))
                word.Append(c);
            else if (c != '\'' && word.Length > 0)
            {
                yield return word.ToString(0, Math.Min(word.Length, Enough - 1));
                word.Clear();
            }
        }
    }
}
