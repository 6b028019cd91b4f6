using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>All about one signature, and what an editor may do with it at any time.</summary>
[StaffOnly(StaffRole.Editor, AuditorReads = true)]
public sealed class OneSignatureModel(UndersignedDb db, TimeProvider time, SignatureHistory history, WorkSignal work) : StaffPage(db, time)
{
    public const int LongestHow = 300;

    public Signature Signature { get; private set; } = null!;
    public IReadOnlyList<HistoryLine> History { get; private set; } = [];
    public IReadOnlyList<EvidenceLine> Evidence { get; private set; } = [];
    public string? DecidedByName { get; private set; }

    [FromRoute(Name = "signatureId")]
    public long SignatureId { get; set; }

    /// <summary>The act just done, or why none was: "changed", "reason", "how", "own-paste", "signed-already".</summary>
    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    /// <summary>An auditor is shown no address, and does nothing here.</summary>
    public string? Address => Role == StaffRole.Auditor ? null : Signature.Email;

    public bool MayRemove => Signature.State is SignatureState.Listed or SignatureState.Admitted;
    public bool MayReinstate => Signature.State == SignatureState.Removed;
    public bool MayLookAgain => Signature.State == SignatureState.Declined && Letter.State != LetterState.Closed;
    public bool MayBeKnown => Signature.Level != SignatureLevel.Known && Signature.Name.Length > 0
        && Signature.State is SignatureState.Listed or SignatureState.Admitted or SignatureState.Confirmed or SignatureState.InReview;
    /// <summary>Then it is for somebody else to say that the person is known.</summary>
    public bool IsOwnPaste { get; private set; }
    public bool MayGetOwnPage => Signature is { Email: not null, State: SignatureState.Listed or SignatureState.Admitted or SignatureState.Confirmed or SignatureState.InReview };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null || !await FindAsync(cancellation))
            return NotFound();
        History = await history.ReadAsync(Signature, cancellation);
        Evidence = await history.EvidenceAsync(Signature, cancellation);
        IsOwnPaste = await Db.IsOwnPasteAsync(Signature, AccountId, cancellation);
        DecidedByName = await history.NameOfAsync(Signature.DecidedBy, cancellation);
        string[] seen = [.. Address is null ? Array.Empty<string>() : ["address"], .. Evidence.Count > 0 ? ["evidence"] : Array.Empty<string>()];
        if (seen.Length > 0)
            await LookedAtAsync(Signature, string.Join(" and ", seen), cancellation);
        return Page();
    }

    /// <summary>Off the list with a public reason; what was let in and never listed is declined.</summary>
    public Task<IActionResult> OnPostRemovalAsync(string? why, CancellationToken cancellation) => ActAsync(async () =>
    {
        if (!MayRemove)
            return "changed";
        if (!StaffWords.IsReason(why))
            return "reason";
        var from = Signature.State;
        await Db.LeaveAsync(Signature, from == SignatureState.Listed ? SignatureState.Removed : SignatureState.Declined, why, Now, cancellation);
        Decided(from == SignatureState.Listed ? "remove" : "decline", from, why);
        return null;
    }, "removed", cancellation);

    public Task<IActionResult> OnPostReinstatementAsync(CancellationToken cancellation) => ActAsync(() =>
    {
        if (!MayReinstate)
            return Task.FromResult<string?>("changed");
        Db.Admit(Signature, Now);
        Signature.DecisionReason = null;
        Decided("reinstate", SignatureState.Removed, null);
        return Task.FromResult<string?>(null);
    }, "reinstated", cancellation);

    public Task<IActionResult> OnPostReviewAsync(CancellationToken cancellation) => ActAsync(() =>
    {
        if (!MayLookAgain)
            return Task.FromResult<string?>("changed");
        SignatureMoves.SetAside(Signature, [Oddity.Ticked], Now);
        Signature.DecisionReason = null;
        Decided("look-again", SignatureState.Declined, null);
        return Task.FromResult<string?>(null);
    }, "set-aside", cancellation);

    public Task<IActionResult> OnPostKnownAsync(string? how, CancellationToken cancellation) => ActAsync(async () =>
    {
        if (!MayBeKnown)
            return "changed";
        if (await Db.IsOwnPasteAsync(Signature, AccountId, cancellation))
            return "own-paste";
        if (how?.Trim() is not { Length: > 0 and <= LongestHow } words)
            return "how";
        var known = Model.Evidence.Of(EvidenceKind.Known, Signature, Now, words);
        known.AccountId = AccountId;
        Db.Evidence.Add(known);
        await Db.EvidenceChangedAsync(Letter, Signature, Now, cancellation);
        Record("mark-known", Signature, Signature.State, Signature.State);
        return null;
    }, "known", cancellation);

    /// <summary>Evidence that was wrong ends; the level follows from what is left.</summary>
    public Task<IActionResult> OnPostEvidenceAsync(long evidence, CancellationToken cancellation) => ActAsync(async () =>
    {
        var one = await Db.Evidence.SingleOrDefaultAsync(e => e.Id == evidence && e.SignatureId == Signature.Id && e.EndedAt == null, cancellation);
        if (one is null)
            return "changed";
        (one.EndedAt, one.EndedBy) = (Now, AccountId);
        await Db.EvidenceChangedAsync(Letter, Signature, Now, cancellation);
        Record("take-back-evidence", Signature, Signature.State, Signature.State, one.Kind.ToString().ToLowerInvariant());
        return null;
    }, "taken-back", cancellation);

    public Task<IActionResult> OnPostOwnPageAsync(CancellationToken cancellation) => ActAsync(() =>
    {
        if (!MayGetOwnPage)
            return Task.FromResult<string?>("changed");
        Db.Queue(Signature, MailKind.OwnPage, Now);
        Record("send-own-page", Signature);
        return Task.FromResult<string?>(null);
    }, "mailed", cancellation);

    private async Task<IActionResult> ActAsync(Func<Task<string?>> act, string did, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotFound();
        if (await act() is { } refused)
            return Here(refused);
        try
        {
            await Db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Here("changed");
        }
        catch (DbUpdateException)
        {
            // The unique index: this mailbox has signed again since.
            return Here("signed-already");
        }
        work.Poke();
        return Here(did);
    }

    private void Decided(string what, SignatureState from, string? reason)
    {
        (Signature.DecidedBy, Signature.DecidedAt) = (AccountId, Now);
        Record(what, Signature, from, Signature.State, reason);
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var signature = await Db.Signatures.SingleOrDefaultAsync(s => s.Id == SignatureId && s.LetterId == Letter.Id, cancellation);
        if (signature is null)
            return false;
        Signature = signature;
        return true;
    }

    private LocalRedirectResult Here(string did) => LocalRedirect($"~/desk/letters/{Letter.Id}/signatures/{SignatureId}?did={did}");
}
