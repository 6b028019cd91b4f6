using System.Xml.Linq;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Embeds;

/// <summary>What search engines may find (sitemaps.org): the public letters and their lists, each with the time of its last change.</summary>
public static class SitemapApi
{
    private static readonly XNamespace Names = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly string[] Pages = ["", "/signatories", "/editions", "/verify", "/embed"];

    public static void MapSitemap(this WebApplication app) =>
        app.MapGet("/sitemap.xml", Show).WithMetadata(new PublicPageAttribute());

    private static IResult Show(PublishedLetters letters, Instance instance)
    {
        var pages = letters.All.SelectMany(l => Pages.Concat(LetterTranslation.LatestOf(l).Select(t => "/translations/" + t.Language)).Select(p => Entry(instance.UrlOf($"/letters/{l.Letter.Slug}{p}"), l.At.EntryAt)));
        var map = new XDocument(new XDeclaration("1.0", "utf-8", null), new XElement(Names + "urlset", new XElement(Names + "url", new XElement(Names + "loc", instance.UrlOf("/"))), pages));
        return Results.Text(map.Declaration + "\n" + map, "application/xml");
    }

    private static XElement Entry(string address, DateTimeOffset changed) =>
        new(Names + "url", new XElement(Names + "loc", address), new XElement(Names + "lastmod", Printed.Machine(changed)));
}
