using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Inquiries;
using Undersigned.Model;
using static Undersigned.Tests.Signing.SignerBrowser;

namespace Undersigned.Tests.Signing;

/// <summary>More than five withdrawals or objections from one domain within an hour wait for a person.</summary>
public sealed class HeldActTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    [Fact]
    public async Task The_sixth_withdrawal_from_one_domain_is_recorded_and_waits()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => (l.GlanceRequired, l.Domains) = (false, [new ListedDomain("works.example", "the works", false)]));
        for (var i = 0; i < Inquiry.MostAtOnce; i++)
            await WithdrawAsync(story, await story.ListedAsync($"w{i}.oladottir@works.example"));
        Assert.Equal(Inquiry.MostAtOnce, (await story.AllAsync()).Count(s => s.State == SignatureState.Withdrawn));

        var sixth = await story.ListedAsync("w6.oladottir@works.example");
        var page = await WithdrawAsync(story, sixth);
        Assert.Contains("Your withdrawal is recorded.", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Listed, (await story.ReadAsync(sixth.Id)).State);
        await WithdrawAsync(story, sixth);
        var held = Assert.Single(await HeldAsync(story));
        Assert.Equal((InquiryKind.Withdrawal, sixth.Id, "works.example"), (held.Kind, held.SignatureId, held.EmailDomain));
        Assert.Equal(TimeSpan.FromHours(24), held.DueAt - held.SubmittedAt);

        var elsewhere = await story.ListedAsync("w7.oladottir@post.example", "Ottoline Marchetti-Dahl");
        await WithdrawAsync(story, elsewhere);
        Assert.Equal(SignatureState.Withdrawn, (await story.ReadAsync(elsewhere.Id)).State);
    }

    [Fact]
    public async Task An_erasure_among_many_waits_too_and_is_not_lost()
    {
        var story = await ManyAsync();
        var signature = await story.ListedAsync("e1.oladottir@works.example");
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync(story.Path(TokenPurpose.Own, signature)), "Erase everything", ("sure", "true"));
        Assert.Contains("to have everything erased is recorded", Words(page.Body), StringComparison.Ordinal);
        Assert.NotNull((await story.ReadAsync(signature.Id)).Email);
        Assert.Equal(InquiryKind.Erasure, Assert.Single(await HeldAsync(story)).Kind);
    }

    [Fact]
    public async Task This_was_not_me_among_many_blocks_nobody_by_itself()
    {
        var story = await ManyAsync();
        using var browser = story.Browser();
        await story.SignAsync(browser, "o1.oladottir@works.example");
        var signature = await story.LatestAsync();
        var page = await browser.OpenAsync("/not-me/" + fixture.App.Get<InstanceKeys>().Token(TokenPurpose.Confirm, signature.Id));
        page = await browser.PressAsync(page, "This was not me", ("code", story.Code(signature)));
        Assert.Contains("a person does it, within 24 hours", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Submitted, (await story.ReadAsync(signature.Id)).State);
        Assert.Empty(await fixture.App.QueryAsync(db => db.BlockedAddresses.Where(b => b.LetterId == story.LetterId).ToListAsync()));
        Assert.Equal(InquiryKind.Objection, Assert.Single(await HeldAsync(story)).Kind);
    }

    [Fact]
    public async Task After_an_hour_it_goes_by_itself_again_and_the_count_leaves_nobody_behind()
    {
        var story = await ManyAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(61));
        var signature = await story.ListedAsync("l1.oladottir@works.example");
        await WithdrawAsync(story, signature);
        Assert.Equal(SignatureState.Withdrawn, (await story.ReadAsync(signature.Id)).State);
        Assert.All(await fixture.App.QueryAsync(db => db.Inquiries.Where(i => i.LetterId == story.LetterId).ToListAsync()), i => Assert.Null(i.SignatureId));
        fixture.Clock.Advance(TimeSpan.FromHours(3));
        await fixture.App.Get<Reports>().ExpireAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await fixture.App.QueryAsync(db => db.Inquiries.Where(i => i.LetterId == story.LetterId).ToListAsync()));
    }

    /// <summary>Five left within the hour.</summary>
    private async Task<SignStory> ManyAsync()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => (l.GlanceRequired, l.Domains) = (false, [new ListedDomain("works.example", "the works", false)]));
        var now = fixture.App.Get<TimeProvider>().GetUtcNow();
        await story.WriteAsync(db => db.Inquiries.AddRange(Enumerable.Range(0, Inquiry.MostAtOnce).Select(_ => new Inquiry
        {
            LetterId = story.LetterId,
            Kind = InquiryKind.Withdrawal,
            State = InquiryState.Answered,
            Outcome = InquiryOutcome.Withdrawn,
            EmailDomain = "works.example",
            SubmittedAt = now,
            ConfirmedAt = now,
            AnsweredAt = now,
        })));
        return story;
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> WithdrawAsync(SignStory story, Signature signature)
    {
        using var browser = story.Browser();
        return await browser.PressAsync(await browser.OpenAsync(story.Path(TokenPurpose.Own, signature) + "/withdrawal"), "Withdraw my signature");
    }

    private Task<List<Inquiry>> HeldAsync(SignStory story) =>
        fixture.App.QueryAsync(db => db.Inquiries.AsNoTracking().Where(i => i.LetterId == story.LetterId && i.State == InquiryState.Waiting).ToListAsync());
}
