using Microsoft.Extensions.DependencyInjection;
using Undersigned.Accounts;
using Undersigned.BrowserTests.Harness;

namespace Undersigned.BrowserTests.Stories;

public sealed class OrganiserStory(Chromium chromium)
{
    [Fact]
    public async Task An_organiser_sets_up_with_a_passkey_and_comes_back_with_it()
    {
        await using var site = await Site.OpenAsync(chromium);
        var link = await site.App.Get<SetupLinks>().EnsureAsync(TestContext.Current.CancellationToken);
        var page = await site.DeskAsync();
        await page.GivePasskeyAsync();

        await page.GotoAsync(link!.AbsoluteUri);
        await page.CheckAsync();
        await page.PictureAsync("setup");
        await page.GetByLabel("Your name").FillAsync("Perpetua Lindqvaist-Oyelaran");
        await page.GetByLabel("E-mail address").FillAsync("perpetua@weirkeepers.example");
        await page.Locator("button[data-passkey=create]").ClickAsync();
        await page.GetByText("Keep these recovery codes").WaitForAsync();
        await page.CheckAsync();
        await page.PictureAsync("recovery-codes");

        await page.GotoAsync("/account");
        await page.CheckAsync();
        await page.PictureAsync("account");
        await page.Locator("footer button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.CheckAsync();
        await page.PictureAsync("sign-in");
        await page.Locator("button[data-passkey=get]").ClickAsync();
        await page.WaitForURLAsync("**/desk");
    }
}
