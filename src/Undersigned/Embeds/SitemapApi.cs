using System.Xml.Linq;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Embeds;

/// <summary>What search engines may find (sitemaps.org): the public letters, their lists and what there is about them, each with the time of the letter's last change.</summary>
public static class SitemapApi
{
    private static readonly XNamespace Names = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly string[] Pages = ["", "/signatories", "/editions", "/press", "/verify", "/embed"];

    public static void MapSitemap(this WebApplication app) =>
        app.MapGet("/sitemap.xml", Show).WithMetadata(new PublicPageAttribute());

    private static IResult Show(PublishedLetters letters, Instance instance)
    {
        var pages = letters.All.SelectMany(l => PathsOf(l).Select(p => Entry(instance.UrlOf(p), l.At.EntryAt)));
        var map = new XDocument(new XDeclaration("1.0", "utf-8", null), new XElement(Names + "urlset", new XElement(Names + "url", new XElement(Names + "loc", instance.UrlOf("/"))), pages));
        return Results.Text(map.Declaration + "\n" + map, "application/xml");
    }

    // A page that says "nothing yet" is not found by search.
    private static IEnumerable<string> PathsOf(PublishedLetter letter)
    {
        var (home, under) = ("/letters/" + letter.Letter.Slug, UnderLetter.Of(letter));
        return
        [
            .. Pages.Select(p => home + p),
            .. letter.Counts.Standing > 0 ? [home + "/statistics"] : Array.Empty<string>(),
            .. letter.Revision.Number > 1 ? [home + "/revisions"] : Array.Empty<string>(),
            .. under.IsEmpty ? [] : under.All.Select(v => v.Path!).Prepend(home + "/updates"),
            .. LetterTranslation.LatestOf(letter).Select(t => LetterTranslation.PathOf(letter.Letter, t.Language)),
        ];
    }

    private static XElement Entry(string address, DateTimeOffset changed) =>
        new(Names + "url", new XElement(Names + "loc", address), new XElement(Names + "lastmod", Printed.Machine(changed)));
}
