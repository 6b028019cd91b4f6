using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Undersigned.Weekend;

/// <summary>The public list for programs, page by page: number and position of each line.</summary>
internal static class PublicList
{
    public static async Task<IReadOnlyDictionary<int, string>> ReadAsync(HttpClient http)
    {
        var list = new Dictionary<int, string>();
        for (var path = $"/letters/{Writing.Slug}/signatories.json"; path is not null;)
        {
            var page = (await http.GetFromJsonAsync<JsonObject>(path))!;
            foreach (var line in page["signatories"]!.AsArray())
                list[(int)line!["signatory"]!] = (string?)line["position"] ?? "";
            path = (string?)page["next"];
        }
        return list;
    }
}
