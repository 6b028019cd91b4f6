using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// What follows from a confirmed address, and from evidence that is added or ended: the level, the line as it is shown, the vouches.
/// The caller saves.
/// </summary>
public static class EvidenceMoves
{
    /// <summary>
    /// The address is confirmed: by the code, on the signer's own page, or by telephone, where nothing was read at the address and it
    /// proves nothing. What the address itself shows is attached; then the letter's rules lead, to the glance or in at once.
    /// The save fails on the address's unique index where the same mailbox has signed meanwhile.
    /// </summary>
    public static async Task ConfirmAsync(
        this UndersignedDb db, InstanceKeys keys, Letter letter, Signature signature, ConfirmationHow how, DateTimeOffset now, CancellationToken cancellation)
    {
        var isNew = signature.State == SignatureState.Submitted;
        (signature.ConfirmedAt, signature.ConfirmedHow) = (now, how);
        if (how != ConfirmationHow.Telephone)
            await db.AttachByAddressAsync(keys, letter, signature, now, cancellation);
        if (!isNew)
        {
            await db.EvidenceChangedAsync(letter, signature, now, cancellation);
            return;
        }
        await db.LevelFollowsAsync(signature, cancellation);
        await db.LeadOnAsync(letter, signature, now, cancellation);
        // Whoever comes onto the list within seconds gets the link with that news.
        var isListedAtOnce = signature.State == SignatureState.Admitted && letter.IsPublic && !letter.HoldPublishing;
        if (how != ConfirmationHow.Telephone && !isListedAtOnce)
            db.Queue(signature, MailKind.Confirmed, now);
    }

