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
        return new Command("mail", "Test the mail server; take a mail that came back.") { test, Receive(error) }.WithExample("undersigned mail test me@example.org");
    }

    /// <summary>For a mail server's pipe: one mail on standard input. 75 (EX_TEMPFAIL) asks the server to try again later.</summary>
    private static Command Receive(TextWriter error)
    {
        var receive = new Command("receive", "Take one mail, a reply or a bounce, from standard input into the desk's inbox of requests.")
            .WithExample("undersigned mail receive --data /var/lib/undersigned < message.eml");
        receive.SetAction([Setting.Data, Setting.Database], error, async (settings, _, cancellation) =>
        {
            try
            {
                await using var offline = await OfflineInstance.OpenAsync(settings.Instance);
                await using var mail = Console.OpenStandardInput();
                await offline.Replies.TakeAsync(mail, cancellation);
                return ExitStatus.Done;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException or IOException)
            {
                await error.WriteLineAsync($"The mail was not taken: {e.GetType().Name}.");
                return ExitStatus.TryLater;
            }
        });
        return receive;
    }
}
