using System.Globalization;
using System.Resources;

namespace Undersigned.Linkage;

/// <summary>Reasons in words, from ReasonTexts.resx and its translations.</summary>
internal static class ReasonTexts
{
    private static readonly ResourceManager Texts = new("Undersigned.Linkage.ReasonTexts", typeof(ReasonTexts).Assembly);

    /// <summary>Chances as people say them, the largest first.</summary>
    private static readonly (double From, int Times, int Of)[] Chances =
        [(.98, 49, 50), (.94, 19, 20), (.875, 9, 10), (.77, 4, 5), (.7, 3, 4), (.6, 2, 3), (.42, 1, 2), (.29, 1, 3), (.22, 1, 4), (.15, 1, 5), (0, 1, 10)];

    public static string Of(Reason reason, CultureInfo? culture) =>
        Format("reason", culture, Bare(reason, culture), Format(reason.Strength.ToString().ToLowerInvariant(), culture));

    public static string Sum(Match match, CultureInfo? culture)
    {
        if (match.Standing == Standing.Below) return Format("sum-unlikely", culture);
        var key = match.MayBeImpersonation ? "sum-using" : match.Probability switch { >= .99 => "sum-sure", >= .6 => "sum-likely", _ => "sum-perhaps" };
        return Format(key, culture, Odds(match.Probability, culture));
    }

    public static string Paragraph(Match match, CultureInfo? culture) => Paragraph(Sum(match, culture), match.Reasons, culture);

    public static string Paragraph(string sum, IReadOnlyList<Reason> reasons, CultureInfo? culture)
    {
        var sentences = new List<string> { sum };
        var support = string.Join("; ", reasons.Where(reason => reason.For).Select(reason => Of(reason, culture)));
        if (support.Length > 0) sentences.Add(Sentence(support, culture));
        var against = string.Join("; ", reasons.Where(reason => !reason.For).Select(reason => Of(reason, culture)));
        if (against.Length > 0) sentences.Add(Sentence(Format("against", culture, against), culture));
        return string.Join(' ', sentences);
    }

    public static string Format(string key, CultureInfo? culture, params string[] arguments)
    {
        culture ??= CultureInfo.InvariantCulture;
        return string.Format(culture, Texts.GetString(key, culture) ?? key, arguments);
    }

    private static string Sentence(string text, CultureInfo? culture) =>
        string.Concat(text[..1].ToUpper(culture ?? CultureInfo.InvariantCulture), text.AsSpan(1), ".");

    /// <summary>The last argument of a name that agrees says how common it is.</summary>
    private static string Bare(Reason reason, CultureInfo? culture)
    {
        string[] arguments = [.. reason.Arguments];
        if (arguments.Length > 0 && arguments[^1] is "common" or "rare") arguments[^1] = Format(arguments[^1], culture);
        return Format(reason.Code, culture, arguments);
    }

    private static string Odds(double probability, CultureInfo? culture)
    {
        if (probability > .99) return Format("odds-more", culture, "99", "100");
        var (_, times, of) = Array.Find(Chances, chance => probability >= chance.From);
        return Format("odds", culture, times.ToString(culture), of.ToString(culture));
    }
}
