using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Press;

/// <summary>How the list is cited: as an edition, or as it stands.</summary>
public sealed record Citation(string Id, string Label, string Text);

/// <summary>Words of a signatory who stands, and agreed to them.</summary>
public sealed record QuotedSigner(int Number, ShownLine Line, string Text, AgreementHow How, DateTimeOffset AgreedAt);

/// <summary>
/// What a newspaper needs: wordings that stay true, how to cite, who may be quoted, how signatures were checked, and whom to ask. Public;
/// the desk's own pages of numbers and of whom the press may call are something else.
/// </summary>
[PublicPage]
public sealed class PressPageModel(
    PublishedLetters letters, PastLists past, UndersignedDb db, FacetCache facets, Wordings wordings, Instance instance, IStringLocalizer<SharedTexts> shared, IStringLocalizer<PressTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public IReadOnlyList<Wording> Wordings { get; private set; } = [];
    public IReadOnlyList<Citation> Citations { get; private set; } = [];
    public IReadOnlyList<string> Methods { get; private set; } = [];
    public IReadOnlyList<QuotedSigner> Quoted { get; private set; } = [];
    /// <summary>Announced draws, newest first, each with its statement where there is one.</summary>
    public IReadOnlyList<(PublishedPost Draw, PublishedPost? Statement)> Samples { get; private set; } = [];
    public TimeChart? OverTime { get; private set; }
    /// <summary>What was said and done since, deliveries among it.</summary>
    public UnderLetter Under { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        (Published, Under) = (letter, UnderLetter.Of(letter));
        var counts = await facets.OfAsync(letter);
        Wordings = wordings.Of(letter, counts);
        Citations = await CiteAsync(letter, cancellation);
        Methods = MethodsStatement.Of(texts, shared, letter, letter.Edition is null ? 0 : await db.EditionsAt(letter.Letter.Id, letter.Size).CountAsync(cancellation), await AloneAsync(letter, cancellation));
        var quoted = await db.QuotedAt(letter).ToListAsync(cancellation);
        Quoted = [.. quoted.Select(q => new QuotedSigner(q.Number, ShownLine.FromRecord(q.Record), q.Quotation.Text, q.Quotation.AgreedHow!.Value, q.Quotation.AgreedAt!.Value))];
        OverTime = counts.Hours.Count == 0 ? null : new TimeChart("days", TimeSeries.Of(counts.Hours, letter.At.EntryAt));
        Samples = [.. letter.Posts.Where(p => p.Kind == PostKind.Draw).OrderByDescending(p => p.Entry).Select(d => (d, letter.Posts.FirstOrDefault(p => p.Kind == PostKind.Audit && p.Words.Draw == d.Entry)))];
        ViewData.Frame(LayoutModel.Of(letter, texts["press-title", letter.Words.Title], "press"));
        return Page();
    }

    // Where one person keeps a list, nobody else can look at what they enter.
    private Task<int> AloneAsync(PublishedLetter letter, CancellationToken cancellation) =>
        db.Lines.StandingAt(letter).Join(db.Signatures, l => l.SignatureId, s => s.Id, (l, s) => s).CountAsync(s => s.ImportedBy != null && s.DecidedBy == s.ImportedBy, cancellation);

    /// <summary>What would say too much: how many were not checked beyond an address, and how many have not confirmed at all.</summary>
    public string DoNotWrite
    {
        get
        {
            var counts = Published.Counts;
            string[] clauses = [.. Clause(counts.Email, "do-not-email-one", "do-not-email"), .. Clause(counts.Imported, "do-not-imported-one", "do-not-imported")];
            return texts[counts.Standing == 1 ? "do-not-write-one" : "do-not-write", Printed.Number(counts.Standing), clauses.Length == 2 ? texts["do-not-both", clauses[0], clauses[1]].Value : clauses[0]];
        }
    }

    private IEnumerable<string> Clause(int people, string one, string more) =>
        people switch { 0 => [], 1 => [texts[one]], _ => [texts[more, Printed.Number(people)]] };

    public string AuditCommand(PublishedPost draw) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"undersigned-verify audit {instance.UrlOf($"/letters/{Published.Letter.Slug}")} --draw {draw.Entry} --drawn");

    private async Task<IReadOnlyList<Citation>> CiteAsync(PublishedLetter letter, CancellationToken cancellation)
    {
        var cited = new List<Citation>();
        if (letter.Edition is { } edition && await past.AtSizeAsync(letter, edition.Size, cancellation) is { } then)
            cited.Add(new Citation("cite-edition", texts["cite-edition", edition.Number], Cite(then, texts["cite-in-edition", edition.Number], $"/editions/{edition.Number}")));
        cited.Add(new Citation("cite-now", texts["cite-now", Printed.Moment(letter.At.EntryAt)], Cite(letter, "", $"/signatories?at={Printed.Machine(letter.At.EntryAt)}")));
        return cited;
    }

    private string Cite(PublishedLetter letter, string edition, string path)
    {
        var (counts, words) = (letter.Counts, letter.Words);
        var imported = counts.Imported == 0 ? "" : " " + texts[counts.Imported == 1 ? "cite-imported-one" : "cite-imported", Printed.Number(counts.Imported)];
        return texts[counts.SignedHere switch { 0 => "cite-none", 1 => "cite-one", _ => "cite" }, words.Title, Printed.Day(letter.OpenedAt), Printed.Number(counts.SignedHere), Printed.Moment(letter.At.EntryAt), edition, imported, words.Organiser,
            instance.UrlOf($"/letters/{letter.Letter.Slug}{path}"), Printed.Number(letter.Size), Convert.ToHexStringLower(letter.At.Root)];
    }
}
