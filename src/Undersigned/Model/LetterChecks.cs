namespace Undersigned.Model;

/// <summary>What a letter lacks before people outside may see it.</summary>
public static class LetterChecks
{
    public static IReadOnlyList<string> Missing(Letter letter)
    {
        var missing = new List<string>();
        if (letter.Title.Length == 0)
            missing.Add("the title");
        if (letter.Body.Length == 0)
            missing.Add("the text");
        if (letter.Organiser.Length == 0)
            missing.Add("the organiser");
        if (letter.Imprint.Length == 0)
            missing.Add("your postal address in the foot of each mail");
        return missing;
    }

    /// <summary>What it has and should not, or lacks without harm: empty parts, nobody addressed, nothing asked for.</summary>
    public static IReadOnlyList<string> Gaps(Letter letter)
    {
        var gaps = new List<string>();
        if (letter.Addressees.Length == 0)
            gaps.Add("it is addressed to nobody");
        if (letter.Demands.All(string.IsNullOrWhiteSpace))
            gaps.Add("it asks for nothing");
        if (EmptyHeading(letter.Body) is { } heading)
            gaps.Add($"nothing stands under the heading “{heading}”");
        return gaps;
    }

    /// <summary>The first heading of the text that is followed by another of its rank or higher, or by the end.</summary>
    private static string? EmptyHeading(string body)
    {
        string? open = null;
        var rank = 0;
        foreach (var line in body.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var marks = line.Length - line.TrimStart('#').Length;
            var isHeading = marks is >= 1 and <= 6 && (line.Length == marks || line[marks] == ' ');
            if (isHeading && open is not null && marks <= rank)
                return open;
            (open, rank) = isHeading ? (line[marks..].Trim(' ', '#'), marks) : (null, 0);
        }
        return open;
    }
}
