using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Undersigned.Bench;

/// <summary>What a browser with an empty cache loads for one page.</summary>
/// <param name="Requests">The page, and every style, script and picture that it names.</param>
/// <param name="Bytes">Of all bodies, compressed.</param>
/// <param name="PageBytes">Of the page alone.</param>
internal sealed partial record FirstVisit(int Requests, int Bytes, int PageBytes)
{
    public static async Task<FirstVisit> MeasureAsync(Uri site, string path)
    {
        using var client = new HttpClient { BaseAddress = site };
        var html = await client.GetStringAsync(path);
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        var page = (await client.GetByteArrayAsync(path)).Length;
        var loaded = Loaded().Matches(html).Select(m => m.Groups[1].Value).ToList();
        var bytes = page;
        foreach (var address in loaded)
            bytes += (await client.GetByteArrayAsync(address)).Length;
        return new FirstVisit(loaded.Count + 1, bytes, page);
    }

    [GeneratedRegex("<(?:link|script|img)[^>]*(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Loaded();
}
