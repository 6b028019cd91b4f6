using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Undersigned.Data;
using Undersigned.Editions;
using Undersigned.Model;
using Undersigned.Outbound;
using Undersigned.Tests.Harness;
using Undersigned.Webhooks;

namespace Undersigned.Tests.Webhooks;

public sealed class WebhookTests
{
    private const string SixtyLetters = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_is_told_of_a_new_name_signed_and_without_the_name()
    {
        await using var story = await HookStory.BeginAsync();
        var secret = await story.RegisterAsync("record.changed");
        await story.SendAsync();
        Assert.Empty(story.Receiver.All);

        await story.SignAsync("Hedda Ramsgate");
        await story.SendAsync();

        var message = Assert.Single(story.Receiver.All);
        Assert.True(HookStory.IsSigned(message, secret));
        Assert.False(HookStory.IsSigned(message with { Body = [.. message.Body, (byte)' '] }, secret));
        Assert.Equal(story.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), message.Headers["webhook-timestamp"]);
        Assert.Equal(("application/json", "undersigned/1"), (message.Headers["Content-Type"], message.Headers["User-Agent"]));
        using var visitor = story.App.Client();
        var number = JsonDocument.Parse(await visitor.GetStringAsync($"/api/v1/letters/{story.Letter.Slug}/number", Ct)).RootElement;
        var data = message.Json.GetProperty("data");
        Assert.Equal("record.changed", message.Event);
        foreach (var member in new[] { "time", "treeSize", "root", "standing", "withheld", "state" })
            Assert.Equal(number.GetProperty(member).ToString(), data.GetProperty(member).ToString());
        Assert.DoesNotContain("Hedda", message.Text, StringComparison.Ordinal);
        Assert.Contains("answered 204", (await story.PageAsync()).Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_publication_to_closing_each_thing_is_told_once_and_in_order()
    {
        await using var story = await HookStory.BeginAsync(isPublic: false);
        await story.RegisterAsync();
        await story.SendAsync();
        Assert.Empty(story.Receiver.All);

        await story.Letter.PublishAsync();
        await story.SendAsync();
        await story.SendAsync();
        Assert.Equal(["letter.state", "record.changed"], story.Receiver.All.Select(m => m.Event));
        Assert.Equal("published", story.Receiver.All[0].Json.GetProperty("data").GetProperty("state").GetString());

        await story.SignAsync("Bo Ekelund");
        await story.App.Get<EditionWriter>().PublishAsync(story.Letter.LetterId, null, null, Ct);
        await story.Letter.SequenceAsync();
        await story.PostAsync("The gates are shut");
        await story.SendAsync();
        Assert.Equal(["edition.published", "post.published"], story.Receiver.All.Skip(2).Select(m => m.Event).Where(e => e != "record.changed"));
        var edition = story.Receiver.All.Single(m => m.Event == "edition.published").Json.GetProperty("data").GetProperty("edition");
        Assert.Equal((1, 2, 2), (edition.GetProperty("number").GetInt32(), edition.GetProperty("standing").GetInt32(), edition.GetProperty("added").GetInt32()));
        var post = story.Receiver.All.Single(m => m.Event == "post.published").Json.GetProperty("data").GetProperty("post");
        Assert.Equal("update", post.GetProperty("kind").GetString());
        using var visitor = story.App.Client();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(new Uri(post.GetProperty("address").GetString()!).AbsolutePath, Ct)).StatusCode);

        await story.Letter.CloseAsync();
        await story.Letter.SequenceAsync();
        await story.SendAsync();
        Assert.Equal("closed", story.Receiver.All.Last(m => m.Event == "letter.state").Json.GetProperty("data").GetProperty("state").GetString());
        Assert.Equal(story.Receiver.All.Count, story.Receiver.All.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public async Task Only_what_was_chosen_is_told()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync("edition.published");
        await story.SignAsync("Bo Ekelund");
        await story.PostAsync("The gates are shut");
        await story.SendAsync();
        Assert.Empty(story.Receiver.All);
        await story.App.Get<EditionWriter>().PublishAsync(story.Letter.LetterId, null, null, Ct);
        await story.Letter.SequenceAsync();
        await story.SendAsync();
        Assert.Equal("edition.published", Assert.Single(story.Receiver.All).Event);
    }

