using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>A signature beside the claim that looks like it: by its name, or by all that the line says, and then with the reasons.</summary>
public sealed record SimilarLine(Kinship Kind, Signature Signature, IReadOnlyList<ComparedPart> Parts, bool SameDomain, IReadOnlyList<Linkage.Reason> Reasons)
{
    public string Oddity => Model.Oddity.About(Model.Oddity.Of(Kind), Signature.Number);
}

/// <summary>Who decided what about a line that needs two.</summary>
public sealed record NamedLook(Look Look, string Name);

/// <summary>One claim that was set aside, what speaks about it, and the decision; then the next.</summary>
[StaffOnly(StaffRole.Reviewer)]
public sealed partial class ReviewModel(UndersignedDb db, TimeProvider time, ReviewQueue queue, SignatureHistory history, InstanceKeys keys, WorkSignal work)
    : StaffPage(db, time)
{
    private const int MostSimilar = 4;

    public Queue Queue { get; private set; } = null!;
    public Signature? Claim { get; private set; }
    public IReadOnlyList<SimilarLine> Similar { get; private set; } = [];
    public IReadOnlyList<HistoryLine> Before { get; private set; } = [];
    public IReadOnlyList<EvidenceLine> Evidence { get; private set; } = [];
    /// <summary>The name is on the roster, and this address is not: a hint, no proof.</summary>
    public bool IsNameOnRoster { get; private set; }
    /// <summary>Decisions about the line as it stands; whose they are and how they went is not shown to who is to decide still.</summary>
    public IReadOnlyList<NamedLook> Looks { get; private set; } = [];
    /// <summary>Who it is, if the organiser's list says it.</summary>
    public WatchName? Watched { get; private set; }
    public int OthersFromDomain { get; private set; }
    public string? DecidedByName { get; private set; }
    public int DecidedToday { get; private set; }
    /// <summary>The decision before, whose looks may now be seen.</summary>
    public IReadOnlyList<NamedLook> LastLooks { get; private set; } = [];
    public DateTimeOffset ShownAt => Now;

    [FromRoute(Name = "signatureId")]
    public long? SignatureId { get; set; }

    /// <summary>The decision just made: "admitted", "declined", "first", "disagreed", "asked", "held", "undone".</summary>
    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    /// <summary>The signature that it was about.</summary>
    [BindProperty(SupportsGet = true, Name = "last")]
    public long? Last { get; set; }

    /// <summary>Why the last press decided nothing: "decided", "changed", "reason", "closed", "own", "before", "owners", "undo".</summary>
    [BindProperty(SupportsGet = true, Name = "refused")]
    public string? Refused { get; set; }

    /// <summary>Reasons for declining what never stood, by their keys.</summary>
    public static IReadOnlyList<(string Code, string Words)> Reasons { get; } = [.. StaffWords.Reasons.Where(r => r.Code != "error")];

    public static string Words(Look look) => look.Verdict == LookVerdict.Admit ? "admit" : $"decline ({StaffWords.Reason(look.Reason).ToLowerInvariant()})";

    public bool Waits => Claim?.State == SignatureState.InReview;
    public bool NeedsTwo => Claim?.LooksNeeded > 1;
    public bool IsDisputed => Looks.Select(l => l.Look.Verdict).Distinct().Count() > 1;
    public bool HasLooked => Looks.Any(l => l.Look.AccountId == AccountId);

    /// <summary>Whether the buttons are there for this person.</summary>
    public bool MayDecide => Waits && (!NeedsTwo || (IsDisputed ? IsOwner : !HasLooked));

    public string MaskedAddress => Claim?.Email is { } email && EmailAddress.TryParse(email, out var address, out _)
        ? MayEdit ? address.ToString() : address.Masked
        : "none";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        Queue = await queue.ReadAsync(Letter.Id, AccountId, cancellation);
        if (SignatureId is null && Queue.Next is { } first)
        {
            // What is first may be a correction, which has a page of its own.
            if (first.Path.Contains("corrections", StringComparison.Ordinal))
                return LocalRedirect($"~/desk/letters/{Letter.Id}{first.Path}{Request.QueryString}");
            SignatureId = long.Parse(first.Path.Split('/')[^1], CultureInfo.InvariantCulture);
        }
        Claim = await Db.Signatures.AsNoTracking().SingleOrDefaultAsync(s => s.Id == SignatureId && s.LetterId == Letter.Id, cancellation);
        if (SignatureId is not null && Claim is null)
            return NotFound();
        if (Claim is not null)
            await ReadClaimAsync(Claim, cancellation);
        await ReadLastAsync(cancellation);
        string[] seen = [.. MayEdit && Claim?.Email is not null ? ["address"] : Array.Empty<string>(), .. Evidence.Count > 0 ? ["evidence"] : Array.Empty<string>()];
        if (seen.Length > 0)
            await LookedAtAsync(Claim, string.Join(" and ", seen), cancellation);
        return Page();
    }

    private async Task ReadClaimAsync(Signature claim, CancellationToken cancellation)
    {
        Before = await history.ReadAsync(claim, cancellation);
        Evidence = [.. (await history.EvidenceAsync(claim, cancellation)).Where(e => e.Evidence.EndedAt is null)];
        var name = keys.NameTag(Letter.Id, RosterEntry.NameKey(claim.Name));
        IsNameOnRoster = Evidence.All(e => e.Evidence.Kind != EvidenceKind.Roster) && await Db.Roster.AnyAsync(r => r.LetterId == Letter.Id && r.NameTag == name, cancellation);
        DecidedByName = await history.NameOfAsync(claim.DecidedBy, cancellation);
        if (NeedsTwo)
            Looks = await NamedAsync(claim, cancellation);
        var watched = claim.ReviewReasons.Select(Oddity.Parts).FirstOrDefault(r => r.Code is Oddity.Prominent or Oddity.LikeProminent).About;
        if (long.TryParse(watched, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            Watched = await Db.WatchNames.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id && w.LetterId == Letter.Id, cancellation);
        OthersFromDomain = await Db.Signatures.CountAsync(
            s => s.LetterId == Letter.Id && s.Id != claim.Id && s.EmailDomain == claim.EmailDomain && s.ConfirmedAt != null, cancellation);
        Similar = await SimilarAsync(claim, cancellation);
    }

    private async Task<IReadOnlyList<SimilarLine>> SimilarAsync(Signature claim, CancellationToken cancellation)
    {
        var likes = (await Db.ResemblancesAsync(Letter.Id, [claim], cancellation))[claim.Id].Take(MostSimilar).ToDictionary(l => l.SignatureId);
        var others = await Db.Signatures.AsNoTracking().Where(s => likes.Keys.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        return [.. likes.Values.Where(l => others.ContainsKey(l.SignatureId)).Select(l => new SimilarLine(
            l.Kind, others[l.SignatureId], Comparison.Of(claim.ToShown(), others[l.SignatureId].ToShown()), others[l.SignatureId].EmailDomain == claim.EmailDomain, l.Reasons))];
    }

    private async Task<IReadOnlyList<NamedLook>> NamedAsync(Signature signature, CancellationToken cancellation)
    {
        var mark = signature.ToShown().Mark();
        return await Db.Looks.AsNoTracking().Where(l => l.SignatureId == signature.Id && l.Mark == mark).OrderBy(l => l.Id)
            .Join(Db.Users, l => l.AccountId, u => u.Id, (l, u) => new NamedLook(l, u.DisplayName)).ToListAsync(cancellation);
    }

    private async Task ReadLastAsync(CancellationToken cancellation)
    {
        if (Last is { } last && await Db.Signatures.AsNoTracking().SingleOrDefaultAsync(s => s.Id == last && s.LetterId == Letter.Id, cancellation) is { LooksNeeded: > 1 } decided
            && await NamedAsync(decided, cancellation) is { Count: > 1 } looks && looks.Any(l => l.Look.AccountId == AccountId))
            LastLooks = looks;
        var today = Now.AddHours(-24);
        DecidedToday = await Db.Acts.CountAsync(
            a => a.LetterId == Letter.Id && a.AccountId == AccountId && a.At > today && a.FromState == nameof(SignatureState.InReview) && a.ToState != nameof(SignatureState.Confirmed), cancellation);
    }

    private LocalRedirectResult To(string path) => LocalRedirect($"~/desk/letters/{Letter.Id}{path}");
}
