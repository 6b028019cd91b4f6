using Microsoft.Playwright;

namespace Undersigned.BrowserTests.Harness;

/// <summary>What people do with a page: press what is named so, and read what it says.</summary>
internal static class Reading
{
    public static Task PressAsync(this IPage page, string button) =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    public static Task FollowAsync(this IPage page, string link) =>
        page.Locator("main").GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    /// <summary>Half a minute at most: where a script sends a form, the answer comes some time after the press.</summary>
    public static async Task ReadsAsync(this IPage page, string words)
    {
        for (var tries = 0; tries < 600 && !(await page.WordsAsync()).Contains(words, StringComparison.Ordinal); tries++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Contains(words, await page.WordsAsync(), StringComparison.Ordinal);
    }

    public static async Task ReadsNotAsync(this IPage page, string words) =>
        Assert.DoesNotContain(words, await page.WordsAsync(), StringComparison.Ordinal);

    /// <summary>Loads the page again until it says so; half a minute at most.</summary>
    public static Task ReloadUntilItReadsAsync(this IPage page, string words) => StoryLetter.UntilAsync(async () =>
    {
        try
        {
            await page.ReloadAsync();
            return (await page.WordsAsync()).Contains(words, StringComparison.Ordinal);
        }
        catch (PlaywrightException)
        {
            // What was pressed before is still on its way to the next page.
            return false;
        }
    });

    public static async Task<string> WordsAsync(this IPage page) =>
        string.Join(' ', (await page.Locator("main").InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static async Task AssertNoCookieAsync(this IPage page) =>
        Assert.Empty(await page.Context.CookiesAsync());
}
