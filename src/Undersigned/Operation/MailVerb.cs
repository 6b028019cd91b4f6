using System.CommandLine;
using Undersigned.Mail;

namespace Undersigned.Operation;

/// <summary>`undersigned mail test`: does mail arrive?</summary>
internal static class MailVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var address = new Argument<string>("address") { Description = "Where a test mail goes: an inbox that you can open." };
        var test = new Command("test", "Send one mail by the mail server of the settings, show the conversation, and say what is wrong.") { address }
            .WithExample("undersigned mail test me@example.org --url https://letters.example.org --smtp smtp://user:password@mail.example.org:587");
        test.SetAction([Setting.Url, Setting.Smtp, Setting.From], error,
            (settings, parsed, cancellation) => MailTest.RunAsync(settings.Instance, parsed.GetValue(address)!, output, cancellation));
        return new Command("mail", "Test the mail server.") { test }.WithExample("undersigned mail test me@example.org");
    }
}
