using System.Text.RegularExpressions;
using Undersigned.Demo;
using Undersigned.Mail;
using Undersigned.Model;

namespace Undersigned.Tests.Mail;

/// <summary>`mail test`, against servers each of which has one thing wrong.</summary>
public sealed partial class MailTestTests
{
    private const string Ehlo = "250-scripted.example\n250-ENHANCEDSTATUSCODES\n250-AUTH PLAIN\n250 8BITMIME";

    [Fact]
    public async Task A_mail_that_is_taken_carries_the_code_that_was_printed()
    {
        await using var inbox = SmtpInbox.Start();
        var (status, said) = await RunAsync(inbox.Address);
        Assert.Equal(0, status);
        var code = FourDigits().Match(said).Groups[1].Value;
        Assert.StartsWith(code, inbox.To("ada@post.example").Single().Subject, StringComparison.Ordinal);
        Assert.Contains("S: 220 127.0.0.1 ESMTP", said, StringComparison.Ordinal);
        Assert.Contains("C: RCPT TO:<ada@post.example>", said, StringComparison.Ordinal);
        Assert.Contains("C: (the mail)\nS: 250 2.0.0 Taken", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Auto-Submitted", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_named_and_not_shown()
    {
        await using var server = ScriptedSmtp.Start(new() { ["EHLO"] = Ehlo, ["AUTH"] = "535 5.7.8 No" });
        var (status, said) = await RunAsync(server.Address("letters:s3cret%40word"));
        Assert.Equal(1, status);
        Assert.Contains("refused the user name or the password", said, StringComparison.Ordinal);
        Assert.Contains("C: AUTH PLAIN ****", said, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("\0letters\0s3cret@word"u8), said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "550 5.7.60 Not you", "does not take mail from letters@weirkeepers.example")]
    [InlineData("MAIL", "530 5.7.0 Sign in first", "only after a sign-in")]
    [InlineData("RCPT", "554 5.7.1 Relay access denied", "does not pass mail on to post.example")]
    [InlineData("RCPT", "550 5.1.1 Nobody", "no such mailbox")]
    [InlineData("RCPT", "451 4.7.1 Greylisted", "not now")]
    [InlineData("(mail)", "554 5.7.1 Spam", "read the mail and refused it")]
    public async Task What_the_server_refuses_is_explained(string command, string answer, string words)
    {
        await using var server = ScriptedSmtp.Start(new() { ["EHLO"] = Ehlo, [command] = answer });
        var (status, said) = await RunAsync(server.Address());
        Assert.Equal(1, status);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Contains("S: " + answer, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_named()
    {
        await using var server = ScriptedSmtp.Start(new() { ["EHLO"] = "250-scripted.example\n250 STARTTLS", ["STARTTLS"] = "220 Go on" });
        await SaysAsync(server.Address(), "a certificate that this machine does not trust");
    }

    [Fact]
    public async Task A_port_that_speaks_no_encryption_although_the_address_says_so_is_named()
    {
        await using var server = ScriptedSmtp.Start(new());
        await SaysAsync(server.Address(scheme: "smtps"), "Port 465 wants smtps://");
    }

    [Fact]
    public async Task Something_else_than_a_mail_server_is_named()
    {
        await using var server = ScriptedSmtp.Start(new(), "HTTP/1.1 400 Bad Request");
        await SaysAsync(server.Address(), "does not speak mail");
    }

    [Fact]
    public async Task A_sign_in_that_the_server_does_not_offer_is_named()
    {
        await using var server = ScriptedSmtp.Start(new() { ["EHLO"] = "250 scripted.example" });
        await SaysAsync(server.Address("letters:s3cret"), "offers no sign-in");
    }

    [Fact]
    public Task A_closed_port_is_named() => SaysAsync(new Uri("smtp://127.0.0.1:1"), "nothing listens on port 1.");

    [Fact]
    public Task An_unknown_host_is_named() => SaysAsync(new Uri("smtp://mail.invalid:25"), "No host is known by the name mail.invalid");

    [Fact]
    public async Task Without_a_mail_server_or_with_an_impossible_address_nothing_is_tried()
    {
        Assert.Equal(2, (await RunAsync(null)).Status);
        Assert.Equal(2, (await RunAsync(new Uri("smtp://127.0.0.1:1"), "nobody")).Status);
    }

    private static async Task SaysAsync(Uri server, string words)
    {
        var (status, said) = await RunAsync(server);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Equal(1, status);
    }

    private static async Task<(int Status, string Said)> RunAsync(Uri? server, string to = "ada@post.example")
    {
        var instance = new Instance
        {
            DataFolder = "",
            PublicUrl = new Uri("https://letters.example"),
            Smtp = server,
            MailFrom = "letters@weirkeepers.example",
        };
        await using var output = new StringWriter { NewLine = "\n" };
        return (await MailTest.RunAsync(instance, to, output, TestContext.Current.CancellationToken), output.ToString());
    }

    [GeneratedRegex(@"the code (\d{4}) ")]
    private static partial Regex FourDigits();
}
