using Undersigned.Model;

namespace Undersigned.Tests.Model;

public sealed class RulingTests
{
    private static readonly AdmissionRules ByDefault = new();
    private static readonly AdmissionRules Mixed = new() { NoGlance = [SignatureLevel.Known, SignatureLevel.Domain], TwoPeople = [SignatureLevel.Imported] };

    private static readonly WatchHit Prominent = new(Hold: true, 7, null);
    private static readonly WatchHit Office = new(Hold: true, null, "prime minister");
    private static readonly WatchHit Hint = new(Hold: false, 7, null);

    public static TheoryData<string, AdmissionRules, AdmissionFacts, AdmissionPath, int, string> Table => new()
    {
        { "plain, one looks", ByDefault, Facts(SignatureLevel.Email), AdmissionPath.Glance, 1, "" },
        { "plain, nobody looks", Mixed, Facts(SignatureLevel.Domain), AdmissionPath.LetIn, 1, "" },
        { "plain, two look", Mixed, Facts(SignatureLevel.Imported), AdmissionPath.Review, 2, "level-needs-two" },
        { "odd name, one looks", ByDefault, Facts(SignatureLevel.Email, Oddity.MixedScripts), AdmissionPath.Glance, 1, "mixed-scripts" },
        { "odd name, nobody looks", Mixed, Facts(SignatureLevel.Known, Oddity.OneWord), AdmissionPath.Review, 1, "one-word" },
        { "from a crowd, nobody looks", Mixed, Facts(SignatureLevel.Known, Oddity.NewDomain), AdmissionPath.Glance, 1, "new-domain" },
        { "no proof of work, nobody looks", Mixed, Facts(SignatureLevel.Known, Oddity.NoWork), AdmissionPath.Glance, 1, "no-work" },
        { "prominent, though known", Mixed, Facts(SignatureLevel.Known) with { Watch = Prominent }, AdmissionPath.Review, 2, "prominent:7" },
        { "prominent, one looks", ByDefault, Facts(SignatureLevel.Email) with { Watch = Prominent }, AdmissionPath.Review, 2, "prominent:7" },
        { "a high office", ByDefault, Facts(SignatureLevel.Domain) with { Watch = Office }, AdmissionPath.Review, 2, "title:prime minister" },
        { "like a prominent name", ByDefault, Facts(SignatureLevel.Email) with { Watch = Hint }, AdmissionPath.Glance, 1, "like-prominent:7" },
        { "like a prominent name, nobody looks", Mixed, Facts(SignatureLevel.Known) with { Watch = Hint }, AdmissionPath.Review, 1, "like-prominent:7" },
        { "a listed word", ByDefault, Facts(SignatureLevel.Email) with { Words = ["scum"] }, AdmissionPath.Review, 1, "word:scum" },
        { "a look-alike", ByDefault, Facts(SignatureLevel.Email) with { Kin = [new Kin(Kinship.LookAlike, 3, 402)] }, AdmissionPath.Glance, 1, "looks-like-earlier:402" },
        { "the same name, nobody looks", Mixed, Facts(SignatureLevel.Known) with { Kin = [new Kin(Kinship.SameName, 3, null)] }, AdmissionPath.Review, 1, "same-name" },
        { "a likely duplicate", ByDefault, Facts(SignatureLevel.Email) with { Kin = [new Kin(Kinship.Duplicate, 3, 402)] }, AdmissionPath.Glance, 1, "perhaps-same:402" },
        { "a likely duplicate, nobody looks", Mixed, Facts(SignatureLevel.Known) with { Kin = [new Kin(Kinship.Duplicate, 3, 402)] }, AdmissionPath.Review, 1, "perhaps-same:402" },
        { "somebody's name", ByDefault, Facts(SignatureLevel.Email) with { Kin = [new Kin(Kinship.Impersonation, 3, 402)] }, AdmissionPath.Review, 1, "uses-name:402" },
        {
            "everything at once, the weightiest first", Mixed,
            Facts(SignatureLevel.Imported, Oddity.AllCapitals) with { Watch = Prominent, Words = ["scum"], Kin = [new Kin(Kinship.LookAlike, 3, 402)] },
            AdmissionPath.Review, 2, "prominent:7, word:scum, looks-like-earlier:402, level-needs-two, all-capitals"
        },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Who_looks_follows_from_rules_and_facts(string what, AdmissionRules rules, AdmissionFacts facts, AdmissionPath path, int looks, string reasons)
    {
        var ruling = Ruling.Of(rules, facts);
        Assert.Equal((what, path, looks, reasons), (what, ruling.Path, ruling.LooksNeeded, string.Join(", ", ruling.Reasons)));
    }

    [Fact]
    public void A_prominent_name_is_riskier_than_a_word_a_word_than_a_duplicate_and_two_reasons_than_one()
    {
        int Risk(AdmissionFacts facts) => Ruling.Of(ByDefault, facts).Risk;
        var plain = Facts(SignatureLevel.Email);
        int[] falling =
        [
            Risk(plain with { Watch = Prominent, Words = ["scum"] }), Risk(plain with { Watch = Prominent }), Risk(plain with { Words = ["scum"] }),
            Risk(plain with { Kin = [new Kin(Kinship.Duplicate, 3, null)] }), Risk(plain with { Kin = [new Kin(Kinship.LookAlike, 3, null)] }),
            Risk(Facts(SignatureLevel.Email, Oddity.AllCapitals)), Risk(plain),
        ];
        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(falling.Length, falling.Distinct().Count());
        Assert.Equal(0, falling[^1]);
    }

    [Fact]
    public void No_level_and_no_rule_lets_a_prominent_name_in_with_fewer_than_two()
    {
        var loosest = new AdmissionRules { NoGlance = [.. Enum.GetValues<SignatureLevel>()], ShippedTitles = false };
        Assert.All(Enum.GetValues<SignatureLevel>(), level =>
        {
            var ruling = Ruling.Of(loosest, Facts(level) with { Watch = Prominent });
            Assert.Equal((AdmissionPath.Review, 2), (ruling.Path, ruling.LooksNeeded));
        });
    }

    private static AdmissionFacts Facts(SignatureLevel level, params string[] oddities) => new(level) { Oddities = oddities };
}
