using System.Globalization;
using Undersigned.Model;

namespace Undersigned.Admission;

/// <summary>The rules as the owner types them.</summary>
public sealed class AdmissionForm
{
    public const int MostWords = 500;
    public const int LongestWord = 60;
    public const int HighestAlarm = 100_000;

    /// <summary>By level: 0, 1 or 2 people.</summary>
    public Dictionary<SignatureLevel, int> People { get; set; } = [];
    /// <summary>One a line.</summary>
    public string? Words { get; set; }
    public bool Titles { get; set; }
    public string? Alarm { get; set; }

    public static AdmissionForm Of(AdmissionRules rules) => new()
    {
        People = Enum.GetValues<SignatureLevel>().ToDictionary(l => l, rules.LooksFor),
        Words = string.Join('\n', rules.Words),
        Titles = rules.ShippedTitles,
        Alarm = rules.AlarmAbove.ToString(CultureInfo.InvariantCulture),
    };

    public IEnumerable<(string Field, string Problem)> Problems()
    {
        if (Enum.GetValues<SignatureLevel>().Any(l => !People.TryGetValue(l, out var n) || n is < 0 or > 2))
            yield return ("people", "Choose for each level how many people look.");
        var words = Listed();
        if (words.Count > MostWords)
            yield return ("words", $"At most {MostWords} words.");
        if (words.FirstOrDefault(w => w.Length > LongestWord) is not null)
            yield return ("words", $"A word or phrase has at most {LongestWord} characters.");
        if (words.FirstOrDefault(w => NameFolding.Fold(w).Length == 0) is { } empty)
            yield return ("words", $"“{empty}” holds no letter.");
        if (!int.TryParse(Alarm, NumberStyles.None, CultureInfo.InvariantCulture, out var alarm) || alarm is < 1 or > HighestAlarm)
            yield return ("alarm", "Type a number of at least 1.");
    }

    public AdmissionRules ToRules() => new()
    {
        NoGlance = [.. People.Where(p => p.Value == 0).Select(p => p.Key).Order()],
        TwoPeople = [.. People.Where(p => p.Value == 2).Select(p => p.Key).Order()],
        Words = Listed(),
        ShippedTitles = Titles,
        AlarmAbove = int.Parse(Alarm!, CultureInfo.InvariantCulture),
    };

    private List<string> Listed() =>
        [.. (Words ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).DistinctBy(NameFolding.Fold)];
}
