using System.Text;
using Undersigned.Log.Letters;

namespace Undersigned.Log.Tests.Letters;

public sealed class EntryTests
{
    [Fact]
    public void Encoding_what_was_parsed_gives_an_entry_that_says_the_same()
    {
        foreach (var entry in GoodLogs.All.Values.SelectMany(log => log().Entries).Select(bytes => Entry.Parse(bytes)))
        {
            var bytes = entry.Encode();
            Assert.Equal(bytes, Entry.Parse(bytes).Encode());
            Assert.DoesNotContain((byte)' ', bytes);
        }
    }

    [Fact]
    public void An_entry_looks_as_documented()
    {
        var entry = new Entry
        {
            Type = EntryType.Sign,
            Time = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero),
            Signatory = 7,
            Revision = 1,
            Record = default(Hash),
            Level = Level.Email,
            Standing = 7,
            Withheld = 0,
        };
        Assert.Equal(
            "{\"v\":1,\"type\":\"sign\",\"time\":\"2026-03-01T09:00:00Z\",\"signatory\":7,\"revision\":1,\"record\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"shown\":\"public\",\"level\":\"email\",\"standing\":7,\"withheld\":0}",
            Encoding.UTF8.GetString(entry.Encode()));
    }

    [Fact]
    public void An_entry_with_a_member_missing_or_out_of_range_is_not_encoded()
    {
        var time = DateTimeOffset.UnixEpoch;
        Assert.Throws<InvalidOperationException>(() => new Entry { Type = EntryType.Withdraw, Time = time, Standing = 0, Withheld = 0 }.Encode());
        Assert.Throws<InvalidOperationException>(() => new Entry { Type = EntryType.Close, Time = time, Standing = 0, Withheld = 0, Signatory = 1 }.Encode());
        Assert.Throws<InvalidOperationException>(() => new Entry { Type = EntryType.Close, Time = time, Standing = -1, Withheld = 0 }.Encode());
    }

    [Theory]
    [InlineData("letters.example.org/letters/waterways/log", true)]
    [InlineData("example.org:8443/petitions/de/letters/a/log", true)]
    [InlineData("127.0.0.1:5080/letters/waterways/log", true)]
    [InlineData("example.org/letters/log/log", false)]
    [InlineData("example.org/letters/-a/log", false)]
    [InlineData("example.org/letters/A/log", false)]
    [InlineData("Example.org/letters/a/log", false)]
    [InlineData("example.org:443/letters/a/log", false)]
    [InlineData("example.org/letters/a/log/", false)]
    [InlineData("https://example.org/letters/a/log", false)]
    [InlineData("example.org/x+y/letters/a/log", false)]
    [InlineData("example.org//letters/a/log", false)]
    [InlineData("/letters/a/log", false)]
    [InlineData("example.org/letters//log", false)]
    [InlineData("example.org/letters/log", false)]
    public void An_origin_has_one_form(string text, bool right) => Assert.Equal(right, Origin.TryParse(text, out _));

    [Theory]
    [InlineData("{\"v\":2,\"type\":\"open\",\"colour\":true}", 2L)]
    [InlineData("{\"v\":1,\"type\":\"open\"}", null)]
    [InlineData("{\"v\":2,\"type\":\"sign\"}", null)]
    [InlineData("{\"v\":2.5,\"type\":\"open\"}", null)]
    [InlineData("{\"v\":\"2\",\"type\":\"open\"}", null)]
    [InlineData("[2]", null)]
    [InlineData("nonsense", null)]
    public void A_later_version_is_told_from_a_broken_entry(string entry, long? version) =>
        Assert.Equal(version, Entry.LaterVersion(Encoding.UTF8.GetBytes(entry)));
}
