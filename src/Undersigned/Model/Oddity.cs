using System.Globalization;
using System.Text;

namespace Undersigned.Model;

/// <summary>What makes the glance tick a line by itself; codes, their words stand in resource files.</summary>
public static class Oddity
{
    public const string MixedScripts = "mixed-scripts";
    public const string UnusualCharacters = "unusual-characters";
    public const string OneWord = "one-word";
    public const string AllCapitals = "all-capitals";
    public const string LooksLikeEarlier = "looks-like-earlier";
    public const string SameName = "same-name";
    public const string TitleInName = "title-in-name";
    /// <summary>On the organiser's list of prominent names, or claims an office that one person of a country holds.</summary>
    public const string Prominent = "prominent";
    public const string LikeProminent = "like-prominent";
    public const string Title = "title";
    public const string Word = "word";
    public const string PerhapsSame = "perhaps-same";
    public const string UsesName = "uses-name";
    public const string LevelNeedsTwo = "level-needs-two";
    public const string Disagreement = "disagreement";
    /// <summary>The signer was asked for more; decided later.</summary>
    public const string Asked = "asked";
    public const string Held = "held";
    public const string NewEvidence = "new-evidence";
    /// <summary>Many signed within a day from a domain that nobody had signed from.</summary>
    public const string NewDomain = "new-domain";
    public const string OneNetwork = "one-network";
    /// <summary>Signed while more came than usual, by a browser that gave no proof of work.</summary>
    public const string NoWork = "no-work";
    public const string Ticked = "ticked";
    public const string Undone = "undone";
    public const string VoucherGone = "voucher-gone";

    private static readonly HashSet<string> Titles =
        ["president", "minister", "chancellor", "senator", "governor", "secretary", "king", "queen", "prince", "princess", "pope", "general", "admiral", "ambassador", "judge", "justice", "mayor", "ceo"];

    /// <summary>"word:scum", "looks-like-earlier:402": a code and what it is about; the code alone where that is null.</summary>
    public static string About(string code, object? about) => about is null ? code : string.Create(CultureInfo.InvariantCulture, $"{code}:{about}");

    /// <summary>The code and what it is about; null where it is about nothing further.</summary>
    public static (string Code, string? About) Parts(string reason)
    {
        var colon = reason.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (reason, null) : (reason[..colon], reason[(colon + 1)..]);
    }

    public static string Of(Kinship kind) => kind switch
    {
        Kinship.Impersonation => UsesName,
        Kinship.Duplicate => PerhapsSame,
        Kinship.SameName => SameName,
        _ => LooksLikeEarlier,
    };

    /// <summary>About where it came from, not about the line itself.</summary>
    public static bool IsOfTheCrowd(string reason) => reason is NewDomain or OneNetwork or NoWork;

    /// <summary>How much an oddity matters for who is looked at first.</summary>
    public static int Weight(string oddity) => oddity switch
    {
        MixedScripts => 70,
        TitleInName => 45,
        NewDomain or OneNetwork => 40,
        UnusualCharacters => 35,
        NoWork => 30,
        OneWord => 20,
        _ => 10,
    };

    /// <summary>What the name alone tells; look-alikes of earlier names are found by who has the list.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var odd = new List<string>();
        var letters = name.EnumerateRunes().Where(Rune.IsLetter).ToList();
        if (letters.Select(ScriptOf).Where(s => s != Script.Other).Distinct().Count() > 1)
            odd.Add(MixedScripts);
        if (name.EnumerateRunes().Any(IsUnusual))
            odd.Add(UnusualCharacters);
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 && letters.All(r => ScriptOf(r) is Script.Latin or Script.Cyrillic or Script.Greek))
            odd.Add(OneWord);
        if (letters.Count > 5 && words.Length > 1 && letters.All(Rune.IsUpper))
            odd.Add(AllCapitals);
        if (words.Any(w => Titles.Contains(NameFolding.Fold(w))))
            odd.Add(TitleInName);
        return odd;
    }

    private static bool IsUnusual(Rune rune) =>
        !Rune.IsLetter(rune) && !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
        && rune.Value is not ('-' or '\'' or '.' or ',' or '’' or '·' or 0x2010 or 0x2011 or 0x05be or 0x30fb or 0x200c or 0x200d);

    private enum Script { Other, Latin, Greek, Cyrillic, Hebrew, Arabic, EastAsian }

    // The scripts that people mix to imitate each other; kana, Han and Hangul stand together in ordinary names.
    private static Script ScriptOf(Rune rune) => rune.Value switch
    {
        <= 0x024f or >= 0x1e00 and <= 0x1eff => Script.Latin,
        >= 0x0370 and <= 0x03ff or >= 0x1f00 and <= 0x1fff => Script.Greek,
        >= 0x0400 and <= 0x052f => Script.Cyrillic,
        >= 0x0590 and <= 0x05ff => Script.Hebrew,
        >= 0x0600 and <= 0x06ff or >= 0x0750 and <= 0x077f => Script.Arabic,
        >= 0x3040 and <= 0x30ff or >= 0x3400 and <= 0x9fff or >= 0xac00 and <= 0xd7af or >= 0x20000 and <= 0x3ffff => Script.EastAsian,
        _ => Script.Other,
    };
}