    private static async Task AttachByAddressAsync(
        this UndersignedDb db, InstanceKeys keys, Letter letter, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!EmailAddress.TryParse(signature.Email, out var address, out _))
            return;
        await db.CarryOverAsync(keys, letter, signature, address, cancellation);
        if (letter.DomainOf(address.Domain) is { } domain
            && !db.Evidence.Local.Any(e => e.SignatureId == signature.Id && e.Kind == EvidenceKind.Domain && e.What == domain.Domain))
            db.Evidence.Add(Evidence.Of(EvidenceKind.Domain, signature, now, domain.Domain, domain.ClaimOf(signature)));
        // Asked for every address, also where there is no roster: how long an answer takes tells nothing.
        if (await db.Roster.AnyAsync(r => r.LetterId == letter.Id && r.AddressTag == signature.AddressTag, cancellation))
            db.Evidence.Add(Evidence.Of(EvidenceKind.Roster, signature, now));
    }

    /// <summary>
    /// Who confirmed the same address on the letter that this one follows, under the same name, brings along what was checked there, with its
    /// date. Not an address's evidence at a domain that this letter's addressee controls.
    /// </summary>
    private static async Task CarryOverAsync(
        this UndersignedDb db, InstanceKeys keys, Letter letter, Signature signature, EmailAddress address, CancellationToken cancellation)
    {
        if (letter.FollowsLetterId is not { } earlierId)
            return;
        var tag = keys.AddressTag(earlierId, address);
        var earlier = await db.Signatures.AsNoTracking().FirstOrDefaultAsync(s => s.LetterId == earlierId && s.AddressTag == tag
            && s.FoldedName == signature.FoldedName && s.ConfirmedAt != null && s.ConfirmedHow != ConfirmationHow.Telephone
            && (s.State == SignatureState.Listed || s.State == SignatureState.Admitted), cancellation);
        if (earlier is null)
            return;
        var standing = await db.Evidence.AsNoTracking().Where(e => e.SignatureId == earlier.Id && e.EndedAt == null).OrderBy(e => e.Id).ToListAsync(cancellation);
        foreach (var one in standing)
            if (await db.CarriedAsync(keys, letter, signature, one, cancellation) is { } carried)
                db.Evidence.Add(carried);
    }

    private static async Task<Evidence?> CarriedAsync(
        this UndersignedDb db, InstanceKeys keys, Letter letter, Signature signature, Evidence one, CancellationToken cancellation)
    {
        if (one.Kind == EvidenceKind.Domain && (one.What is null || letter.IsAddressees(one.What)))
            return null;
        var carried = Evidence.Of(one.Kind, signature, one.At, one.What, one.Claim);
        (carried.AccountId, carried.VoucherId, carried.FromLetterId, carried.Account) = (one.AccountId, one.VoucherId, one.LetterId, one.Account);
        if (one.Account?.Split('\n') is [var issuer, var subject])
        {
            carried.AccountTag = keys.AccountTag(letter.Id, issuer, subject);
            // One account speaks for one line of a letter, also here.
            if (await db.Evidence.AnyAsync(e => e.LetterId == letter.Id && e.AccountTag == carried.AccountTag && e.EndedAt == null, cancellation))
                return null;
        }
        return carried;
    }

    /// <summary>
    /// New evidence, or the end of one: the level follows, a listed line is amended, one that was let in goes in with its new level, and one
    /// that waits runs the same decision again. The signature must be tracked and have its id.
    /// </summary>
    public static async Task EvidenceChangedAsync(this UndersignedDb db, Letter letter, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await db.LevelFollowsAsync(signature, cancellation))
        {
            // Before publication no sequencer reads, and places in the line stay as they are.
            if (signature.State == SignatureState.Listed || signature.State == SignatureState.Admitted && letter.IsPublic)
                await db.AmendAnywhereAsync(signature, "update", now, cancellation);
            else if (signature.State == SignatureState.Confirmed)
                await db.LeadOnAsync(letter, signature, now, cancellation);
        }
        var own = db.Evidence.Local.Where(e => e.SignatureId == signature.Id).ToList();
        if (signature.State == SignatureState.InReview && own.Any(e => e.At == now))
            SignatureMoves.SpeaksAnew(signature);
        if (own.Any(e => e.EndedAt is not null && db.Entry(e).State == EntityState.Modified) && !signature.MayVouch(own))
            await db.EndVouchesOfAsync(signature, wasRemoved: false, now, cancellation);
    }

    /// <summary>Computes the level from the evidence; true where it is another now. The caller sees to the line.</summary>
    internal static async Task<bool> LevelFollowsAsync(this UndersignedDb db, Signature signature, CancellationToken cancellation)
    {
        var level = signature.LevelFrom(await db.EvidenceOfAsync(signature, cancellation));
        if (level == signature.Level)
            return false;
        signature.Level = level;
        return true;
    }

    // Rows that this save adds or ends count as they will be.
    private static async Task<IReadOnlyCollection<Evidence>> EvidenceOfAsync(this UndersignedDb db, Signature signature, CancellationToken cancellation)
    {
        await db.Evidence.Where(e => e.SignatureId == signature.Id).LoadAsync(cancellation);
        return [.. db.Evidence.Local.Where(e => e.SignatureId == signature.Id)];
    }

    /// <summary>
    /// Who is no signatory any more, or no checked one, vouches for nobody. Those who thereby lose their level are looked at
    /// again: all of them where the voucher was removed, otherwise where the letter's rules want more looks at what is left than there were.
    /// </summary>
    internal static async Task EndVouchesOfAsync(this UndersignedDb db, Signature voucher, bool wasRemoved, DateTimeOffset now, CancellationToken cancellation)
    {
        var given = await db.Evidence.Where(e => e.VoucherId == voucher.Id && e.EndedAt == null).ToListAsync(cancellation);
        foreach (var vouch in given.Where(e => e.EndedAt is null))
            await db.EndVouchAsync(vouch, wasRemoved, now, cancellation);
    }

    /// <summary>Ends one vouch; the line it spoke for may have to be looked at again.</summary>
    public static async Task EndVouchAsync(this UndersignedDb db, Evidence vouch, bool wasRemoved, DateTimeOffset now, CancellationToken cancellation)
    {
        vouch.EndedAt = now;
        var other = await db.Signatures.SingleAsync(s => s.Id == vouch.SignatureId, cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == other.LetterId, cancellation);
        var level = other.LevelFrom(await db.EvidenceOfAsync(other, cancellation));
        if (level < other.Level && other.State is (SignatureState.Listed or SignatureState.Admitted) && (wasRemoved || letter.Admission.LooksFor(level) > LooksHad(other)))
            await db.LookAgainAsync(other, level, now, cancellation);
        else
            await db.EvidenceChangedAsync(letter, other, now, cancellation);
    }

    private static int LooksHad(Signature signature) => signature.DecidedBy is null ? 0 : Math.Max(1, signature.LooksNeeded);

    private static async Task LookAgainAsync(this UndersignedDb db, Signature signature, SignatureLevel level, DateTimeOffset now, CancellationToken cancellation)
    {
        signature.Level = level;
        await db.LeaveAsync(signature, SignatureState.InReview, "other", now, cancellation);
        signature.ReviewReasons = [Oddity.VoucherGone];
    }
}
