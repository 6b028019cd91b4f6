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
        await PostAsync(story, "The gates are shut");
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
        await PostAsync(story, "The gates are shut");
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
    public async Task What_is_answered_500_comes_again_after_growing_pauses_with_the_same_id_and_bytes()
    {
        await using var story = await HookStory.BeginAsync();
        var secret = await story.RegisterAsync("post.published");
        story.Receiver.Answer = async http =>
        {
            http.Response.StatusCode = 500;
            await http.Response.WriteAsync("out of\ncheese " + new string('x', 5_000), Ct);
        };
        await PostAsync(story, "The gates are shut");
        await story.SendAsync();
        foreach (var pause in WebhookSender.Pauses.Take(3))
        {
            var before = story.Receiver.All.Count;
            story.Clock.Advance(pause - TimeSpan.FromSeconds(1));
            await story.SendAsync();
            Assert.Equal(before, story.Receiver.All.Count);
            story.Clock.Advance(TimeSpan.FromSeconds(1));
            await story.SendAsync();
            Assert.Equal(before + 1, story.Receiver.All.Count);
        }
        var page = (await story.PageAsync()).Source.Text;
        Assert.Contains("nothing arrives since", page, StringComparison.Ordinal);
        Assert.Contains("answered 500", page, StringComparison.Ordinal);
        Assert.Contains("out of cheese xxx", page, StringComparison.Ordinal);
        Assert.All(await story.AttemptsAsync(), a => Assert.Equal(WebhookAttempt.LongestAnswer, a.Answer.Length));

        story.Receiver.Answer = http => Receiver.Status(http, 200);
        story.Clock.Advance(WebhookSender.Pauses[3]);
        await story.SendAsync();
        Assert.Equal(5, story.Receiver.All.Count);
        Assert.Single(story.Receiver.All.Select(m => (m.Id, m.Text)).Distinct());
        Assert.All(story.Receiver.All, m => Assert.True(HookStory.IsSigned(m, secret)));
        Assert.Null((await story.HookAsync()).FailingSince);
        Assert.Equal(WebhookDeliveryState.Arrived, Assert.Single(await story.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_left_after_ten_seconds()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync("post.published");
        story.Receiver.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
        await PostAsync(story, "The gates are shut");
        var sending = story.SendAsync();
        await story.Receiver.Arrival.Task.WaitAsync(Ct);
        story.Clock.Advance(OutboundClient.Patience);
        await sending;
        var left = Assert.Single(await story.AttemptsAsync());
        Assert.Null(left.Status);
        Assert.Equal(((OutboundFault?)OutboundFault.TimedOut, 10_000), (left.Fault, left.Milliseconds));
        story.Receiver.Answer = http => Receiver.Status(http, 204);
        story.Clock.Advance(WebhookSender.Pauses[0]);
        await story.SendAsync();
        Assert.Equal(WebhookDeliveryState.Arrived, Assert.Single(await story.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task After_three_days_of_nothing_it_is_switched_off_said_on_Today_and_goes_on_where_it_was()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync();
        story.Receiver.Answer = http => Receiver.Status(http, 503);
        await PostAsync(story, "The gates are shut");
        await story.SendAsync();
        foreach (var pause in WebhookSender.Pauses)
        {
            story.Clock.Advance(pause);
            await story.SendAsync();
        }
        Assert.Equal(WebhookState.GivenUp, (await story.HookAsync()).State);
        Assert.Contains("A webhook is switched off", (await story.Owner.OpenAsync(story.Desk)).Source.Text, StringComparison.Ordinal);
        Assert.Contains(await StaffRoom.Of(story.App, story.Letter.LetterId).ActsAsync(), a => a is { What: "webhook-given-up", AccountId: StaffAct.Console });
        var tried = story.Receiver.All.Count;
        story.Receiver.Answer = http => Receiver.Status(http, 204);
        await PostAsync(story, "The gates are still shut");
        await story.SendAsync();
        Assert.Equal(tried, story.Receiver.All.Count);

        await story.PressAsync("Switch it on");
        await story.SendAsync();
        Assert.Equal(1, story.Receiver.All.Skip(tried).Count(m => m.Event == "post.published"));
        await story.PressAsync("Send again");
        await story.SendAsync();
        Assert.All(await story.DeliveriesAsync(), d => Assert.NotEqual(WebhookDeliveryState.Waiting, d.State));
        Assert.DoesNotContain("A webhook is switched off", (await story.Owner.OpenAsync(story.Desk)).Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_message_that_is_refused_holds_up_no_other_and_switches_nothing_off()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync("record.changed post.published");
        story.Receiver.Answer = http => Receiver.Status(http, story.Receiver.All.Last(m => m.Id == http.Request.Headers["webhook-id"]).Event == "post.published" ? 400 : 204);
        await PostAsync(story, "The gates are shut");
        await story.SendAsync();
        var told = story.Receiver.All.Count(m => m.Event == "record.changed");
        for (var i = 0; i < WebhookSender.Pauses.Count; i++)
        {
            await story.SignAsync($"Ada Okafor {(char)('a' + i)}");
            story.Clock.Advance(WebhookSender.Pauses[i] + WebhookQueue.RecordPause);
            await story.SendAsync();
            // After a refusal, what else waits is held back for a moment, and goes then.
            story.Clock.Advance(WebhookSender.Pauses[0]);
            await story.SendAsync();
            var now = story.Receiver.All.Count(m => m.Event == "record.changed");
            Assert.True(now > told, $"after signature {i + 1} nothing was said of the record");
            told = now;
        }
        Assert.Equal(WebhookState.On, (await story.HookAsync()).State);
        Assert.Equal(WebhookDeliveryState.GivenUp, (await story.DeliveriesAsync()).Single(d => d.Event == "post.published").State);
    }

    [Fact]
    public async Task Whoever_says_that_they_are_gone_is_asked_no_more()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync("post.published");
        story.Receiver.Answer = http => Receiver.Status(http, 410);
        await PostAsync(story, "The gates are shut");
        await story.SendAsync();
        Assert.Equal(WebhookState.GivenUp, (await story.HookAsync()).State);
        story.Clock.Advance(TimeSpan.FromDays(1));
        await story.SendAsync();
        Assert.Single(story.Receiver.All);
    }

    [Fact]
    public async Task A_crash_between_the_commit_and_the_sending_loses_nothing()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync("post.published");
        await PostAsync(story, "Queued, and not sent");
        await story.QueueAsync();
        await PostAsync(story, "Published, and not queued");
        // Claimed by a server that died at once.
        var queued = Assert.Single(await story.DeliveriesAsync());
        await story.App.QueryAsync(db => db.WebhookDeliveries.Where(d => d.Id == queued.Id).ExecuteUpdateAsync(u => u.SetProperty(d => d.Attempts, 1).SetProperty(d => d.DueAt, story.Letter.Now.AddMinutes(1)), Ct));

        await story.App.RestartAsync(b =>
        {
            HookStory.Configure(b);
            b.Services.AddSingleton<TimeProvider>(story.Letter.Clock);
        });
        for (var i = 0; i < 400 && (await story.DeliveriesAsync()).Count(d => d.State == WebhookDeliveryState.Arrived) < 2; i++)
        {
            story.Letter.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(25, Ct);
        }
        Assert.Equal(2, story.Receiver.All.Select(m => m.Id).Distinct().Count());
        Assert.Contains(story.Receiver.All, m => m.Id == queued.MessageId);
    }

    [Fact]
    public async Task Two_servers_queue_and_send_each_thing_once()
    {
        await using var story = await HookStory.BeginAsync();
        await story.RegisterAsync("post.published");
        for (var i = 0; i < 3; i++)
            await PostAsync(story, "The gates are shut, day " + i.ToString(CultureInfo.InvariantCulture));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => story.QueueAsync()));
        Assert.Equal(3, (await story.DeliveriesAsync()).Count);
        var databases = story.App.Get<IDbContextFactory<UndersignedDb>>();
        using var http = new OutboundClient(new OutboundRules { MayReachThisMachine = true }, story.Clock);
        var servers = Enumerable.Range(0, 4).Select(_ => new WebhookSender(databases, http, story.Clock, NullLogger<WebhookSender>.Instance)).ToList();
        await Task.WhenAll(servers.Select(s => s.SendDueAsync(Ct)));
        await story.SendAsync();
        Assert.Equal(3, story.Receiver.All.Count);
        Assert.Equal(3, story.Receiver.All.Select(m => m.Id).Distinct().Count());
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
        await PostAsync(story, "The gates are shut");
        await story.SendAsync();
        Assert.True(HookStory.IsSigned(story.Receiver.All[0], secret) && HookStory.IsSigned(story.Receiver.All[0], former));
        story.Clock.SetUtcNow(story.Letter.Now + WebhookSecret.Overlap);
        await PostAsync(story, "The gates are still shut");
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
        await PostAsync(story, "The gates are shut");
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
        await PostAsync(story, "The gates are shut");
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
        await PostAsync(story, "The gates are shut");
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
        await PostAsync(story, "The gates are shut");
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

    private static async Task PostAsync(HookStory story, string title)
    {
        var letter = story.Letter;
        await story.App.QueryAsync(async db =>
        {
            await db.PostAsync(letter.LetterId, PostKind.Update, new PostWords { Kind = "update", Title = title, Body = "", Time = Undersigned.Shared.Printed.Machine(letter.Now), Language = "en" }, null, letter.Now, Ct);
            return await db.SaveChangesAsync(Ct);
        });
        await letter.SequenceAsync();
    }
}
