using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Press;

/// <summary>A quotation with the signer whose words it is.</summary>
public sealed record DeskQuotation(Quotation Quotation, Signature Signature)
{
    /// <summary>On the public page at this moment.</summary>
    public bool IsShown => Quotation.State == QuotationState.Agreed && Signature.State == SignatureState.Listed;
}

/// <summary>
/// Words of signers for the public press page: the signer is asked, and agrees on their own page; or an editor writes down that they agreed,
/// how and when. Either side takes it back.
/// </summary>
[StaffOnly(StaffRole.Editor)]
public sealed class QuotationsModel(UndersignedDb db, PublishedLetters published, WorkSignal work, TimeProvider time) : StaffPage(db, time)
{
    private const int LongestNote = 300;
    private const int MostShown = 200;

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }
    [BindProperty]
    public string? Text { get; set; }
    /// <summary>"ask" or "recorded".</summary>
    [BindProperty]
    public string? Way { get; set; }
    [BindProperty]
    public string? Note { get; set; }
    [BindProperty]
    public string? Day { get; set; }
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public IReadOnlyList<DeskQuotation> All { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellation)
    {
        (Way, Day) = ("ask", Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return LoadAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        (Who, Text, Note) = (Who?.Trim(), string.Join(' ', (Text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('"', '“', '”', '„', '«', '»', ' '), Note?.Trim());
        var signature = await FindAsync(cancellation);
        if (Text.Length is 0 or > Quotation.Longest)
            ModelState.AddModelError(nameof(Text), Text.Length == 0 ? "Which words shall be quoted?" : $"A quotation has at most {Quotation.Longest} characters; this one has {Text.Length}.");
        var agreedOn = Way == "recorded" ? ReadAgreement() : null;
        if (Way != "recorded" && signature is not null && !EmailAddress.TryParse(signature.Email, out _, out _))
            ModelState.AddModelError(nameof(Way), "We have no address of this signer to ask at. If they have agreed, write down how and when.");
        if (!ModelState.IsValid || signature is null)
        {
            await LoadAsync(cancellation);
            return Page();
        }
        if (agreedOn is { } day)
            Db.RecordQuotation(signature, Text, Note!, day, AccountId, Now);
        else
            Db.AskForQuotation(signature, Text, AccountId, Now);
        Record(agreedOn is null ? "ask-quotation" : "record-quotation", signature);
        await SaveAsync(cancellation);
        return LocalRedirect($"~/desk/letters/{Letter.Id}/quotations?done={(agreedOn is null ? "asked" : "recorded")}");
    }

    public async Task<IActionResult> OnPostBackAsync(long quotation, CancellationToken cancellation)
    {
        var one = await Db.Quotations.SingleOrDefaultAsync(q => q.Id == quotation && q.LetterId == Letter.Id, cancellation);
        if (one is null)
            return NotFound();
        if (!await Db.TakeBackAsync(one, Now, cancellation))
            return LocalRedirect($"~/desk/letters/{Letter.Id}/quotations?done=changed");
        Record("take-back-quotation", await Db.Signatures.SingleAsync(s => s.Id == one.SignatureId, cancellation));
        try
        {
            await SaveAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return LocalRedirect($"~/desk/letters/{Letter.Id}/quotations?done=changed");
        }
        return LocalRedirect($"~/desk/letters/{Letter.Id}/quotations?done=back");
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        await Db.SaveChangesAsync(cancellation);
        await published.RefreshAsync(cancellation);
        work.Poke();
    }

    // By number where one is typed, else by the name as it stands.
    private async Task<Signature?> FindAsync(CancellationToken cancellation)
    {
        var typed = (Who ?? "").TrimStart('№', '#', ' ');
        var standing = Db.Signatures.Where(s => s.LetterId == Letter.Id && (s.State == SignatureState.Listed || s.State == SignatureState.Admitted));
        var folded = NameFolding.Fold(typed);
        var found = int.TryParse(typed, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? await standing.Where(s => s.Number == number).OrderBy(s => s.Id).Take(2).ToListAsync(cancellation)
            : folded.Length == 0 ? [] : await standing.Where(s => s.FoldedName == folded).OrderBy(s => s.Id).Take(2).ToListAsync(cancellation);
        if (found.Count == 1)
            return found[0];
        ModelState.AddModelError(nameof(Who), found.Count == 0
            ? typed.Length == 0 ? "Whose words are they? Type the number or the whole name." : $"Nobody of the number or name “{typed}” stands on the list."
            : $"More than one signer is called “{typed}”: type the number.");
        return null;
    }

    private DateTimeOffset? ReadAgreement()
    {
        if (Note is not { Length: > 0 and <= LongestNote })
            ModelState.AddModelError(nameof(Note), $"How did they agree? “By telephone, to Hyacinth”, at most {LongestNote} characters.");
        if (!DateTimeOffset.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            ModelState.AddModelError(nameof(Day), "On which day? Written 2026-03-01.");
        else if (day > Now)
            ModelState.AddModelError(nameof(Day), $"{Printed.Day(day)} is still to come.");
        return day;
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var all = await Db.Quotations.AsNoTracking().Where(q => q.LetterId == Letter.Id).OrderByDescending(q => q.Id).Take(MostShown)
            .Join(Db.Signatures.AsNoTracking(), q => q.SignatureId, s => s.Id, (q, s) => new { Quotation = q, Signature = s }).ToListAsync(cancellation);
        All = [.. all.OrderByDescending(q => q.Quotation.Id).Select(q => new DeskQuotation(q.Quotation, q.Signature))];
        // What is not public was said to the desk alone.
        if (All.Count(q => !q.IsShown) is > 0 and var hidden)
            await LookedAtAsync(null, $"{StaffWords.Count(hidden, "quotation that is", "quotations that are")} not public", cancellation);
    }

    public static (string Words, string Tone) StateOf(DeskQuotation one) => one.Quotation.State switch
    {
        QuotationState.Asked => ("asked, no answer yet", "heed"),
        QuotationState.Declined => ("the signer said no", "idle"),
        QuotationState.TakenBack => ("taken back", "idle"),
        _ => one.IsShown ? ("on the page for the press", "sound") : ("agreed, but the signer does not stand on the list", "heed"),
    };
}
