using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.SignatoryList;

namespace Undersigned.Pdf;

/// <summary>What there is to set: a published letter with the list of an edition, or a letter before its publication with the names that were let in.</summary>
public sealed class PrintedLetters(UndersignedDb db, PublishedLetters letters, PastLists past, ListQuery query, Instance instance, IStringLocalizer<PdfTexts> texts, IStringLocalizer<LettersTexts> words)
{
    /// <summary>The list of an edition as it is shown today; null where there is no such edition, or its letter is not public.</summary>
    public async Task<(Edition Edition, PublishedLetter Then, PublishedLetter Today)?> FindAsync(string slug, int number, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } today)
            return null;
        var edition = await db.EditionsAt(today.Letter.Id, today.Size).AsNoTracking().SingleOrDefaultAsync(e => e.Number == number, cancellation);
        return edition is not null && await past.AtSizeAsync(today, edition.Size, cancellation) is { } then ? (edition, then, today) : null;
    }

    public async Task<PrintedLetter?> OfAsync(LetterPdf row, TimeProvider time, CancellationToken cancellation)
    {
        var letter = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == row.LetterId, cancellation);
        if (row.Edition is { } number)
            return await FindAsync(letter.Slug, number, cancellation) is { } found ? await OfAsync(found.Edition, found.Then, found.Today, cancellation) : null;
        var copy = await db.EmbargoCopies.AsNoTracking().SingleAsync(c => c.Id == row.EmbargoCopyId, cancellation);
        return letter.IsPublic || copy.IsOff ? null : await OfAsync(letter, copy, time.GetUtcNow(), cancellation);
    }

    private async Task<PrintedLetter> OfAsync(Edition edition, PublishedLetter then, PublishedLetter today, CancellationToken cancellation)
    {
        var mark = await db.ShownMarkAsync(then, cancellation);
        var shown = int.Parse(mark.Split('.')[0], CultureInfo.InvariantCulture);
        var (counts, moment) = (then.Counts, Printed.Moment(then.At.EntryAt));
        var left = counts.Standing - counts.Withheld - shown;
        return new PrintedLetter
        {
            Words = then.Words,
            Kicker = Kicker(LetterView.Of(then)),
            To = To(then.Words),
            Lead = texts[Of(counts.SignedHere, "lead-none", "lead-one", "lead"), Printed.Number(counts.SignedHere), moment, edition.Number, then.Words.Organiser, OwnList(counts.Imported)],
            Notice = left == 0 ? null : left == 1 ? texts["left-one"].Value : texts["left", Printed.Number(left)].Value,
            Foot = texts["foot", moment, Printed.Number(then.Size), then.Fingerprint],
            Mark = mark,
            AsOf = edition.At,
            Count = shown,
            Withheld = counts.Withheld,
            Address = instance.UrlOf($"/letters/{then.Letter.Slug}/editions/{edition.Number}"),
            Names = c => NamesAsync(filter => new AskedList(then, today, filter) { Edition = edition }, counts.Imported > 0, c),
        };
    }

    // Who signed here, then the maintainers' own list: nobody takes the one for the other.
    private async IAsyncEnumerable<PrintedName> NamesAsync(Func<ListFilter, AskedList> asked, bool hasImported, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var list = asked(ListFilter.None);
        var first = (await db.PutFirstAsync(list.Letter, cancellation)).Where(l => l.Level != SignatureLevel.Imported).Select(l => (l.Number, Line: ShownLine.FromRecord(l.Record))).ToList();
        foreach (var one in first)
            yield return new PrintedName(one.Line, PrintedName.First);
        await foreach (var line in query.EachAsync(list, cancellation))
            if (line.Level != SignatureLevel.Imported && first.All(f => f.Number != line.Number))
                yield return new PrintedName(line.Shown, list.IsByTime ? PrintedName.Unsorted : line.Initial);
        if (!hasImported)
            yield break;
        var heading = texts["own-list-h"].Value;
        await foreach (var line in query.EachAsync(asked(ListFilter.Of(SignatureLevel.Imported)), cancellation))
        {
            yield return new PrintedName(line.Shown, list.IsByTime ? PrintedName.Unsorted : line.Initial) { Heading = heading };
            heading = null;
        }
    }

    private async Task<PrintedLetter> OfAsync(Letter letter, EmbargoCopy copy, DateTimeOffset now, CancellationToken cancellation)
    {
        var (written, names) = (LetterWords.Of(letter), await LetInAsync(letter, cancellation));
        var moment = Printed.Moment(now);
        var imported = names.Count(n => n.IsImported);
        var signed = names.Count - imported;
        return new PrintedLetter
        {
            Words = written,
            Kicker = Kicker(LetterView.Of(letter)),
            To = To(written),
            Lead = texts[Of(signed, "embargo-lead-none", "embargo-lead-one", "embargo-lead"), Printed.Number(signed), moment, written.Organiser, OwnList(imported)],
            Notice = letter.PublishAt is { } at ? texts["embargo-until", copy.Outlet, Printed.Moment(at)] : texts["embargo", copy.Outlet],
            Foot = texts["embargo-foot", moment, Printed.Number(signed), imported == 0 ? "" : texts["foot-own-list", Printed.Number(imported)].Value],
            Head = texts["embargo-head", copy.Outlet],
            Mark = Mark(letter, names),
            AsOf = now,
            Count = names.Count,
            Names = c => names.Select((n, i) => new PrintedName(n.Line, n.Initial) { Heading = n.IsImported && i == signed ? texts["own-list-h"].Value : null }).ToAsyncEnumerable(),
        };
    }

    /// <summary>Tells what would be printed now for an outlet from what was printed before.</summary>
    public async Task<string> EmbargoMarkAsync(Letter letter, CancellationToken cancellation) => Mark(letter, await LetInAsync(letter, cancellation));

    private static string Mark(Letter letter, List<LetIn> names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] parts = [letter.Title, letter.Body, letter.Addressees, letter.Language, letter.Organiser, letter.PublishAt?.ToString("O", CultureInfo.InvariantCulture) ?? "", .. letter.Demands, .. names.Select(n => (n.IsImported ? "imported " : "") + n.Line.ToRecord())];
        foreach (var part in parts)
            hash.AppendData(Encoding.UTF8.GetBytes(part + "\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    // Before publication there is no list yet: who was let in will be on it. A private letter has some thousands at most.
    private async Task<List<LetIn>> LetInAsync(Letter letter, CancellationToken cancellation)
    {
        var signatures = await db.Signatures.AsNoTracking().Where(s => s.LetterId == letter.Id && s.State == SignatureState.Admitted)
            .Select(s => new { s.Id, s.Name, s.Posts, s.Location, s.Level }).ToListAsync(cancellation);
        return [.. signatures.Select(s => new LetIn(NameFolding.SortKey(s.Name), s.Id, ShownLine.Of(s.Name, s.Posts, s.Location), s.Level == SignatureLevel.Imported))
            .OrderBy(n => n.IsImported).ThenBy(n => n.Sort, StringComparer.Ordinal).ThenBy(n => n.Id)];
    }

    private sealed record LetIn(string Sort, long Id, ShownLine Line, bool IsImported)
    {
        public char Initial => Sort.Length > 0 && char.IsAsciiLetter(Sort[0]) ? char.ToUpperInvariant(Sort[0]) : '#';
    }

    private static string Of(int people, string none, string one, string more) => people switch { 0 => none, 1 => one, _ => more };

    private string OwnList(int imported) => imported == 0 ? "" : $" {words.OwnList(imported)}.";

    private string? To(LetterWords letter) => letter.Addressees == letter.Addressee ? null : words["to-whom-full", letter.Addressees].Value;

    private string Kicker(LetterView view) => view.Addressee.Length > 0 ? words["kicker-to", view.Addressee] : words["kicker"];
}
