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

/// <summary>At least once, in order, and not for ever.</summary>
public sealed class WebhookRetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
        await story.PostAsync("The gates are shut");
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
        await story.PostAsync("The gates are shut");
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
        await story.PostAsync("The gates are shut");
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
        await story.PostAsync("The gates are still shut");
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
        await story.PostAsync("The gates are shut");
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
        await story.PostAsync("The gates are shut");
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
        await story.PostAsync("Queued, and not sent");
        await story.QueueAsync();
        await story.PostAsync("Published, and not queued");
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
            await story.PostAsync("The gates are shut, day " + i.ToString(CultureInfo.InvariantCulture));
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
}
