using System.Globalization;
using System.Text;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace Undersigned.Shared;

/// <summary>
/// Text drawn into pictures: fonts of the host for every script it has, shaped by HarfBuzz, and both directions in one line as in
/// Unicode's UAX #9 (levels and reordering; no explicit embeddings, which titles do not hold).
/// </summary>
public sealed class Lettering(HostFonts fonts)
{
    /// <summary>Whether the host has a font for each letter of it.</summary>
    public bool Covers(string text) => text.EnumerateRunes().All(r => !IsDrawn(r) || fonts.For(r) is not null);

    /// <summary>Broken into lines at spaces; where a word is wider than the line (or the script has no spaces), inside it.</summary>
    public IReadOnlyList<string> Lines(string text, float size, float width)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (Measure(longer, size) <= width)
            {
                line = longer;
                continue;
            }
            if (line.Length > 0)
                lines.Add(line);
            line = word;
            while (Measure(line, size) > width && Fitting(line, size, width) is var fits && fits < line.Length)
            {
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }
        return line.Length > 0 ? [.. lines, line] : lines;
    }

    // As many whole characters, with their marks, as fit; at least one.
    private int Fitting(string word, float size, float width)
    {
        var starts = StringInfo.ParseCombiningCharacters(word);
        return starts.Skip(1).TakeWhile(end => Measure(word[..end], size) <= width).DefaultIfEmpty(starts.Length > 1 ? starts[1] : word.Length).Last();
    }

    public float Measure(string text, float size) => Runs(text, rightToLeft: false).Sum(r =>
    {
        using var font = new SKFont(r.Face, size);
        using var shaper = new SKShaper(r.Face);
        return shaper.Shape(r.Text, font).Width;
    });

    /// <summary>One line from its beginning at <paramref name="x"/>: the left end, or where it is read from the right, the right one.</summary>
    public void Draw(SKCanvas canvas, string line, float x, float y, float size, SKColor color, bool rightToLeft = false)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        var left = rightToLeft ? x - Measure(line, size) : x;
        foreach (var run in Runs(line, rightToLeft))
        {
            using var font = new SKFont(run.Face, size) { Subpixel = true };
            using var shaper = new SKShaper(run.Face);
            canvas.DrawShapedText(shaper, run.Text, left, y, SKTextAlign.Left, font, paint);
            left += shaper.Shape(run.Text, font).Width;
        }
    }

    private sealed record Run(string Text, SKTypeface Face, int Level);

    /// <summary>From left to right as they are seen; each of one direction and one font.</summary>
    private List<Run> Runs(string line, bool rightToLeft)
    {
        var runes = line.EnumerateRunes().ToList();
        var levels = Levels(runes, rightToLeft ? 1 : 0);
        var runs = new List<Run>();
        SKTypeface? face = null;
        for (var i = 0; i < runes.Count; i++)
        {
            // What has no form of its own, and what combines, goes with the letter before.
            if (IsDrawn(runes[i]) && (face is null || !IsMark(runes[i]) || !HostFonts.Has(face, runes[i])))
                face = Prefers(face, runes[i]) ? face : fonts.For(runes[i]) ?? face;
            face ??= fonts.Any;
            if (face is null)
                return [];
            if (runs.Count > 0 && runs[^1] is var last && last.Level == levels[i] && last.Face == face)
                runs[^1] = last with { Text = last.Text + runes[i] };
            else
                runs.Add(new Run(runes[i].ToString(), face, levels[i]));
        }
        return Reorder(runs);
    }

    // Digits and punctuation stay in the font of the words around them.
    private static bool Prefers(SKTypeface? face, Rune rune) => face is not null && !Rune.IsLetter(rune) && HostFonts.Has(face, rune);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsDrawn(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;

    private enum Way { Left, Right, Digit, None }

    private static Way WayOf(Rune rune) => rune.Value switch
    {
        // Hebrew, Arabic, Syriac, Thaana, N’Ko and their forms.
        (>= 0x0660 and <= 0x0669) or (>= 0x06F0 and <= 0x06F9) => Way.Digit,
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF) =>
            Rune.IsLetter(rune) || IsMark(rune) ? Way.Right : Way.None,
        _ when Rune.IsDigit(rune) => Way.Digit,
        _ => Rune.IsLetter(rune) ? Way.Left : Way.None,
    };

    private static int[] Levels(List<Rune> runes, int start)
    {
        var ways = runes.Select(WayOf).ToArray();
        // W7: a digit after a letter that is read from the left is such a letter.
        var before = start == 0 ? Way.Left : Way.Right;
        for (var i = 0; i < ways.Length; i++)
            if (ways[i] is Way.Left or Way.Right)
                before = ways[i];
            else if (ways[i] == Way.Digit && before == Way.Left)
                ways[i] = Way.Left;
        // N1, N2: what has no direction takes that of both sides, or else the line's.
        var levels = new int[ways.Length];
        for (var i = 0; i < ways.Length; i++)
            levels[i] = LevelOf(ways[i] == Way.None ? Around(ways, i, start) : ways[i], start);
        return levels;
    }

    private static Way Around(Way[] ways, int at, int start)
    {
        var line = start == 0 ? Way.Left : Way.Right;
        // A point or comma between digits belongs to the number (W4).
        if (at > 0 && at + 1 < ways.Length && ways[at - 1] == Way.Digit && ways[at + 1] == Way.Digit)
            return Way.Digit;
        Way Side(IEnumerable<Way> side) => side.Where(w => w != Way.None).Select(w => w == Way.Digit ? Way.Right : w).FirstOrDefault(line);
        var (left, right) = (Side(ways.Take(at).Reverse()), Side(ways.Skip(at + 1)));
        return left == right ? left : line;
    }

    // I1, I2.
    private static int LevelOf(Way way, int start) => way switch
    {
        Way.Right => 1,
        Way.Digit => 2,
        _ => start == 0 ? 0 : 2,
    };

    // L2: from the highest level down, what stands together at that level or above is turned.
    private static List<Run> Reorder(List<Run> runs)
    {
        for (var level = runs.Count == 0 ? 0 : runs.Max(r => r.Level); level > 0; level--)
            for (var i = 0; i < runs.Count; i++)
            {
                var length = runs.Skip(i).TakeWhile(r => r.Level >= level).Count();
                runs.Reverse(i, length);
                i += length;
            }
        return runs;
    }
}
