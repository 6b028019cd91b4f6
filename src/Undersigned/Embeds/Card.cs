using Microsoft.Extensions.Localization;
using SkiaSharp;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Embeds;

/// <summary>The picture that link previews show: title, number, time, size and fingerprint, 1200 by 630.</summary>
public sealed class Card(Lettering lettering, Instance instance, IStringLocalizer<EmbedsTexts> texts, IStringLocalizer<LettersTexts> words)
{
    public const int Width = 1200;
    public const int Height = 630;

    private const float Margin = 72;
    private const int MostLines = 3;

    // The colours of the stylesheet's light page.
    private static readonly SKColor Paper = SKColor.Parse("#fdfdfb"), Ink = SKColor.Parse("#16181b"), Quiet = SKColor.Parse("#555a60"), Pen = SKColor.Parse("#1d3f95");

    // What we say beside the title is in the tongue of the address, which is the letter's where we speak it.
    private static bool IsRight => Tongue.Direction == "rtl";
    private static float Start => IsRight ? Width - Margin : Margin;

    /// <summary>PNG.</summary>
    public byte[] Draw(PublishedLetter letter)
    {
        using var bitmap = new SKBitmap(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(Paper);
        var isRight = letter.Words.Direction == "rtl";
        var start = isRight ? Width - Margin : Margin;
        lettering.Draw(canvas, Cut(letter.Words.Organiser.Length > 0 ? letter.Words.Organiser : instance.PublicUrl.Host, 30), start, 96, 30, Quiet, isRight);
        DrawTitle(canvas, letter.Words.Title, start, isRight);
        DrawNumber(canvas, letter.Counts.SignedHere, letter.Counts.Imported);
        DrawFoot(canvas, letter);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private void DrawTitle(SKCanvas canvas, string title, float start, bool isRight)
    {
        var (lines, size) = (lettering.Lines(title, 76, Width - 2 * Margin), 76f);
        while (lines.Count > MostLines && size > 48)
            lines = lettering.Lines(title, size -= 7, Width - 2 * Margin);
        var shown = lines.Count <= MostLines ? lines : [.. lines.Take(MostLines - 1), Cut(lines[MostLines - 1] + " …", size)];
        for (var i = 0; i < shown.Count; i++)
            lettering.Draw(canvas, shown[i], start, 190 + i * size * 1.18f, size, Ink, isRight);
    }

    private void DrawNumber(SKCanvas canvas, int number, int imported)
    {
        // A line for those who have not signed here stands between the number and the rule.
        var lifted = imported > 0 ? 32 : 0;
        if (imported > 0)
            lettering.Draw(canvas, words.OwnList(imported), Start, 538, 26, Quiet, IsRight);
        if (number == 0)
        {
            lettering.Draw(canvas, texts["nobody"], Start, 520 - lifted, 44, Ink, IsRight);
            return;
        }
        const float size = 132;
        var digits = Printed.Number(number);
        var after = lettering.Measure(digits, size) + 24;
        lettering.Draw(canvas, digits, Start, 526 - lifted, size, Pen, IsRight);
        lettering.Draw(canvas, number == 1 ? texts["one-signed"] : texts["have-signed"], IsRight ? Start - after : Start + after, 526 - lifted, 44, Ink, IsRight);
    }

    private void DrawFoot(SKCanvas canvas, PublishedLetter letter)
    {
        using var rule = new SKPaint { Color = Ink, StrokeWidth = 3 };
        canvas.DrawLine(Margin, 552, Width - Margin, 552, rule);
        lettering.Draw(canvas, $"{Printed.Moment(letter.At.EntryAt)} · {texts["entries", Printed.Number(letter.Size)].Value} · {letter.Fingerprint}", Start, 594, 26, Quiet, IsRight);
    }

    private string Cut(string line, float size)
    {
        var lines = lettering.Lines(line, size, Width - 2 * Margin);
        return lines.Count <= 1 ? line : lines[0].TrimEnd(' ', '…') + "…";
    }
}
