using System.Text;
using SkiaSharp;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>
/// Fonts from files: those in the data folder's `fonts`, then those of the system. Opened when a letter first needs one, serif before sans,
/// and kept: what is open is mapped from the file, not copied.
/// </summary>
public sealed class HostFonts(Instance instance)
{
    private static readonly string[] Kinds = [".ttf", ".otf", ".ttc"];

    // Regular faces for reading, in this order; then whatever else has the letter.
    private static readonly string[] First =
        ["NotoSerif-Regular", "NotoNaskhArabic-Regular", "NotoSerifHebrew-Regular", "NotoSerifDevanagari-Regular", "NotoSerifCJK-Regular", "LiberationSerif-Regular", "DejaVuSerif"];

    private readonly Lock reading = new();
    private readonly Dictionary<int, SKTypeface?> byLetter = [];
    private readonly List<SKTypeface> open = [];
    private Queue<string>? files;

    /// <summary>Null where no file has the letter.</summary>
    public SKTypeface? For(Rune letter)
    {
        lock (reading)
        {
            if (!byLetter.TryGetValue(letter.Value, out var face))
                byLetter[letter.Value] = face = open.Find(f => Has(f, letter)) ?? Next(letter);
            return face;
        }
    }

    /// <summary>For what has no form; null where the host has no font at all.</summary>
    public SKTypeface? Any => For(new Rune('n'));

    public static bool Has(SKTypeface face, Rune letter)
    {
        using var font = new SKFont(face);
        return font.ContainsGlyph(letter.Value);
    }

    private SKTypeface? Next(Rune letter)
    {
        files ??= new Queue<string>(Files());
        while (files.TryDequeue(out var file))
        {
            if (SKTypeface.FromFile(file) is not { } face)
                continue;
            open.Add(face);
            if (Has(face, letter))
                return face;
        }
        return null;
    }

    private IEnumerable<string> Files()
    {
        string[] folders = [Path.Combine(instance.DataFolder, "fonts"), "/usr/share/fonts", "/usr/local/share/fonts"];
        return folders.Where(Directory.Exists).SelectMany((folder, at) => Directory
            .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
            .Where(f => Kinds.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase) && (at == 0 || IsForReading(f)))
            .OrderBy(f => RankOf(Path.GetFileNameWithoutExtension(f))).ThenBy(f => f, StringComparer.Ordinal));
    }

    private static bool IsForReading(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return Array.IndexOf(First, name) >= 0 || name.EndsWith("-Regular", StringComparison.Ordinal) || !name.Contains('-', StringComparison.Ordinal);
    }

    private static int RankOf(string name)
    {
        var at = Array.IndexOf(First, name);
        return at >= 0 ? at : First.Length + (name.Contains("Mono", StringComparison.Ordinal) || name.Contains("Emoji", StringComparison.Ordinal) ? 2 : name.Contains("Serif", StringComparison.Ordinal) ? 0 : 1);
    }
}
