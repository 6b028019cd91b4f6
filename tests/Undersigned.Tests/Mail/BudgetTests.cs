using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.Mail;

public sealed class BudgetTests
{
    private readonly ShiftedClock clock = new();

    [Fact]
    public async Task Mail_beyond_the_instances_budget_waits_for_the_next_hour_and_is_not_lost()
    {
        await using var app = await StartAsync(i => i with { MailsAnHour = 2 });
        var letter = await app.LetterAsync("waterways");
        for (var i = 0; i < 5; i++)
            await app.SignatureAsync(letter, "Ada Lockwood", $"a{i}@post.example");
        await SettledAsync(app, sent: 2);
        clock.Advance(TimeSpan.FromMinutes(61));
        app.Get<WorkSignal>().Poke();
        await SettledAsync(app, sent: 4);
    }

    [Fact]
    public async Task A_letter_that_has_spent_its_own_does_not_stop_another()
    {
        await using var app = await StartAsync();
        var spent = await app.LetterAsync("spent", l => l.Limits = new SigningLimits { MailsAnHour = 1 });
        var other = await app.LetterAsync("other");
        await app.SignatureAsync(spent, "Ada Lockwood", "a@post.example");
        await SettledAsync(app, sent: 1);
        await app.SignatureAsync(spent, "Bela Lockwood", "b@post.example");
        await app.SignatureAsync(other, "Cleo Lockwood", "c@post.example");
        await app.Inbox("c@post.example").NextAsync();
        Assert.Empty(app.MailServer.To("b@post.example"));
    }

    [Fact]
    public async Task A_domain_that_refuses_too_much_is_held_and_others_go_on()
    {
        await using var app = await StartAsync();
        var letter = await app.LetterAsync("waterways");
        for (var i = 0; i < 10; i++)
            await app.SignatureAsync(letter, "Ada Lockwood", $"bounce550-{i}@gone.example");
        await SignStory.UntilAsync(() => app.QueryAsync(db => db.OpenBreakers().AnyAsync()));
        await app.SignatureAsync(letter, "Bela Lockwood", "bela@gone.example");
        await app.SignatureAsync(letter, "Cleo Lockwood", "cleo@post.example");
        await app.Inbox("cleo@post.example").NextAsync();
        Assert.Empty(app.MailServer.To("bela@gone.example"));
        Assert.Equal((10, 10), await app.QueryAsync(async db => await db.OpenBreakers().SingleAsync() is var b ? (b.Tried, b.Refused) : default));
    }

    private Task<TestApp> StartAsync(Func<Instance, Instance>? settings = null) =>
        TestApp.StartAsync(settings, (WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(clock));

    private static Task SettledAsync(TestApp app, int sent) =>
        SignStory.UntilAsync(async () => await app.QueryAsync(db => db.Outbox.CountAsync(m => m.State == MailState.Sent)) == sent);
}
