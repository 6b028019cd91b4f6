namespace Undersigned.Linkage.Tests.Names;

public class TokenLevelTests
{
    [Theory]
    [InlineData("quill", "quill", "Same")]
    [InlineData("лисова", "lisova", "Scripts")]
    [InlineData("quill", "quil", "OneLetter")]
    [InlineData("quill", "qiull", "OneLetter")]
    [InlineData("kim", "kin", "None")]
    [InlineData("katarzyna", "kasia", "Nickname")]
    [InlineData("bob", "rob", "Nickname")]
    [InlineData("catherine", "kathryn", "Sound")]
    [InlineData("lindemann", "lindmanns", "Sound|Alike")]
    [InlineData("marguerite", "marguerida", "Alike|Sound")]
    [InlineData("christof", "chris", "Beginning")]
    [InlineData("m", "mira", "Initial")]
    [InlineData("m", "anna", "None")]
    [InlineData("mira", "anna", "None")]
    [InlineData("פוטרמן", "futterman", "ScriptsAlike")]
    [InlineData("نيكولا", "nicola", "ScriptsAlike")]
    [InlineData("イザベラ", "isabella", "ScriptsAlike")]
    public void Two_words_reach_a_level(string a, string b, string levels)
    {
        var table = new TokenTable(new Nicknames([]));
        int x = table.Number(PersonName.Parse(a).Tokens[0]), y = table.Number(PersonName.Parse(b).Tokens[0]);
        Assert.Contains(table.Compare(x, y).ToString(), levels.Split('|'));
        Assert.Equal(table.Compare(x, y), table.Compare(y, x));
    }

    [Fact]
    public void In_signs_that_are_syllables_one_changed_sign_is_another_name()
    {
        var table = new TokenTable(new Nicknames([]));
        Assert.Equal(TokenLevel.None, table.Compare(table.Number(new("jinping", Script.Han, false)), table.Number(new("jinpeng", Script.Han, false))));
    }

    [Fact]
    public void The_organiser_can_add_short_forms()
    {
        var table = new TokenTable(new Nicknames([new("Florimund", "Flunz")]));
        Assert.Equal(TokenLevel.Nickname, table.Compare(table.Number(new("florimund", Script.Latin, false)), table.Number(new("flunz", Script.Latin, false))));
    }

    [Fact]
    public void A_stronger_level_never_weighs_less()
    {
        // Beginning with the least: initials have one weight whatever the name.
        for (var bits = 2.0; bits < 16; bits += .5)
        {
            double Weight(TokenLevel level) => Math.Clamp(bits + Weights.NameShift(level), Weights.NameBounds(level).Least, Weights.NameBounds(level).Most);
            Assert.True(Weight(TokenLevel.Same) >= Weight(TokenLevel.Scripts));
            Assert.True(Weight(TokenLevel.Scripts) >= Weight(TokenLevel.OneLetter));
            foreach (var weaker in new[] { TokenLevel.ScriptsAlike, TokenLevel.Nickname, TokenLevel.Sound, TokenLevel.Alike, TokenLevel.Beginning, TokenLevel.Initial })
                Assert.True(Weight(TokenLevel.OneLetter) >= Weight(weaker), $"{weaker} at {bits}");
        }
    }
}
