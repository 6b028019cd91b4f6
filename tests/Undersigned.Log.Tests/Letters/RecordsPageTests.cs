using System.Text;
using Undersigned.Log.Letters;

namespace Undersigned.Log.Tests.Letters;

public sealed class RecordsPageTests
{
    private const string Salt = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Fact]
    public void A_page_looks_as_documented_and_is_read_again()
    {
        var page = new RecordsPage(1210, [new Opening(1207, new byte[32], "{\"name\":\"A\"}"), new Opening(1208, new byte[32], "{\"comment\":\"\\n\"}")]);
        var bytes = page.Encode();
        Assert.Equal(
            $"{{\"size\":1210}}\n{{\"index\":1207,\"salt\":\"{Salt}\",\"record\":\"{{\\\"name\\\":\\\"A\\\"}}\"}}\n{{\"index\":1208,\"salt\":\"{Salt}\",\"record\":\"{{\\\"comment\\\":\\\"\\\\n\\\"}}\"}}\n",
            Encoding.UTF8.GetString(bytes));
        var again = RecordsPage.Parse(4, bytes);
        Assert.Equal(page.Openings.Select(opening => (opening.Index, opening.Record)), again.Openings.Select(opening => (opening.Index, opening.Record)));
        Assert.Equal("records/x001/234", RecordsPage.PathOf(1234));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"size\":3}")]
    [InlineData("{\"size\":3}\n\n")]
    [InlineData("\n{\"size\":3}\n")]
    [InlineData("{\"size\":3,\"time\":1}\n")]
    [InlineData("{\"size\":-3}\n")]
    [InlineData("{}\n")]
    [InlineData("[3]\n")]
    [InlineData("{\"size\":3}\r\n")]
    [InlineData("{\"size\":3}\n{\"index\":1,\"salt\":\"S\",\"record\":\"{}\"}")]
    [InlineData("{\"size\":3}\n{\"index\":1,\"salt\":\"AA==\",\"record\":\"{}\"}\n")]
    [InlineData("{\"size\":3}\n{\"index\":1,\"salt\":\"S\"}\n")]
    [InlineData("{\"size\":3}\n{\"index\":1,\"salt\":\"S\",\"record\":{}}\n")]
    [InlineData("{\"size\":3}\n{\"index\":1,\"salt\":\"S\",\"record\":\"{}\",\"note\":\"\"}\n")]
    [InlineData("{\"size\":3}\n{\"index\":1,\"index\":1,\"salt\":\"S\",\"record\":\"{}\"}\n")]
    [InlineData("{\"size\":3}\n{\"index\":2,\"salt\":\"S\",\"record\":\"{}\"}\n{\"index\":2,\"salt\":\"S\",\"record\":\"{}\"}\n")]
    [InlineData("{\"size\":3}\n{\"index\":2,\"salt\":\"S\",\"record\":\"{}\"}\n{\"index\":1,\"salt\":\"S\",\"record\":\"{}\"}\n")]
    [InlineData("{\"size\":3}\n{\"index\":256,\"salt\":\"S\",\"record\":\"{}\"}\n")]
    public void Another_page_is_refused(string page) =>
        Assert.Throws<LogFormatException>(() => RecordsPage.Parse(0, Encoding.UTF8.GetBytes(page.Replace("\"S\"", $"\"{Salt}\"", StringComparison.Ordinal))));

    [Fact]
    public void A_line_is_at_most_16384_bytes()
    {
        var empty = RecordsPage.Line(new Opening(0, new byte[32], "")).Length;
        Assert.Equal(16384, RecordsPage.Line(new Opening(0, new byte[32], new string('x', 16384 - empty))).Length);
        Assert.Throws<LogFormatException>(() => RecordsPage.Line(new Opening(0, new byte[32], new string('x', 16385 - empty))));
        var line = $"{{\"size\":1}}\n{{\"index\":0,\"salt\":\"{Salt}\",\"record\":\"{new string('x', 16385 - empty)}\"}}\n";
        Assert.Throws<LogFormatException>(() => RecordsPage.Parse(0, Encoding.UTF8.GetBytes(line)));
    }
}
