using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Updates;

/// <summary>
/// What was published under a letter as a feed, as in RFC 4287, newest first: updates, responses, deliveries, events, editions. An id is the name of the letter's record,
/// which stays when the site moves, and the entry; what was corrected keeps its id and has a later `updated`. The subtitle prints time, size and root.
/// </summary>
public static class Feed
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const int Latest = 50;

    public static void MapFeed(this WebApplication app) =>
        app.MapGet("/letters/{slug}/feed.atom", Show).WithMetadata(new PublicPageAttribute());

    private static IResult Show(string slug, PublishedLetters letters, LetterText text, Instance instance, IStringLocalizer<UpdatesTexts> texts, IStringLocalizer<LettersTexts> words)
    {
        if (letters.Find(slug) is not { } letter)
            return Results.NotFound();
        var under = UnderLetter.Of(letter);
        var entries = under.All.Select(v => Entry(v, letter, instance, text, words))
            .Concat(letter.Posts.Where(p => p.Kind == PostKind.Edition).Select(p => EditionEntry(p, letter, instance)))
            .Concat(LetterTranslation.LatestOf(letter).Select(t => TranslationEntry(t, letter, instance, text)))
            .OrderByDescending(e => e.Updated).ThenByDescending(e => e.Id).Take(Latest).ToList();
        return Results.Bytes(Write(letter, entries, instance, Says(letter, texts, words)), "application/atom+xml; charset=utf-8");
    }

    private static string Says(PublishedLetter letter, IStringLocalizer<UpdatesTexts> texts, IStringLocalizer<LettersTexts> words)
    {
        var (signed, imported) = (letter.Counts.SignedHere, letter.Counts.Imported);
        return texts[signed switch { 0 => "feed-says-none", 1 => "feed-says-one", _ => "feed-says" },
            Printed.Number(signed), imported == 0 ? "" : $" {words.OwnList(imported)}.", Printed.Moment(letter.At.EntryAt), Printed.Number(letter.Size), letter.Fingerprint];
    }

    private static FeedEntry Entry(PostView view, PublishedLetter letter, Instance instance, LetterText text, IStringLocalizer<LettersTexts> texts)
    {
        var words = view.Words;
        var html = new StringBuilder();
        if (words.Quotation is { } quotation)
            html.Append("<blockquote>").Append(Escaped(quotation)).Append("</blockquote>");
        if (words.Delivery is { } delivery)
            html.Append("<p>").Append(Escaped(delivery.In(texts))).Append("</p>");
        html.Append(Rendered(text.Html(words.Body)));
        if (view.Kind != PostKind.Draw && words.Source is { } source)
            html.Append("<p>").Append(words.SourceLink is { } link ? $"<a href=\"{Escaped(link.AbsoluteUri)}\">{Escaped(link.Host)}</a>" : Escaped(source)).Append("</p>");
        return new FeedEntry(IdOf(letter, (view.First ?? view.Post!).Entry), words.Title, instance.UrlOf(view.Path!), view.At, view.Post!.At, html.ToString(), view.Kind);
    }

    private static FeedEntry EditionEntry(PublishedPost post, PublishedLetter letter, Instance instance) => new(
        IdOf(letter, post.Entry), post.Words.Title, instance.UrlOf(FormattableString.Invariant($"/letters/{letter.Letter.Slug}/editions/{post.Words.Number}/changes")),
        post.At, post.At, $"<p>{Escaped(post.Words.Body)}</p>", PostKind.Edition);

    // What was corrected keeps the id of the first.
    private static FeedEntry TranslationEntry(LetterTranslation translation, PublishedLetter letter, Instance instance, LetterText text)
    {
        var first = LetterTranslation.VersionsOf(letter, translation.Language)[^1].Post;
        return new FeedEntry(IdOf(letter, first.Entry), translation.Words.Title, instance.UrlOf(LetterTranslation.PathOf(letter.Letter, translation.Language)), first.At, translation.Post.At, Rendered(text.Html(translation.Words.Body)), PostKind.Translation)
        {
            Language = translation.Language,
        };
    }

    private static string IdOf(PublishedLetter letter, long entry) => string.Create(CultureInfo.InvariantCulture, $"https://{letter.Origin}#{entry}");

    private static byte[] Write(PublishedLetter letter, List<FeedEntry> entries, Instance instance, string says)
    {
        var path = "/letters/" + letter.Letter.Slug;
        var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, letter.Words.Language);
            xml.WriteElementString("id", Atom, "https://" + letter.Origin);
            xml.WriteElementString("title", Atom, letter.Words.Title);
            xml.WriteElementString("subtitle", Atom, says);
            xml.WriteElementString("updated", Atom, Printed.Machine(entries.Count > 0 ? entries[0].Updated : letter.OpenedAt));
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, letter.Words.Organiser.Length > 0 ? letter.Words.Organiser : instance.PublicUrl.Host);
            xml.WriteEndElement();
            Link(xml, "self", instance.UrlOf(path + "/feed.atom"), "application/atom+xml");
            Link(xml, "alternate", instance.UrlOf(path + "/updates"), "text/html");
            foreach (var entry in entries)
                Write(xml, entry);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void Write(XmlWriter xml, FeedEntry entry)
    {
        xml.WriteStartElement("entry", Atom);
        if (entry.Language is { } language)
            xml.WriteAttributeString("xml", "lang", null, language);
        xml.WriteElementString("id", Atom, entry.Id);
        xml.WriteElementString("title", Atom, Printable(entry.Title));
        Link(xml, "alternate", entry.Address, "text/html");
        xml.WriteElementString("published", Atom, Printed.Machine(entry.Published));
        xml.WriteElementString("updated", Atom, Printed.Machine(entry.Updated));
        xml.WriteStartElement("category", Atom);
        xml.WriteAttributeString("term", entry.Kind.ToString().ToLowerInvariant());
        xml.WriteEndElement();
        xml.WriteStartElement("content", Atom);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(Printable(entry.Html));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string address, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Escaped(string text) => System.Net.WebUtility.HtmlEncode(text);

    // A character that XML cannot hold would fail the whole feed.
    private static string Printable(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value is '\n' or '\t' or >= 0x20 and not (0xFFFE or 0xFFFF)));

    private static string Rendered(IHtmlContent html)
    {
        using var writer = new StringWriter();
        html.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return writer.ToString();
    }

    private sealed record FeedEntry(string Id, string Title, string Address, DateTimeOffset Published, DateTimeOffset Updated, string Html, PostKind Kind)
    {
        /// <summary>Where it is not the letter's.</summary>
        public string? Language { get; init; }
    }
}
