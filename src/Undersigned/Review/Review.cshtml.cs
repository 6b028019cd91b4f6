using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>A signature beside the claim whose name looks like its own.</summary>
public sealed record SimilarLine(LookAlike Like, Signature Signature, IReadOnlyList<ComparedPart> Parts, bool SameDomain);

/// <summary>One claim that was set aside, what speaks about it, and the decision; then the next.</summary>
[StaffOnly(StaffRole.Reviewer)]
public sealed class ReviewModel(UndersignedDb db, TimeProvider time, ReviewQueue queue, SignatureHistory history, InstanceKeys keys, WorkSignal work) : StaffPage(db, time)
{
    private const int MostSimilar = 4;

    public Queue Queue { get; private set; } = null!;
    public Signature? Claim { get; private set; }
    public IReadOnlyList<SimilarLine> Similar { get; private set; } = [];
    public IReadOnlyList<HistoryLine> Before { get; private set; } = [];
    public IReadOnlyList<EvidenceLine> Evidence { get; private set; } = [];
    /// <summary>The name is on the roster, and this address is not: a hint, no proof.</summary>
    public bool IsNameOnRoster { get; private set; }
    public int OthersFromDomain { get; private set; }
    public string? DecidedByName { get; private set; }
    public int DecidedToday { get; private set; }
    public DateTimeOffset ShownAt => Now;

    [FromRoute(Name = "signatureId")]
    public long? SignatureId { get; set; }

    /// <summary>The decision just made: "admitted" or "declined".</summary>
    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    /// <summary>Why the last press decided nothing: "decided", "changed", "reason", "closed".</summary>
    [BindProperty(SupportsGet = true, Name = "refused")]
    public string? Refused { get; set; }

    public bool Waits => Claim?.State == SignatureState.InReview;

    public string MaskedAddress => Claim?.Email is { } email && EmailAddress.TryParse(email, out var address, out _)
        ? MayEdit ? address.ToString() : address.Masked
        : "none";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        Queue = await queue.ReadAsync(Letter.Id, cancellation);
        if (SignatureId is null && Queue.Items is [var first, ..])
        {
            // What is first may be a correction, which has a page of its own.
            if (!first.Path.Contains("corrections", StringComparison.Ordinal))
                SignatureId = long.Parse(first.Path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            else
                return LocalRedirect($"~/desk/letters/{Letter.Id}{first.Path}{Request.QueryString}");
        }
        Claim = await Db.Signatures.AsNoTracking().SingleOrDefaultAsync(s => s.Id == SignatureId && s.LetterId == Letter.Id, cancellation);
        if (SignatureId is not null && Claim is null)
            return NotFound();
        if (Claim is not null)
            await ReadClaimAsync(Claim, cancellation);
        var today = Now.AddHours(-24);
        DecidedToday = await Db.Acts.CountAsync(
            a => a.LetterId == Letter.Id && a.AccountId == AccountId && a.At > today && a.FromState == nameof(SignatureState.InReview) && a.ToState != nameof(SignatureState.Confirmed), cancellation);
        return Page();
    }

    private async Task ReadClaimAsync(Signature claim, CancellationToken cancellation)
    {
        Before = await history.ReadAsync(claim, cancellation);
        Evidence = [.. (await history.EvidenceAsync(claim, cancellation)).Where(e => e.Evidence.EndedAt is null)];
        var name = keys.NameTag(Letter.Id, RosterEntry.NameKey(claim.Name));
        IsNameOnRoster = Evidence.All(e => e.Evidence.Kind != EvidenceKind.Roster) && await Db.Roster.AnyAsync(r => r.LetterId == Letter.Id && r.NameTag == name, cancellation);
        DecidedByName = await history.NameOfAsync(claim.DecidedBy, cancellation);
        OthersFromDomain = await Db.Signatures.CountAsync(
            s => s.LetterId == Letter.Id && s.Id != claim.Id && s.EmailDomain == claim.EmailDomain && s.ConfirmedAt != null, cancellation);
        var likes = (await Db.LookAlikesAsync(Letter.Id, [claim], cancellation))[claim.Id].Take(MostSimilar).ToList();
        var ids = likes.Select(l => l.SignatureId).ToList();
        var others = await Db.Signatures.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        Similar = [.. likes.Where(l => others.ContainsKey(l.SignatureId)).Select(l => new SimilarLine(
            l, others[l.SignatureId], Comparison.Of(claim.ToShown(), others[l.SignatureId].ToShown()), others[l.SignatureId].EmailDomain == claim.EmailDomain))];
    }

    public Task<IActionResult> OnPostAdmissionAsync(string? seen, CancellationToken cancellation) => DecideAsync(seen, claim =>
    {
        // A letter that is closed for good takes back what stood before, and nothing new.
        if (Letter.State == LetterState.Closed && claim.Number is null)
            return "closed";
        Db.Admit(claim, Now);
        Record("admit", claim, SignatureState.InReview, claim.State);
        return null;
    }, "admitted", cancellation);

    public Task<IActionResult> OnPostDeclineAsync(string? seen, string? why, CancellationToken cancellation) => DecideAsync(seen, claim =>
    {
        if (!StaffWords.IsReason(why))
            return "reason";
        (claim.State, claim.StateAt, claim.DecisionReason) = (SignatureState.Declined, Now, why);
        Record("decline", claim, SignatureState.InReview, claim.State, why);
        return null;
    }, "declined", cancellation);

    /// <summary>Of two decisions at once the state lets one through; the other is told who was first.</summary>
    private async Task<IActionResult> DecideAsync(string? seen, Func<Signature, string?> decide, string did, CancellationToken cancellation)
    {
        var claim = await Db.Signatures.SingleOrDefaultAsync(s => s.Id == SignatureId && s.LetterId == Letter.Id, cancellation);
        if (claim is null)
            return NotFound();
        var refused = claim.State != SignatureState.InReview ? "decided"
            : seen != claim.ToShown().Mark() ? "changed"
            : decide(claim);
        if (refused is not null)
            return To($"/review/{claim.Id}?refused={refused}");
        (claim.DecidedBy, claim.DecidedAt) = (AccountId, Now);
        try
        {
            await Db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return To($"/review/{claim.Id}?refused=decided");
        }
        work.Poke();
        return To($"/review?did={did}");
    }

    private LocalRedirectResult To(string path) => LocalRedirect($"~/desk/letters/{Letter.Id}{path}");
}
