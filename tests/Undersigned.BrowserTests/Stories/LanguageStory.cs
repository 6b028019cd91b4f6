using System.Globalization;
using System.Resources;
using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Signing;

namespace Undersigned.BrowserTests.Stories;

public sealed class LanguageStory(OpenSite open) : IClassFixture<OpenSite>
{
    private Site Site => open.Site;

    [Theory]
    [InlineData("es", "Inés Valdehierro", true)]
    [InlineData("es", "Inés Valdehierro", false)]
    [InlineData("ar", "سلمى الخطيب", true)]
    [InlineData("ar", "سلمى الخطيب", false)]
    public async Task A_signer_chooses_a_language_at_the_foot_and_keeps_it_to_the_withdrawal(string language, string name, bool phone)
    {
        string Say(string key, Type? texts = null) => new ResourceManager(texts ?? typeof(SigningTexts)).GetString(key, CultureInfo.GetCultureInfo(language))!;
        var letter = await StoryLetter.BeginAsync(Site);
        var page = await Site.VisitAsync(phone);
        var email = $"signer.{language}.{(phone ? "phone" : "desk")}@post.example";

        await page.GotoAsync(letter.Path);
        await page.Locator(".tongues").GetByRole(AriaRole.Link, new() { Name = Tongue.NameOf(language) }).ClickAsync();
        await LookAsync();
        await page.FollowAsync(Say("sign", typeof(LettersTexts)));
        await page.GetByLabel(Say("name"), new() { Exact = true }).First.FillAsync(name);
        await page.GetByLabel(Say("email"), new() { Exact = true }).First.FillAsync(email);
        await page.Locator("[name='Form.Agree']").CheckAsync();
        await LookAsync();
        await page.PressAsync(Say("send"));
        await page.ReadsAsync(Say("confirm-h"));
        await LookAsync();
        var mail = await Site.App.Inbox(email).NextAsync();
        await page.GetByLabel(Say("code")).FillAsync(mail.Code!);
        await page.PressAsync(Say("confirm"));
        await page.ReadsAsync(Say("state-confirmed"));
        await letter.GlanceAsync();
        await page.ReloadUntilItReadsAsync("№ 1");
        await LookAsync();
        var listed = await Site.App.Inbox(email).NextAsync();
        await page.GotoAsync(listed.Link!.PathAndQuery);
        await page.FollowAsync(Say("withdraw"));
        await LookAsync();
        await page.PressAsync(Say("withdraw"));
        await page.ReadsAsync(Say("how-withdrawn"));
        await page.FollowAsync(letter.Title);
        await page.ReloadUntilItReadsAsync(Say("nobody", typeof(LettersTexts)));
        await LookAsync();
        await page.AssertNoCookieAsync();

        async Task LookAsync()
        {
            Assert.Equal((language, language == "ar" ? "rtl" : "ltr"), (await page.EvaluateAsync<string>("document.documentElement.lang"), await page.EvaluateAsync<string>("document.documentElement.dir")));
            if (!phone)
                await page.CheckAsync();
            await page.PictureAsync($"{language}-{new Uri(page.Url).Segments[2].Trim('/')}-{new Uri(page.Url).Segments.Length}");
        }
    }

    [Fact]
    public async Task An_editor_translates_the_letter_and_a_reader_finds_both_texts_side_by_side()
    {
        var letter = await StoryLetter.BeginAsync(Site);
        var editor = await Site.DeskAsync(script: false);
        await letter.EnterAsync(editor, StaffRole.Editor);
        await editor.GotoAsync(letter.Desk + "/translations");
        await editor.TranslateAsync();
        await editor.ReadsAsync("Published; within a moment it has its page.");

        var reader = await Site.DeskAsync();
        await reader.GotoAsync("/ar" + letter.Path);
        await reader.ReloadUntilItReadsAsync("دعوا المفتشين ينشرون");
        await reader.FollowAsync("دعوا المفتشين ينشرون");
        await reader.CheckAsync();
        var sides = reader.Locator(".twin article");
        Assert.Equal(("ltr", null), (await sides.Nth(0).GetAttributeAsync("dir"), await sides.Nth(1).GetAttributeAsync("dir")));
        var (first, second) = ((await sides.Nth(0).BoundingBoxAsync())!, (await sides.Nth(1).BoundingBoxAsync())!);
        Assert.True(first.X > second.X + second.Width, "In Arabic the signed text stands to the right of its translation.");
        await reader.SetViewportSizeAsync(390, 844);
        (first, second) = ((await sides.Nth(0).BoundingBoxAsync())!, (await sides.Nth(1).BoundingBoxAsync())!);
        Assert.True(second.Y > first.Y + first.Height, "On a phone one comes after the other.");
        await reader.CheckAsync();
        await reader.PictureAsync("translation");
    }
}

file static class Translating
{
    public static async Task TranslateAsync(this IPage page)
    {
        await page.GetByLabel("Into which language").SelectOptionAsync("ar");
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("دعوا المفتشين ينشرون");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("وزير المجاري المائية");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("أُنجز أحد عشر تقريراً.");
        await page.GetByLabel("What you ask for").FillAsync("انشروا التقارير؛\nأعيدوا المفتشين.");
        await page.PressAsync("Preview");
        await page.Locator("#preview article[dir=rtl]").WaitForAsync();
        await page.PressAsync("Publish");
    }
}
