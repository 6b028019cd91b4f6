using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Undersigned.BrowserTests.Harness;

/// <summary>What holds on every page.</summary>
public static class PageChecks
{
    /// <summary>Nothing that axe finds wrong, and nothing that sticks out sideways. Pages without script are checked by those with.</summary>
    public static async Task CheckAsync(this IPage page)
    {
        var found = await page.ViolationsAsync();
        Assert.True(found.Count == 0, page.Url + "\n" + string.Join('\n', found));
        var over = await page.SidewaysAsync();
        Assert.True(over <= 0, $"{page.Url} is {over} px wider than the screen.");
    }

    /// <summary>What axe finds wrong, with the elements; of one rule alone where one is named.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page, string? rule = null)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>("""
            async rule => (await axe.run(document, { resultTypes: ["violations"], ...(rule ? { runOnly: [rule] } : {}) }))
              .violations.map(v => `${v.id}: ${v.help}\n` + v.nodes.map(n => `    ${n.html.slice(0, 300)} ${n.failureSummary}`).join("\n"))
            """, rule);
    }

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>How many pixels the page is wider than the screen.</summary>
    public static Task<int> SidewaysAsync(this IPage page) =>
        page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Links, buttons and fields lower than 44 px, but for links inside sentences. Of a field in a label, the label counts.</summary>
    public static Task<string[]> SmallTargetsAsync(this IPage page) => page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")].filter(e => {
          const target = e.matches("input") ? e.closest("label") ?? e : e;
          if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || e.matches(".skip, .hidden, .hidden *, [tabindex='-1']")) return false;
          const block = e.closest("p, li, dd, dt, td, th, pre, span")?.cloneNode(true);
          block?.querySelectorAll("a, button, .hidden").forEach(other => other.remove());
          const inSentence = e.matches("a:not(.button)") && /\p{L}/u.test(block?.textContent ?? "");
          return !inSentence && target.getBoundingClientRect().height < 43.5;
        }).map(e => `${Math.round(e.getBoundingClientRect().height)} px: ${e.outerHTML.slice(0, 120)}`)
        """);

    /// <summary>A picture for the eye, where UNDERSIGNED_TEST_PICTURES names a folder; otherwise nothing.</summary>
    public static async Task PictureAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("UNDERSIGNED_TEST_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{page.ViewportSize!.Width}.png"), FullPage = true });
    }
}