    [Fact]
    public async Task A_list_that_grows_every_second_is_told_once_a_minute_and_at_last_as_it_is()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync("record.changed");
        for (var i = 0; i < 5; i++)
        {
            await story.SignAsync("Signer " + "ABCDE"[i]);
            await story.SendAsync();
        }
        Assert.Single(story.Receiver.All);
        story.Clock.Advance(WebhookQueue.RecordPause);
        await story.SendAsync();
        await story.SendAsync();
        Assert.Equal(2, story.Receiver.All.Count);
        Assert.Equal(6, story.Receiver.All[1].Json.GetProperty("data").GetProperty("standing").GetInt32());
    }

    [Fact]
    public async Task For_a_day_after_a_change_both_secrets_sign_and_then_the_new_one_alone()
    {
        await using var story = await HookStory.BeginAsync();
        var former = await story.RegisterAsync("post.published");
        var page = await story.Owner.PressAsync(await story.PageAsync(), "Make a new secret");
        var secret = page.QuerySelector("#secret")!.TextContent.Trim();
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.NotEqual(former, secret);
        Assert.DoesNotContain(secret, (await story.PageAsync()).Source.Text, StringComparison.Ordinal);
        await story.PostAsync("The gates are shut");
        await story.SendAsync();
        Assert.True(HookStory.IsSigned(story.Receiver.All[0], secret) && HookStory.IsSigned(story.Receiver.All[0], former));
        story.Clock.SetUtcNow(story.Letter.Now + WebhookSecret.Overlap);
        await story.PostAsync("The gates are still shut");
        await story.SendAsync();
        Assert.True(HookStory.IsSigned(story.Receiver.All[1], secret));
        Assert.False(HookStory.IsSigned(story.Receiver.All[1], former));
    }

    [Fact]
    public async Task A_test_is_sent_before_the_letter_is_public_and_tried_once()
    {
        await using var story = await HookStory.BeginAsync(isPublic: false);
        var secret = await story.RegisterAsync();
        await story.PressAsync("Send a test");
        await story.SendAsync();
        var message = Assert.Single(story.Receiver.All);
        Assert.Equal("test", message.Event);
        Assert.True(HookStory.IsSigned(message, secret));
        Assert.False(message.Json.GetProperty("data").TryGetProperty("root", out _));
        story.Receiver.Answer = http => Receiver.Status(http, 404);
        await story.PressAsync("Send a test");
        await story.SendAsync();
        story.Clock.Advance(TimeSpan.FromDays(1));
        await story.SendAsync();
        Assert.Equal(2, story.Receiver.All.Count);
        Assert.Equal(WebhookState.On, (await story.HookAsync()).State);
        Assert.Null((await story.HookAsync()).FailingSince);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_cookies_are_not_kept()
    {
        await using var story = await HookStory.BeginAsync();
        await using var inside = await Receiver.StartAsync();
        await story.RegisterAsync("post.published");
        story.Receiver.Answer = http =>
        {
            http.Response.Cookies.Append("session", "1");
            http.Response.Redirect(inside.Address.AbsoluteUri);
            return Task.CompletedTask;
        };
        await story.PostAsync("The gates are shut");
        await story.SendAsync();
        story.Clock.Advance(WebhookSender.Pauses[0]);
        await story.SendAsync();
        Assert.Empty(inside.All);
        Assert.Equal(2, story.Receiver.All.Count);
        Assert.All(story.Receiver.All, m => Assert.False(m.Headers.ContainsKey("Cookie")));
        Assert.Contains("redirects are not followed", (await story.PageAsync()).Source.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1/hook", "private network or to this machine")]
    [InlineData("https://10.1.2.3/hook", "private network or to this machine")]
    [InlineData("https://169.254.169.254/latest/meta-data", "private network or to this machine")]
    [InlineData("https://[::1]/hook", "private network or to this machine")]
    [InlineData("https://[::ffff:10.0.0.1]/hook", "private network or to this machine")]
    [InlineData("https://2130706433/hook", "private network or to this machine")]
    [InlineData("https://localhost/hook", "private network or to this machine")]
    [InlineData("https://inside.example/hook", "private network or to this machine")]
    [InlineData("http://receiver.example/hook", "begins with https://")]
    [InlineData("ftp://receiver.example/hook", "begins with https://")]
    [InlineData("receiver.example", "begins with https://")]
    [InlineData("https://" + SixtyLetters + SixtyLetters + SixtyLetters + SixtyLetters + SixtyLetters + "example/hook", "begins with https://")]
    [InlineData("", "begins with https://")]
    [InlineData("https://user:secret@receiver.example/hook", "No name or password")]
    [InlineData("https://receiver.example/hook#part", "No name or password")]
    public async Task An_address_that_cannot_be_is_said_and_kept_in_the_form(string address, string says)
    {
        await using var story = await HookStory.BeginAsync(rules: new OutboundRules
        {
            Resolve = (name, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(name switch { "inside.example" => "192.168.1.7", "localhost" => "127.0.0.1", _ => "93.184.215.14" })]),
        });
        using var answer = await story.Owner.PostAsync(await story.Owner.OpenAsync(story.Desk + "/webhooks"), "Make the webhook", ("address", address), ("events", "record.changed"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{address}\"", page, StringComparison.Ordinal);
        Assert.Empty(await story.App.QueryAsync(db => db.Webhooks.ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_name_that_leads_inside_later_is_refused_when_it_is_asked()
    {
        // Public when it is registered and private when it is sent to: what is looked at is where the connection goes.
        var asked = 0;
        await using var story = await HookStory.BeginAsync(rules: new OutboundRules { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "93.184.215.14" : "127.0.0.1")]) });
        await story.RegisterAsync("post.published", new Uri($"https://rebinding.example:{story.Receiver.Address.Port}/hook"));
        await story.PostAsync("The gates are shut");
        await story.SendAsync();
        Assert.Empty(story.Receiver.All);
        Assert.Equal(OutboundFault.RefusedAddress, Assert.Single(await story.AttemptsAsync()).Fault);
        Assert.Contains("leads to a private network", (await story.PageAsync()).Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_and_secret_are_sealed_and_nowhere_in_the_log()
    {
        await using var story = await HookStory.BeginAsync();
        var secret = await story.RegisterAsync("post.published");
        story.Receiver.Answer = http => Receiver.Status(http, 500);
        await story.PostAsync("The gates are shut");
        await story.SendAsync();
        var hook = await story.HookAsync();
        Assert.Equal((story.Receiver.Address.Authority, story.Receiver.Address.AbsoluteUri, secret), (hook.Host, hook.Address, hook.SigningSecret));
        Assert.True(hook.Sealed.AsSpan().IndexOf("a-secret-path"u8) < 0 && hook.Sealed.AsSpan().IndexOf("whsec_"u8) < 0);
        Assert.DoesNotContain(story.App.Log, l => l.Contains("a-secret-path", StringComparison.Ordinal) || l.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(await StaffRoom.Of(story.App, story.Letter.LetterId).ActsAsync(), a => a.Detail?.Contains("a-secret-path", StringComparison.Ordinal) == true);
        await story.PressAsync("Remove this webhook");
        var gone = await story.HookAsync();
        Assert.Equal(("", "", WebhookState.Removed), (gone.Address, gone.SigningSecret, gone.State));
        Assert.Empty(await story.DeliveriesAsync());
        Assert.Empty(await story.AttemptsAsync());
        story.Clock.Advance(TimeSpan.FromDays(1));
        await story.SendAsync();
        Assert.Single(story.Receiver.All);
    }

    [Fact]
    public async Task What_was_sent_is_forgotten_after_thirty_days_and_what_waits_is_not()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync("post.published");
        await story.PostAsync("The gates are shut");
        await story.SendAsync();
        await story.PressAsync("Switch it off");
        await story.App.QueryAsync(async db =>
        {
            db.WebhookDeliveries.Add(WebhookQueue.Delivery(await db.Webhooks.SingleAsync(Ct), "post.published", "{}"u8.ToArray(), story.Letter.Now));
            return await db.SaveChangesAsync(Ct);
        });
        story.Clock.Advance(TimeSpan.FromDays(WebhookTrimming.Days) + TimeSpan.FromHours(1));
        await story.App.Get<WebhookTrimming>().RunAsync(Ct);
        Assert.Equal(WebhookDeliveryState.Waiting, Assert.Single(await story.DeliveriesAsync()).State);
        Assert.Empty(await story.AttemptsAsync());
    }
}
