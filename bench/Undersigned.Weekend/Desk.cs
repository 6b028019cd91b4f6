using System.Diagnostics;
using Microsoft.Playwright;

namespace Undersigned.Weekend;

/// <summary>One of the staff at their own browser. Whatever they press, type and see is counted under the step they are at.</summary>
internal sealed class Desk(string name, IPage page, Work work, HumanSense sense)
{
    private Cost cost = work["setting up"];

    public string Name => name;
    public IPage Page => page;
    public HumanSense Sense => sense;

    /// <summary>Path of the letter's desk.</summary>
    public string Root { get; set; } = "";

    public void At(string step) => cost = work[step];

    public async Task OpenAsync(string path)
    {
        var clock = Stopwatch.StartNew();
        await page.GotoAsync(path);
        // A link on the page before would be one click.
        cost.Add(screens: 1, clicks: 1, waited: clock.Elapsed.TotalSeconds);
    }

    public Task PressAsync(string button) => PressAsync(page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button }).First);

    /// <summary>Presses what leads to another screen.</summary>
    public async Task PressAsync(ILocator button)
    {
        var clock = Stopwatch.StartNew();
        await LeadOnAsync(button);
        cost.Add(screens: 1, clicks: 1, waited: clock.Elapsed.TotalSeconds);
    }

    /// <summary>Until another document stands.</summary>
    private async Task LeadOnAsync(ILocator button)
    {
        var another = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.FrameNavigated += Committed;
        try
        {
            await button.ClickAsync();
            await another.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            page.FrameNavigated -= Committed;
        }
        await page.WaitForLoadStateAsync();

        void Committed(object? _, IFrame frame)
        {
            if (frame == page.MainFrame)
                another.TrySetResult();
        }
    }

    /// <summary>Ticks, chooses, opens: what stays on the screen.</summary>
    public async Task TouchAsync(ILocator what)
    {
        await what.ClickAsync();
        cost.Add(clicks: 1);
    }

    public async Task TypeAsync(ILocator field, string text)
    {
        await field.FillAsync(text);
        cost.Add(clicks: 1, keys: text.Length);
    }

    /// <summary>Click, and two keys.</summary>
    public async Task PasteAsync(ILocator field, string text)
    {
        await field.FillAsync(text);
        cost.Add(clicks: 1, keys: 2);
    }

    /// <summary>What was read before deciding.</summary>
    public async Task<string> ReadAsync(ILocator what)
    {
        var text = await what.InnerTextAsync();
        Read(text);
        return text;
    }

    public void Read(string text) => cost.Add(words: text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);

    /// <summary>Makes up their mind once, about so many names.</summary>
    public void Decide(int about = 1) => cost.Add(minds: 1, decided: about);

    public void Away(double seconds) => cost.Add(away: seconds);

    public Task<bool> HasAsync(string selector) => page.Locator(selector).First.IsVisibleAsync();
}
