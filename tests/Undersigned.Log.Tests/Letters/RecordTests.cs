using System.Text;
using Undersigned.Log.Letters;
using Record = Undersigned.Log.Letters.Record;

namespace Undersigned.Log.Tests.Letters;

public sealed class RecordTests
{
    [Theory]
    [InlineData("""{"name":"Ada"}""")]
    [InlineData("""{ "name" : "Ada" , "years" : [ { "from" : 1994 , "to" : 1994 } ] }""")]
    [InlineData("""{"comment":"a\nb\tc","name":"A\u0301\"\\\/"}""")]
    [InlineData("""{"name":"\ud83d\ude00","fields":{"name":"x"}}""")]
    public void A_public_record_is_read(string text) => Assert.NotNull(Record.Parse(Encoding.UTF8.GetBytes(text), withheld: false).Name);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"A","name":"A"}""")]
    [InlineData("""{"name":"A","nickname":"B"}""")]
    [InlineData("""{"name":"A","group":"staff"}""")]
    [InlineData("""{"name":"A","position":""}""")]
    [InlineData("""{"name":"A","years":[]}""")]
    [InlineData("""{"name":"A","years":{}}""")]
    [InlineData("""{"name":"A","years":[{"to":2003}]}""")]
    [InlineData("""{"name":"A","years":[{"from":2003,"to":2002}]}""")]
    [InlineData("""{"name":"A","years":[{"from":999}]}""")]
    [InlineData("""{"name":"A","years":[{"from":10000}]}""")]
    [InlineData("""{"name":"A","years":[{"from":"1994"}]}""")]
    [InlineData("""{"name":"A","years":[1994]}""")]
    [InlineData("""{"name":"A","years":[{"from":1994,"till":1995}]}""")]
    [InlineData("""{"name":"A","fields":{}}""")]
    [InlineData("""{"name":"A","fields":[]}""")]
    [InlineData("""{"name":"A","fields":{"":"x"}}""")]
    [InlineData("""{"name":"A","fields":{"x":""}}""")]
    [InlineData("""{"name":"A","fields":{"x":1}}""")]
    [InlineData("""{"name":"A","fields":{"x":{"y":"z"}}}""")]
    [InlineData("""{"name":"A","fields":{"x":"1","\u0078":"2"}}""")]
    [InlineData("""{"name":"A\u0000"}""")]
    [InlineData("""{"name":"A\r"}""")]
    [InlineData("""{"name":"A\ud800"}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":"A",}""")]
    [InlineData("""{"name":"A"} x""")]
    [InlineData("{\"name\":\"A\"\n}")]
    [InlineData("{\"name\":\"A\tB\"}")]
    public void Another_public_record_is_refused(string text) =>
        Assert.Throws<LogFormatException>(() => Record.Parse(Encoding.UTF8.GetBytes(text), withheld: false));

    [Theory]
    [InlineData("""{}""", true)]
    [InlineData("""{"group":"staff"}""", true)]
    [InlineData("""{"group":""}""", false)]
    [InlineData("""{"group":"staff","name":"A"}""", false)]
    [InlineData("""{"name":"A"}""", false)]
    [InlineData("""{"group":"a","group":"a"}""", false)]
    public void A_withheld_record_has_a_group_at_most(string text, bool right)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (right) Assert.True(Record.Parse(bytes, withheld: true).IsWithheld);
        else Assert.Throws<LogFormatException>(() => Record.Parse(bytes, withheld: true));
    }

    [Fact]
    public void What_was_encoded_is_read_again()
    {
        var record = Record.Public("Øyvind \"Ñ\" \\ 王伟", "Keeper\nand pilot", "Weir\tCo.", [new(1994, 2003), new(2010, null)], "Łódź", "💧", [new("field", "hydrology"), new("since", "1994")]);
        var again = Record.Parse(record.Encode(), withheld: false);
        Assert.Equal(record.Encode(), again.Encode());
        Assert.Equal("{\"name\":\"Ada\",\"years\":[{\"from\":1994,\"to\":2003},{\"from\":2010}],\"fields\":{\"a\":\"b\"}}",
            Encoding.UTF8.GetString(Record.Public("Ada", years: record.Years, fields: [new("a", "b")]).Encode()));
        Assert.Equal("{}", Encoding.UTF8.GetString(Record.OfWithheld(null).Encode()));
        Assert.Throws<LogFormatException>(() => Record.Public(""));
        Assert.Throws<LogFormatException>(() => Record.Public("Ada\u0007"));
        Assert.Throws<LogFormatException>(() => Record.Public("Ada\ud800"));
    }

    [Theory]
    [InlineData("Ada Okafor", null)]
    [InlineData("Śūnya 王伟", null)]
    [InlineData("نور\u200cالدین", null)]
    [InlineData("क्\u200dष", null)]
    [InlineData("葛\U000E0100城", null)]
    [InlineData("J.R. Smith", null)]
    [InlineData("", NameFault.Empty)]
    [InlineData("Ada\nOkafor", NameFault.Control)]
    [InlineData("Ada\u2028", NameFault.Control)]
    [InlineData("Ada\u202eOkafor", NameFault.Invisible)]
    [InlineData("Ada\u200b", NameFault.Invisible)]
    [InlineData("\u200dAda", NameFault.Invisible)]
    [InlineData("Ada \u200d Okafor", NameFault.Invisible)]
    [InlineData("A\u0301\u0302\u0303\u0304da", NameFault.Stacked)]
    [InlineData("A\u030Ada", NameFault.NotComposed)]
    [InlineData("ada@letters.example", NameFault.Address)]
    [InlineData("Ada https://letters.example", NameFault.Address)]
    [InlineData("Ada (www.letters.example)", NameFault.Address)]
    [InlineData("letters.example.org", NameFault.Address)]
    public void A_name_is_judged(string name, NameFault? fault) => Assert.Equal(fault, NameRules.FaultOf(name));

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        Assert.Null(NameRules.FaultOf(string.Concat(Enumerable.Repeat("𠮷", 100))));
        Assert.Equal(NameFault.TooLong, NameRules.FaultOf(string.Concat(Enumerable.Repeat("𠮷", 101))));
    }

    [Fact]
    public void A_commitment_is_the_hash_of_what_the_specification_says()
    {
        var salt = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        Assert.Equal(
            SomeLog.Commitment("record", 12, salt, "{}"),
            Commitment.OfRecord(SomeLog.Origin, 12, salt, "{}"u8).ToBase64());
        Assert.Equal(
            SomeLog.Commitment("identity", 12, salt, "{}"),
            Commitment.OfIdentity(SomeLog.Origin, 12, salt, "{}"u8).ToBase64());
    }
}
