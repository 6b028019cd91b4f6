using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>The signer's own page, behind the link in their mail: where it stands, how it got there, and everything they can do about it.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed partial class OwnModel(UndersignedDb db, PublishedLetters published, InstanceKeys keys, OwnActs acts, FormCheck check, Instance instance, TimeProvider time) : TokenPage(db, published, keys)
{
    public Correction? Correction { get; private set; }
    /// <summary>Index of the entry of the log that brought the line onto the list.</summary>
    public long? Entry { get; private set; }
    /// <summary>What the signer reads of the evidence: all but the roster. One voucher alone says nothing yet.</summary>
    public IEnumerable<Evidence> Told => Signature.ToldOf(Evidence);
    public bool MayAdd => !IsLeftOver && Signature.ConfirmedAt is not null && OwnActs.MayWithdraw(Signature);
    public bool HasAccounts => instance.Issuers.Count > 0 || Evidence.Any(e => e.Kind == EvidenceKind.Account);
    public bool MayVouch => Signature.MayVouch(Evidence);
    public string VouchLink => instance.UrlIn(Words.Language, "/vouch/" + Keys.Token(TokenPurpose.Vouch, Signature.Id));
    public bool LacksTick { get; private set; }
    /// <summary>The quotation that was agreed to without its tick.</summary>
    public long? LacksMine { get; private set; }
    /// <summary>A withdrawal or erasure that waits for a person.</summary>
    public Inquiry? Held { get; private set; }

    /// <summary>The letter was closed for good before it came onto the list.</summary>
    public bool IsLeftOver { get; private set; }

    /// <summary>Words that the press may print if they agree, or may since they did.</summary>
    public IReadOnlyList<Quotation> Quotations { get; private set; } = [];

    /// <summary>The two private ticks, as kept or as typed.</summary>
    [BindProperty]
    public PrivateTicks Ticks { get; set; } = new();
    [FromQuery]
    public bool Kept { get; set; }

    public string Here => "signature/" + Token;
    public bool Stands => Signature.State == SignatureState.Listed;
    public bool IsForgotten => Signature.State is SignatureState.Erased or SignatureState.Expired;
    public bool MaySignAgain => Signature.State is SignatureState.Withdrawn or SignatureState.Erased && Letter is { IsOpenForSigning: true };

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnGetReceiptAsync()
    {
        if (!await OpenAsync() || await ReceiptWriter.WriteAsync(Db, Signature.Id, HttpContext.RequestAborted) is not { } receipt)
            return NotFound();
        return File(receipt, "application/octet-stream", string.Create(CultureInfo.InvariantCulture, $"signature-{Signature.Number}.tlog-proof"));
    }

    public async Task<IActionResult> OnPostConfirmationAsync(bool sure)
    {
        if (!await OpenAsync())
            return NotFound();
        return sure ? await BackAsync(acts.ConfirmAsync(Signature.Id, HttpContext.RequestAborted)) : Untick();
    }

    public async Task<IActionResult> OnPostErasureAsync(bool sure)
    {
        if (!await OpenAsync())
            return NotFound();
        return sure ? await BackAsync(acts.EraseAsync(Signature.Id, HttpContext.RequestAborted)) : Untick();
    }

    public async Task<IActionResult> OnPostTicksAsync()
    {
        var typed = Ticks;
        if (!await OpenAsync())
            return NotFound();
        Ticks = typed;
        ModelState.Clear();
        check.Ticks(typed, ModelState, nameof(Ticks));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await acts.TickAsync(Signature.Id, typed, HttpContext.RequestAborted);
        return LocalRedirect($"~/{Here}?kept=true#private");
    }

    public async Task<IActionResult> OnPostQuotationAsync(long quotation, string? answer, bool mine)
    {
        if (!await OpenAsync())
            return NotFound();
        if (answer == "agree" && !mine)
        {
            LacksMine = quotation;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await acts.AnswerQuotationAsync(Signature.Id, quotation, answer == "agree", HttpContext.RequestAborted);
        return LocalRedirect($"~/{Here}#quotations");
    }

    private async Task<LocalRedirectResult> BackAsync(Task<bool> act)
    {
        await act;
        return LocalRedirect("~/" + Here);
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Untick()
    {
        LacksTick = true;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> OpenAsync()
    {
        if (!await FindAsync(TokenPurpose.Own))
            return false;
        Ticks = PrivateTicks.Of(Signature);
        // What was let in before the closing comes onto the list before it.
        IsLeftOver = Letter.State == LetterState.Closed && Signature is { Number: null, State: SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted }
            && !(Signature.State == SignatureState.Admitted && await Db.Changes.AnyAsync(c => c.LetterId == Letter.Id && c.Kind == ChangeKind.Close, HttpContext.RequestAborted));
        Correction = await Db.Corrections.AsNoTracking().Where(c => c.SignatureId == Signature.Id).OrderByDescending(c => c.Id).FirstOrDefaultAsync(HttpContext.RequestAborted);
        Held = await Db.Inquiries.AsNoTracking().Where(i => i.SignatureId == Signature.Id && i.State == InquiryState.Waiting
            && (i.Kind == InquiryKind.Withdrawal || i.Kind == InquiryKind.Erasure)).OrderByDescending(i => i.Kind == InquiryKind.Erasure).FirstOrDefaultAsync(HttpContext.RequestAborted);
        if (OwnActs.MayBeQuoted(Signature))
            Quotations = await Db.Quotations.AsNoTracking().Where(q => q.SignatureId == Signature.Id && (q.State == QuotationState.Asked || q.State == QuotationState.Agreed)).OrderBy(q => q.Id).ToListAsync(HttpContext.RequestAborted);
        if (Signature.Number is not null)
            Entry = await Db.Lines.Where(l => l.SignatureId == Signature.Id).OrderBy(l => l.LeafIndex).Select(l => (long?)l.RecordIndex).FirstOrDefaultAsync(HttpContext.RequestAborted);
        return true;
    }
}
