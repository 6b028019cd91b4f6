using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using static Undersigned.Tests.Signing.SignerBrowser;

namespace Undersigned.Tests.Signing;

public sealed class PrivateTickTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    private const string Send = "Send me the six digits";
    private const string Telephone = "+1 (614) 555-0123";

    private static (string, string)[] Ticked(string telephone) =>
    [
        .. SignStory.Filled("m.oladottir@post.example"), ("Form.Ticks.KeepInformed", "true"), ("Form.Ticks.PressMayCall", "true"), ("Form.Ticks.Telephone", telephone), ("Form.Ticks.Place", "Columbus, Ohio"),
    ];

    [Fact]
    public async Task The_two_ticks_are_kept_sealed_and_stand_on_no_public_page()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync(story.Form), Send, Ticked(Telephone));
        var signature = await story.LatestAsync();
        Assert.Equal((true, true, Telephone, "Columbus, Ohio"), (signature.KeepInformed, signature.PressMayCall, signature.Telephone, signature.Place));
        Assert.DoesNotContain("614", System.Text.Encoding.UTF8.GetString(signature.Sealed!), StringComparison.Ordinal);
        await browser.PressAsync(page, "Confirm my signature", ("code", story.Code(signature)));
        await story.UntilAsync(signature.Id, SignatureState.Listed);
        await story.RefreshAsync();
        using var visitor = fixture.App.Client();
        foreach (var path in new[] { "", "/signatories", "/signatories.json", "/signatories/1", "/log/records/000" })
        {
            var text = await visitor.GetStringAsync(new Uri($"letters/{story.Slug}{path}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.DoesNotContain("614", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Ohio", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "We need a number that the press may call, or the tick taken away.")]
    [InlineData("call my office", "This does not look like a telephone number.")]
    [InlineData("12", "This does not look like a telephone number.")]
    [InlineData("m.oladottir@post.example", "This does not look like a telephone number.")]
    public async Task A_number_that_is_none_is_said_and_everything_typed_is_kept(string telephone, string says)
    {
        var story = await SignStory.BeginAsync(fixture.App);
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync(story.Form), Send, Ticked(telephone));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Last.StatusCode);
        Assert.Contains(says, Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(telephone, page.QuerySelector("#Form_Ticks_Telephone")!.GetAttribute("value") ?? "");
        Assert.Equal("Columbus, Ohio", page.QuerySelector("#Form_Ticks_Place")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("#Form_Ticks_PressMayCall")!.HasAttribute("checked"));
        Assert.Equal(SignStory.Name, page.QuerySelector("#Form_Name")!.GetAttribute("value"));
        Assert.Empty(await story.AllAsync());
    }

    [Fact]
    public async Task Without_the_tick_no_number_is_kept()
    {
        var story = await SignStory.BeginAsync(fixture.App);
        using var browser = story.Browser();
        await browser.PressAsync(await browser.OpenAsync(story.Form), Send, [.. SignStory.Filled("m.oladottir@post.example"), ("Form.Ticks.Telephone", Telephone)]);
        var signature = await story.LatestAsync();
        Assert.Equal((false, false, null, null), (signature.KeepInformed, signature.PressMayCall, signature.Telephone, signature.Place));
    }

    [Fact]
    public async Task A_signer_changes_them_and_takes_them_back_on_the_own_page_without_anybody_looking()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        var signature = await story.ListedAsync("m.oladottir@post.example");
        using var browser = story.Browser();
        var own = story.Path(TokenPurpose.Own, signature);
        var page = await browser.PressAsync(await browser.OpenAsync(own), "Keep this", ("Ticks.PressMayCall", "true"), ("Ticks.Telephone", "none"));
        Assert.Contains("This does not look like a telephone number.", Words(page.Body), StringComparison.Ordinal);
        page = await browser.PressAsync(page, "Keep this", ("Ticks.PressMayCall", "true"), ("Ticks.Telephone", Telephone), ("Ticks.KeepInformed", "true"));
        Assert.Contains("Kept.", Words(page.Body), StringComparison.Ordinal);
        var kept = await story.ReadAsync(signature.Id);
        Assert.Equal((true, true, Telephone, SignatureState.Listed), (kept.KeepInformed, kept.PressMayCall, kept.Telephone, kept.State));
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Corrections.CountAsync(c => c.SignatureId == signature.Id)));

        page = await browser.OpenAsync(own);
        foreach (var box in page.QuerySelectorAll("input[name^=Ticks][type=checkbox]"))
            box.RemoveAttribute("checked");
        await browser.PressAsync(page, "Keep this");
        kept = await story.ReadAsync(signature.Id);
        Assert.Equal((false, false, null), (kept.KeepInformed, kept.PressMayCall, kept.Telephone));
    }
}
