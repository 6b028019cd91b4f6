using System.Globalization;
using System.Text;
using Undersigned.Shared;

namespace Undersigned.Press;

/// <summary>One bar: its label, broken into lines and never cut, with the number beside the first.</summary>
public sealed record LabelledBar(IReadOnlyList<(string Text, string Y)> Lines, string Number, string BarY, string Width, bool IsHatched);

/// <summary>Numbers side by side as bars that lie, each under its label.</summary>
/// <param name="Id">What the ids of its parts begin with.</param>
public sealed record BarChart(string Id, IReadOnlyList<LabelledBar> Bars, int Height)
{
    public const int BarHeight = 10;

    // As many letters as fit beside a number on a narrow phone.
    private const int Longest = 36;
    private const int LineHeight = 16;
    private const int Gap = 14;

    public bool HasHatched => Bars.Any(b => b.IsHatched);

    public static BarChart Of(string id, IReadOnlyList<(string Label, int Count, bool IsHatched)> values)
    {
        var (bars, y, most) = (new List<LabelledBar>(), 0, Math.Max(1, values.Max(v => v.Count)));
        foreach (var (label, count, isHatched) in values)
        {
            var lines = Break(label).Select((text, i) => (text, Svg.Pixels(y + LineHeight * (i + 1) - 4))).ToList();
            y += LineHeight * lines.Count;
            bars.Add(new LabelledBar(lines, Printed.Number(count), Svg.Pixels(y), Svg.Percent(Math.Max(0.3, 100.0 * count / most)), isHatched));
            y += BarHeight + Gap;
        }
        return new BarChart(id, bars, y);
    }

    /// <summary>Lines of at most <see cref="Longest"/> letters, between words where there are any; wide letters count twice.</summary>
    public static IReadOnlyList<string> Break(string label)
    {
        var lines = new List<string>();
        var (line, width) = (new StringBuilder(), 0);
        foreach (var word in label.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (width > 0 && width + 1 + Width(word) > Longest)
                End();
            if (width > 0)
            {
                line.Append(' ');
                width++;
            }
            foreach (var letter in Letters(word))
            {
                if (width + Width(letter) > Longest)
                    End();
                line.Append(letter);
                width += Width(letter);
            }
        }
        End();
        return lines;

        void End()
        {
            lines.Add(line.ToString());
            line.Clear();
            width = 0;
        }
    }

    private static IEnumerable<string> Letters(string word)
    {
        for (var each = StringInfo.GetTextElementEnumerator(word); each.MoveNext();)
            yield return each.GetTextElement();
    }

    private static int Width(string text) => Letters(text).Sum(l => l[0] >= '\u1100' ? 2 : 1);
}
