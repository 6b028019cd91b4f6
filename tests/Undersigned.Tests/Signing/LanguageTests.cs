using System.Globalization;
using System.Net;
using System.Resources;
using MimeKit;
using Undersigned.Data;
using Undersigned.Demo;
using Undersigned.Inquiries;
using Undersigned.Model;
using Undersigned.Signing;
using static Undersigned.Tests.Signing.SignerBrowser;

namespace Undersigned.Tests.Signing;

/// <summary>Whoever signs in a language has it on every page behind a link of theirs and in every mail, which comes by real SMTP.</summary>
public sealed class LanguageTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    private static string Said(Type texts, string key, string language) =>
        new ResourceManager(texts).GetString(key, CultureInfo.GetCultureInfo(language)) is { } said ? said : throw new MissingManifestResourceException(key);

    [Theory]
    [InlineData("es", "ltr")]
    [InlineData("de", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task A_signature_in_a_language_is_confirmed_listed_and_withdrawn_in_it(string language, string direction)
    {
        string Say(string key) => Said(typeof(SigningTexts), key, language);
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        var email = $"m.oladottir.{language}@post.example";
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync($"/{language}{story.Form}"), Say("send"), SignStory.Filled(email));
        Speaks(page);
        Assert.StartsWith($"/{language}/confirmation/", browser.Here, StringComparison.Ordinal);
        Assert.Equal(language, (await story.LatestAsync()).Language);

        var mail = await fixture.App.Inbox(email).NextAsync();
        Reads(mail);
        Assert.StartsWith($"/{language}/confirm/", mail.Link!.AbsolutePath, StringComparison.Ordinal);
        Speaks(await browser.OpenAsync(mail.Link.AbsolutePath));
        page = await browser.PressAsync(page, Say("confirm"), ("code", mail.Code!));
        Speaks(page);
        Assert.StartsWith($"/{language}/signature/", browser.Here, StringComparison.Ordinal);

        var listed = await fixture.App.Inbox(email).NextAsync();
        Reads(listed);
        Assert.StartsWith($"/{language}/signature/", listed.Link!.AbsolutePath, StringComparison.Ordinal);
        page = await browser.OpenAsync(listed.Link.AbsolutePath + "/withdrawal");
        Speaks(page);
        Speaks(await browser.PressAsync(page, Say("withdraw")));
        Assert.Equal(SignatureState.Withdrawn, (await story.LatestAsync()).State);

        void Speaks(AngleSharp.Html.Dom.IHtmlDocument page)
        {
            Assert.Equal(HttpStatusCode.OK, browser.Last.StatusCode);
            Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        }

        void Reads(InboxMail mail)
        {
            var message = mail.Parse();
            Assert.Equal(language, message.Body!.Headers[HeaderId.ContentLanguage]);
            Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", message.HtmlBody, StringComparison.Ordinal);
            Assert.DoesNotContain("Dear ", message.TextBody, StringComparison.Ordinal);
            // Each line of Arabic says which way it runs; the digits and the address stand as they are.
            Assert.Equal(direction == "rtl", message.TextBody!.StartsWith('\u200f'));
            Assert.Contains(message.TextBody.Split('\n'), l => l.Trim() == mail.Link!.AbsoluteUri);
        }
    }

    [Fact]
    public async Task A_letter_in_a_language_is_signed_in_it_without_being_asked_for_and_in_English_by_whoever_reads_it_so()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => (l.Language, l.Title) = ("fr", "Laissez les inspecteurs publier"));
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync(story.Form), Said(typeof(SigningTexts), "send", "fr"), SignStory.Filled("french@post.example"));
        Assert.StartsWith("/fr/confirmation/", browser.Here, StringComparison.Ordinal);
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("fr", (await fixture.App.Inbox("french@post.example").NextAsync()).Parse().Body!.Headers[HeaderId.ContentLanguage]);

        await browser.PressAsync(await browser.OpenAsync("/en" + story.Form), "Send me the six digits", SignStory.Filled("english@post.example"));
        Assert.StartsWith("/en/confirmation/", browser.Here, StringComparison.Ordinal);
        var mail = await fixture.App.Inbox("english@post.example").NextAsync();
        Assert.Equal("en", mail.Parse().Body!.Headers[HeaderId.ContentLanguage]);
        Assert.StartsWith("/en/confirm/", mail.Link!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signs_again_in_another_language_is_told_in_that_one()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        await story.ListedAsync("again@post.example");
        using var browser = story.Browser();
        await browser.PressAsync(await browser.OpenAsync("/es" + story.Form), Said(typeof(SigningTexts), "send", "es"), SignStory.Filled("again@post.example"));
        await fixture.App.Inbox("again@post.example").NextAsync();
        await fixture.App.Inbox("again@post.example").NextAsync();
        var mail = await fixture.App.Inbox("again@post.example").NextAsync();
        Assert.Null(mail.Code);
        Assert.Equal("es", mail.Parse().Body!.Headers[HeaderId.ContentLanguage]);
    }

    [Fact]
    public async Task Whoever_reports_a_line_is_answered_in_the_language_of_the_page_they_used()
    {
        string Say(string key) => Said(typeof(InquiriesTexts), key, "de");
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        var listed = await story.ListedAsync("listed.de@post.example");
        await story.RefreshAsync();
        using var browser = story.Browser();
        var page = await browser.OpenAsync($"/de/letters/{story.Slug}/signatories/{listed.Number}/report");
        page = await browser.PressAsync(page, Say("send"), ("Kind", "Wrong"), ("Text", "Das Jahr stimmt nicht."), ("Email", "reader@post.example"));
        Assert.StartsWith("/de/report/", browser.Here, StringComparison.Ordinal);
        Assert.Equal(Say("look-h"), Words(page.QuerySelector("h1")));
        var mail = await fixture.App.Inbox("reader@post.example").NextAsync();
        Assert.Equal("de", mail.Parse().Body!.Headers[HeaderId.ContentLanguage]);
        Assert.StartsWith("/de/report/", mail.Link!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_is_told_in_the_language_of_the_form_and_the_switch_waits_until_it_is_mended()
    {
        var story = await SignStory.BeginAsync(fixture.App);
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync("/fr" + story.Form), Said(typeof(SigningTexts), "send", "fr"), ("Form.Name", "Zoë Müllerová"));
        Assert.Contains(Said(typeof(SigningTexts), "email-missing", "fr"), Words(page.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".tongues"));
        Assert.Equal("Zoë Müllerová", Value(page, "Form.Name"));
    }

    [Fact]
    public void What_was_forgotten_has_no_language_either()
    {
        var signature = new Signature { Language = "ar" };
        signature.Forget(SignatureState.Erased, DateTimeOffset.UnixEpoch);
        Assert.Null(signature.Language);
    }
}
