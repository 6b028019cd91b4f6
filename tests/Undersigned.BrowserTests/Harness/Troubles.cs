using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Undersigned.BrowserTests.Harness;

/// <summary>What no page may do, whoever looks at it: ask another host, break its own policy, or fail in a script.</summary>
public sealed class Troubles(string ownAddress)
{
    private readonly ConcurrentQueue<string> seen = new();

    public void Watch(IPage page)
    {
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(ownAddress + "/", StringComparison.Ordinal))
                seen.Enqueue($"{page.Url} asked for {request.Url}");
        };
        page.PageError += (_, error) => seen.Enqueue($"{page.Url}: {error}");
        page.Console += (_, message) =>
        {
            // A page that answers 404 or 422 is told there too; that is no fault of the page.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                seen.Enqueue($"{page.Url}: {message.Text}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Request.IsNavigationRequest)
                seen.Enqueue($"{page.Url}: {response.Status} for {response.Url}");
        };
    }

    public void AssertNone() => Assert.True(seen.IsEmpty, string.Join('\n', seen));
}
