using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Signing;
using static Undersigned.Tests.Signing.SignerBrowser;

namespace Undersigned.Tests.Signing;

public sealed class OwnPageTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    private static int people;

    private static string Address => $"m.oladottir{Interlocked.Increment(ref people)}@post.example";

    [Fact]
    public async Task A_listed_signature_has_its_number_its_history_and_its_receipt()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        var signature = await story.ListedAsync(Address);
        using var browser = story.Browser();
        await SignStory.UntilAsync(async () => (await browser.OpenAsync(story.Path(TokenPurpose.Own, signature) + "/receipt")) is not null && browser.Last.IsSuccessStatusCode);
        Assert.Equal($"signature-{signature.Number}.tlog-proof", browser.Last.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith("c2sp.org/tlog-proof", await browser.Last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var page = await browser.OpenAsync(story.Path(TokenPurpose.Own, signature));
        Assert.Contains($"It stands on the list as № {signature.Number} since", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".line.pencil"));
        Assert.Equal("Your signature", page.Title);
        Assert.Contains("Entered in the public record as entry", Words(page.QuerySelector(".dated")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignatureState.Confirmed)]
    [InlineData(SignatureState.InReview)]
    [InlineData(SignatureState.Admitted)]
    [InlineData(SignatureState.Listed)]
    public async Task A_signer_withdraws_in_every_state_and_may_come_back(SignatureState state)
    {
        var (story, signature) = await InStateAsync(state);
        using var browser = story.Browser();
        var page = await browser.OpenAsync(story.Path(TokenPurpose.Own, signature) + "/withdrawal");
        page = await browser.PressAsync(page, "Withdraw my signature");
        Assert.Contains("You withdrew it", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Withdrawn, (await story.ReadAsync(signature.Id)).State);
        Assert.DoesNotContain(await story.ChangesAsync(), c => c.Kind == ChangeKind.Sign);
        if (state == SignatureState.Listed)
            await SignStory.UntilAsync(() => fixture.App.QueryAsync(db => db.Logs.AnyAsync(l => l.LetterId == story.LetterId && l.TreeSize >= 3)));

        Assert.Equal(story.Form, page.QuerySelectorAll("a").First(a => Words(a).StartsWith("Come back", StringComparison.Ordinal)).GetAttribute("href"));
        var again = await story.ConfirmedAsync(signature.Email!);
        Assert.NotEqual(signature.Id, again.Id);
        Assert.NotNull(again.ConfirmedAt);
    }

    [Theory]
    [InlineData(SignatureState.Confirmed)]
    [InlineData(SignatureState.InReview)]
    [InlineData(SignatureState.Admitted)]
    [InlineData(SignatureState.Listed)]
    [InlineData(SignatureState.Withdrawn)]
    public async Task A_signer_erases_everything_in_every_state(SignatureState state)
    {
        var (story, signature) = await InStateAsync(state);
        using var browser = story.Browser();
        var page = await browser.OpenAsync(story.Path(TokenPurpose.Own, signature));
        page = await browser.PressAsync(page, "Erase everything");
        Assert.Contains("Tick the line above first.", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(state, (await story.ReadAsync(signature.Id)).State);

        page = await browser.PressAsync(page, "Erase everything", ("sure", "true"));
        var erased = await story.ReadAsync(signature.Id);
        Assert.Equal((SignatureState.Erased, "", null, null), (erased.State, erased.Name, erased.Email, erased.AddressTag));
        Assert.DoesNotContain(SignStory.Name, Words(page.Body), StringComparison.Ordinal);
        if (signature.Number is not null)
            await SignStory.UntilAsync(() => fixture.App.QueryAsync(async db => !await db.Lines.AnyAsync(l => l.SignatureId == signature.Id && l.Name != "")));
    }

    [Theory]
    [InlineData(SignatureState.Confirmed, SignatureState.Confirmed)]
    [InlineData(SignatureState.InReview, SignatureState.InReview)]
    [InlineData(SignatureState.Admitted, SignatureState.Confirmed)]
    public async Task Before_it_stands_a_corrected_line_is_looked_at_anew(SignatureState state, SignatureState then)
    {
        var (story, signature) = await InStateAsync(state);
        await CorrectAsync(story, signature, "Save the line");
        var corrected = await story.ReadAsync(signature.Id);
        Assert.Equal((then, "Marguerite Vance", "marguerite vance"), (corrected.State, corrected.Name, corrected.FoldedName));
        Assert.DoesNotContain(await story.ChangesAsync(), c => c.Kind == ChangeKind.Sign);
    }

    [Fact]
    public async Task Once_it_stands_a_correction_waits_for_a_person_and_the_newest_counts()
    {
        var (story, signature) = await InStateAsync(SignatureState.Listed);
        await CorrectAsync(story, signature, "Ask for this correction");
        var page = await CorrectAsync(story, signature, "Ask for this correction");
        Assert.Contains("You asked for this correction", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(SignStory.Name, (await story.ReadAsync(signature.Id)).Name);
        var correction = Assert.Single(await fixture.App.QueryAsync(db => db.Corrections.Where(c => c.SignatureId == signature.Id).ToListAsync()));
        Assert.Equal(("Marguerite Vance", CorrectionState.Waiting), (correction.Name, correction.State));
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> CorrectAsync(SignStory story, Signature signature, string button)
    {
        using var browser = story.Browser();
        var page = await browser.OpenAsync(story.Path(TokenPurpose.Own, signature) + "/line");
        Assert.Equal("Senior inspector", Value(page, "Form.Rows[0].Position"));
        page = await browser.PressAsync(page, button, ("Form.Name", "ada@post.example"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Last.StatusCode);
        return await browser.PressAsync(page, button, ("Form.Name", "Marguerite Vance"));
    }

    [Fact]
    public async Task An_imported_signatory_confirms_the_line()
    {
        var (story, signature) = await InStateAsync(SignatureState.Listed, s => (s.Source, s.Level, s.ConfirmedAt, s.ConfirmedHow) = (SignatureSource.Import, SignatureLevel.Imported, null, null));
        using var browser = story.Browser();
        var page = await browser.OpenAsync(story.Path(TokenPurpose.Own, signature));
        page = await browser.PressAsync(page, "Confirm my signature");
        Assert.Null((await story.ReadAsync(signature.Id)).ConfirmedAt);
        page = await browser.PressAsync(page, "Confirm my signature", ("sure", "true"));
        var confirmed = await story.ReadAsync(signature.Id);
        Assert.Equal((SignatureLevel.Email, ConfirmationHow.OwnPage), (confirmed.Level, confirmed.ConfirmedHow));
        Assert.Null(page.QuerySelector("#is-it-you"));
    }

    [Fact]
    public async Task Withdrawing_while_the_list_is_being_written_ends_withdrawn_and_off_the_list()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        var acts = fixture.App.Get<OwnActs>();
        var ids = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            // Each from a domain of its own: many of one would wait for a person.
            var id = (await story.ConfirmedAsync(Address.Replace("@", $"@d{i}.", StringComparison.Ordinal))).Id;
            ids.Add(id);
            Assert.True(await (i % 2 == 0 ? acts.WithdrawAsync(id, CancellationToken.None) : acts.EraseAsync(id, CancellationToken.None)));
        }
        await SignStory.UntilAsync(async () => (await story.ChangesAsync()).Count == 0);
        foreach (var id in ids)
            Assert.Contains((await story.ReadAsync(id)).State, new[] { SignatureState.Withdrawn, SignatureState.Erased });
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Lines.CountAsync(l => l.LetterId == story.LetterId && l.EndIndex == null)));
    }

    [Fact]
    public async Task The_link_is_sent_again_with_the_same_words_to_everybody()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        var signature = await story.ConfirmedAsync(Address);
        using var browser = story.Browser();
        var path = story.Form.Replace("/sign", "/my-signature", StringComparison.Ordinal);
        var mine = await browser.PressAsync(await browser.OpenAsync(path), "Send me the link", ("Form.Email", signature.Email!));
        var other = await browser.PressAsync(await browser.OpenAsync(path), "Send me the link", ("Form.Email", "m.else9@post.example"));
        Assert.Equal(Words(mine.QuerySelector(".notice")).Replace("…" + signature.Email!.Split('@')[0][^1], "…9", StringComparison.Ordinal), Words(other.QuerySelector(".notice")));
        await SignStory.UntilAsync(async () => (await story.MailsAsync()).Any(m => m.Kind == MailKind.OwnPage));
        Assert.Single(await story.MailsAsync(), m => m.Kind == MailKind.OwnPage);
    }

    /// <summary>Of a letter with a glance, in this state as the features before would have left it.</summary>
    private async Task<(SignStory Story, Signature Signature)> InStateAsync(SignatureState state, Action<Signature>? with = null)
    {
        // What stands needs a list; what was let in and does not stand yet belongs to a letter that is not public.
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: state != SignatureState.Listed);
        var id = (await story.ConfirmedAsync(Address)).Id;
        await story.WriteAsync(db =>
        {
            var signature = db.Signatures.Single(s => s.Id == id);
            if (state is SignatureState.Admitted or SignatureState.Listed)
                db.Admit(signature, fixture.Clock.GetUtcNow());
            else
                signature.State = state;
            with?.Invoke(signature);
        });
        fixture.App.Get<WorkSignal>().Poke();
        await story.UntilAsync(id, state);
        return (story, await story.ReadAsync(id));
    }
}
