using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Operation;

/// <summary>A page of the letter without what needs a server: forms and scripts go, links lead to files of the copy or to the original, and it says that it is a copy.</summary>
internal sealed class CopiedPage
{
    private readonly CopiedSite site;
    private readonly Uri address;
    private readonly byte[] bytes;

    public CopiedPage(CopiedSite site, string path, byte[] bytes)
    {
        (this.site, address, this.bytes) = (site, site.AddressOf(path), bytes);
        var page = Parse();
        Leads = [.. Links(page).Select(l => l.To).SelectMany(to => IsAsset(to) ? [to.AbsolutePath] : site.IsCopied(to) ? site.PathsOf(to) : []).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Paths of the site that belong to the copy too.</summary>
    public IReadOnlyList<string> Leads { get; }

    /// <summary>The page as the file at this path of the site.</summary>
    public byte[] Rewritten(string at)
    {
        var page = Parse();
        var original = site.OriginalOf(address);
        foreach (var (element, attribute, to) in Links(page).ToList())
            element.SetAttribute(attribute, site.IsCopied(to) || site.IsRecord(to.AbsolutePath) || IsAsset(to) ? Relative(at, site.FileAt(to)) + to.Fragment : site.OriginalOf(to).AbsoluteUri);
        var canonical = page.Head!.QuerySelector("link[rel=canonical]") ?? page.Head!.AppendChild(page.CreateElement("link")) as IElement;
        canonical!.SetAttribute("rel", "canonical");
        canonical.SetAttribute("href", original.AbsoluteUri);
        page.Body!.QuerySelector(".skip")!.Insert(AdjacentPosition.AfterEnd, Tongue.In(page.DocumentElement.GetAttribute("lang"), () => Banner(original)));
        return Encoding.UTF8.GetBytes("<!doctype html>\n" + page.DocumentElement.OuterHtml + "\n");
    }

    /// <summary>The first page of the folder: what it is, what is in it, and how to check it.</summary>
    public static byte[] Front(CopiedSite site, string? language, string sentence, IEnumerable<string> files) => Tongue.In(language, () =>
    {
        var letter = site.Below(site.LetterPath);
        var data = string.Concat(files.Order(StringComparer.Ordinal).Select(file => $"\n<li><a href=\"{Text(Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal))}\">{Text(file)}</a></li>"));
        return Encoding.UTF8.GetBytes($"""
            <!doctype html>
            <html lang="{Tongue.Current}" dir="{Tongue.Direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>{Said("front-title", Text(site.Shown.AbsoluteUri))}</title></head>
            <body style="max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif">
            <h1>{Said("front-h")}</h1>
            <p>{Says(site, site.Shown)}</p>
            <ul>
            <li><a href="{Text(letter)}/index.html">{Said("front-letter")}</a></li>
            <li><a href="{Text(letter)}/signatories/index.html">{Said("front-signatories")}</a></li>
            <li><a href="{Text(letter)}/editions/index.html">{Said("front-editions")}</a></li>
            <li><a href="{Text(letter)}/verify/index.html">{Said("front-verify")}</a></li>
            </ul>
            <p lang="en" dir="ltr">{Text(sentence)}</p>
            <p>{Said("front-check")} <code dir="ltr">undersigned-verify list ADDRESS-OF-THIS-COPY/{Text(letter)}</code></p>
            <h2>{Said("front-data")}</h2>
            <ul>{data}
            </ul>
            </body></html>

            """);
    });

    private IHtmlDocument Parse()
    {
        var page = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(bytes));
        foreach (var element in page.QuerySelectorAll("script, form, [data-live], iframe, link[rel=preload], link[hreflang], link[type*=oembed], meta[http-equiv=refresh]").ToList())
            element.Remove();
        return page;
    }

    private IEnumerable<(IElement Element, string Attribute, Uri To)> Links(IHtmlDocument page)
    {
        foreach (var element in page.QuerySelectorAll("a[href], link[href], img[src], source[src]"))
        {
            var attribute = element.HasAttribute("href") ? "href" : "src";
            var typed = element.GetAttribute(attribute)!;
            if (!typed.StartsWith('#') && Uri.TryCreate(address, typed, out var to) && to.Scheme is "http" or "https")
                yield return (element, attribute, to);
        }
    }

    // The stylesheet and the icon carry a query that names their content.
    private bool IsAsset(Uri to) => site.IsHere(to) && to.AbsolutePath[(to.AbsolutePath.LastIndexOf('.') + 1)..] is "css" or "svg" or "png" or "ico" && !to.AbsolutePath.Contains("/desk/", StringComparison.Ordinal);

    /// <summary>From a file of the copy to another, both as paths of the site or of the folder.</summary>
    public static string Relative(string from, string to) =>
        Path.GetRelativePath(Path.GetDirectoryName(from)!, to).Replace('\\', '/');

    private string Banner(Uri original) =>
        $"""<aside class="notice heed small" lang="{Tongue.Current}" dir="{Tongue.Direction}" aria-label="{Said("copy")}"><p class="sheet">{Says(site, original)}</p></aside>""";

    private static string Says(CopiedSite site, Uri original)
    {
        var address = Text(original.AbsoluteUri);
        return $"<b>{Said("copy")}</b>{Said("copy-of", $"""<a href="{address}"><bdi dir="ltr">{address}</bdi></a>""", Text(Printed.Moment(site.Made)))}";
    }

    /// <summary>A text of ours; what fills it is HTML.</summary>
    private static string Said(string name, params object[] html) => string.Format(CultureInfo.InvariantCulture, Text(CopyTexts.Of(name)), html);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
