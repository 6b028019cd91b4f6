using System.Net.Sockets;
using System.Text;
using Undersigned.Demo;

namespace Undersigned.Tests.Demo;

/// <summary>The demo's mail server, spoken to by hand.</summary>
public sealed class SmtpInboxTests : IAsyncLifetime
{
    private readonly SmtpInbox inbox = SmtpInbox.Start();
    private readonly TcpClient client = new();
    private StreamReader reader = null!;

    public async ValueTask InitializeAsync()
    {
        await client.ConnectAsync(inbox.Address.Host, inbox.Address.Port);
        reader = new StreamReader(client.GetStream());
        Assert.StartsWith("220 ", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_sent_ahead_are_answered_in_order_and_dots_at_the_beginning_of_lines_survive()
    {
        await SayAsync("EHLO here");
        var offers = new List<string>();
        do
            offers.Add((await reader.ReadLineAsync(Stop))!);
        while (offers[^1][3] == '-');
        Assert.Contains("250-8BITMIME", offers);
        Assert.Contains("250-SMTPUTF8", offers);
        await SayAsync("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA");
        Assert.Equal(["250", "250", "354"], [await StatusAsync(), await StatusAsync(), await StatusAsync()]);
        await SayAsync("Subject: dots\r\n\r\n..\r\n...two\r\n.");
        Assert.Equal("250", await StatusAsync());
        Assert.Equal(".\n..two", inbox.To("c@d.example").Single().Text.TrimEnd());
    }

    [Theory]
    [InlineData("RCPT TO:<c@d.example>", "503")]
    [InlineData("DATA", "503")]
    [InlineData("MAIL FROM a@b.example", "501")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=99999999", "552")]
    [InlineData("TURN", "500")]
    [InlineData("NOOP", "250")]
    [InlineData("QUIT", "221")]
    public async Task What_makes_no_sense_is_refused(string line, string status)
    {
        await SayAsync(line);
        Assert.Equal(status, await StatusAsync());
    }

    [Fact]
    public async Task Recipients_are_refused_by_rule()
    {
        await SayAsync("MAIL FROM:<a@b.example>\r\nRCPT TO:<x.bounce550@d.example>\r\nRCPT TO:<x.later451@d.example>\r\nRCPT TO:<x.later451@d.example>\r\nRCPT TO:<nobody>");
        Assert.Equal(["250", "550", "451", "250", "501"], [await StatusAsync(), await StatusAsync(), await StatusAsync(), await StatusAsync(), await StatusAsync()]);
    }

    [Fact]
    public async Task A_mail_over_a_megabyte_is_refused_and_the_conversation_goes_on()
    {
        await SayAsync("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA");
        Assert.Equal(["250", "250", "354"], [await StatusAsync(), await StatusAsync(), await StatusAsync()]);
        var line = new string('x', 900) + "\r\n";
        await SayAsync("Subject: large\r\n\r\n" + string.Concat(Enumerable.Repeat(line, 1300)) + ".");
        Assert.Equal("552", await StatusAsync());
        await SayAsync("NOOP");
        Assert.Equal("250", await StatusAsync());
        Assert.Empty(inbox.Mails);
    }

    [Fact]
    public async Task A_line_without_end_ends_the_conversation()
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(new string('x', 5_000)), Stop);
        Assert.Null(await reader.ReadLineAsync(Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task SayAsync(string text) => await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), Stop);

    private async Task<string> StatusAsync() => (await reader.ReadLineAsync(Stop))![..3];

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await inbox.DisposeAsync();
    }
}
