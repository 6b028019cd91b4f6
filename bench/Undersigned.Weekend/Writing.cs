using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;

namespace Undersigned.Weekend;

/// <summary>Before anybody signs: an account, the letter, its private link, four volunteers.</summary>
internal static class Writing
{
    public const string Slug = "open-the-reports";
    private const string Body = "Minister,\n\nEleven reports on dams have been finished since January. None has appeared. The inspector reports what is found, to those who live below it; so says the act.\n\nLet the reports appear, as their authors signed them.";

    public static async Task MakeAccountAsync(Desk desk, Uri link)
    {
        await desk.Page.GivePasskeyAsync();
        await desk.OpenAsync(link.ToString());
        await desk.TypeAsync(desk.Page.GetByLabel("Your name"), desk.Name);
        await desk.TypeAsync(desk.Page.GetByLabel("E-mail address"), string.Concat(desk.Name.Where(char.IsAsciiLetter)) + "@weirkeepers.example");
        await desk.TouchAsync(desk.Page.Locator("button[data-passkey=create]"));
        await desk.Page.GetByText("Keep these recovery codes").WaitForAsync();
    }

    /// <returns>Path of the letter's desk.</returns>
    public static async Task<string> LetterAsync(Desk desk)
    {
        await desk.OpenAsync("/desk/letters/new");
        await desk.TypeAsync(desk.Page.GetByLabel("Title"), "Let the inspectors publish what they find");
        await desk.TypeAsync(desk.Page.GetByLabel("Organiser"), "Weirkeepers");
        await desk.TypeAsync(desk.Page.GetByLabel("Its address"), Slug);
        await desk.PressAsync("Begin");
        await desk.TypeAsync(desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }), Body);
        await desk.TypeAsync(desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }), "The Minister of Waterways");
        await desk.TypeAsync(desk.Page.GetByLabel("What you ask for"), "publish the eleven finished reports;\nreturn the three inspectors to their posts.");
        await desk.TypeAsync(desk.Page.GetByLabel("Who may sign"), "Former and serving staff of the waterways administration.");
        await desk.TypeAsync(desk.Page.GetByLabel("In the foot of each mail"), "Weirkeepers, Box 12, Lindenmoor");
        await desk.PressAsync("Save");
        return new Uri(desk.Page.Url).AbsolutePath.Replace("/text", "", StringComparison.Ordinal);
    }

    /// <returns>Path of the private link.</returns>
    public static async Task<string> PrivateLinkAsync(Desk desk, int cap)
    {
        await desk.OpenAsync(desk.Root + "/private-link");
        await desk.PressAsync("Make the private link");
        await desk.TypeAsync(desk.Page.Locator("#cap"), cap.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await desk.PressAsync(desk.Page.Locator("form[action$='handler=Cap'] button"));
        return new Uri((await desk.Page.Locator("#link").InnerTextAsync()).Trim()).AbsolutePath;
    }

    /// <returns>The link for one volunteer.</returns>
    public static async Task<Uri> InviteAsync(Desk desk)
    {
        await desk.OpenAsync(desk.Root + "/people");
        await desk.PressAsync("Make a link");
        return new Uri((await desk.Page.GetByLabel("Invitation link").InnerTextAsync()).Trim());
    }
}
