using System.Globalization;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Undersigned.Weekend;

/// <summary>A page as a browser without JavaScript has it: what it says, and forms that can be filled and sent.</summary>
internal sealed class WebPage
{
    private readonly IHtmlDocument document;

    private WebPage(IHtmlDocument document, int status) => (this.document, Status) = (document, status);

    public int Status { get; }
    public Uri Url => new(document.Url);
    public string Words => string.Join(' ', (document.QuerySelector("main")?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static async Task<WebPage> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var html = await answer.Content.ReadAsStringAsync();
            var browsing = BrowsingContext.New();
            var document = (IHtmlDocument)await browsing.OpenAsync(r => r.Content(html).Address(answer.RequestMessage!.RequestUri));
            return new WebPage(document, (int)answer.StatusCode);
        }
    }

    public IElement? Find(string selector) => document.QuerySelector(selector);

    /// <summary>Of the dated line that says so; null where there is none.</summary>
    public DateTimeOffset? Moment(string words) =>
        document.QuerySelectorAll("ol.dated li").FirstOrDefault(l => l.TextContent.Contains(words, StringComparison.Ordinal))?.QuerySelector("time")?.GetAttribute("datetime") is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The form that has this button, or the first that fits, as it stands, with some fields filled.</summary>
    public (Uri Action, IEnumerable<KeyValuePair<string, string>> Fields) Fill(string selector, params (string Name, string Value)[] fields)
    {
        var form = Find(selector) switch
        {
            IHtmlFormElement f => f,
            IHtmlElement other => other.Closest("form") as IHtmlFormElement,
            _ => null,
        } ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{Url.AbsolutePath.Split('/')[1]}: no form {selector} ({Status}): {Words[..Math.Min(Words.Length, 300)]}"));
        var standing = form.Elements.Select(Standing).OfType<KeyValuePair<string, string>>().Where(f => fields.All(g => g.Name != f.Key));
        return (new Uri(Url, form.GetAttribute("action") ?? ""), [.. standing, .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
    }

    private static KeyValuePair<string, string>? Standing(IHtmlElement field) => field switch
    {
        IHtmlInputElement { Name.Length: > 0 } i when i.Type is not ("submit" or "file" or "checkbox" or "radio") || i.IsChecked => new(i.Name!, i.Value),
        IHtmlTextAreaElement { Name.Length: > 0 } t => new(t.Name!, t.Value),
        IHtmlSelectElement { Name.Length: > 0 } s => new(s.Name!, s.Value ?? ""),
        _ => null,
    };
}
