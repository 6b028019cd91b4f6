using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Retention;

/// <summary>
/// Destroys what only the desk knew of people, once a letter has been closed for its days: addresses, telephones, notes, evidence,
/// what was written to the desk, names that are not on the list. The list itself stays, and so do address and name of whoever stands
/// there and asked to be kept informed. What is done is not undone by a crash: it goes on where it was.
/// </summary>
public sealed class EndOfKeeping(GroupCommit commits, IDbContextFactory<UndersignedDb> databases, TimeProvider time)
{
    private const int AtOnce = 100;

    /// <summary>Sent mails of people who are gone are needed for the budgets of two days and no longer.</summary>
    private static readonly TimeSpan MailsOfTheGone = TimeSpan.FromDays(2);

    /// <summary>What of a signature is still to be destroyed, as a query can see it.</summary>
    public static Expression<Func<Signature, bool>> IsKept { get; } = s =>
        s.FormNonce != null || s.NetworkTag != null || s.HasNote || s.PressMayCall
        || (!s.KeepInformed || s.State != SignatureState.Listed)
            && (s.Sealed != null || s.AddressTag != null || s.EmailDomain != null || s.State != SignatureState.Listed && s.Name != "");

    /// <summary>How many signatures lost their personal data.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var closed = await db.Letters.AsNoTracking().Where(l => l.State == LetterState.Closed && l.ClosedAt != null).ToListAsync(cancellation);
        var all = 0;
        foreach (var letter in closed.Where(l => l.KeepingEndsAt <= time.GetUtcNow()))
            all += await EndAsync(letter, cancellation);
        await commits.RunAsync(ForgetMailboxesAsync, cancellation);
        await db.SweepFilesAsync(cancellation);
        return all;
    }

    private async Task<int> EndAsync(Letter letter, CancellationToken cancellation)
    {
        var (all, some) = (0, 0);
        do
            all += some = await commits.RunAsync((db, c) => EndSomeAsync(db, letter.Id, c), cancellation);
        while (some == AtOnce);
        var around = await commits.RunAsync((db, c) => EndAroundAsync(db, letter, c), cancellation);
        if (all + around > 0)
            await commits.RunAsync((db, c) => RecordAsync(db, letter.Id, all, c), cancellation);
        return all;
    }

    private static async Task<int> EndSomeAsync(UndersignedDb db, long letterId, CancellationToken cancellation)
    {
        var some = await db.Signatures.Where(s => s.LetterId == letterId).Where(IsKept).OrderBy(s => s.Id).Take(AtOnce).ToListAsync(cancellation);
        foreach (var signature in some)
            signature.EndKeeping();
        await db.SaveChangesAsync(cancellation);
        return some.Count;
    }

    /// <summary>What stands beside the signatures: of all of them, since all of them are done.</summary>
    private async Task<int> EndAroundAsync(UndersignedDb db, Letter letter, CancellationToken cancellation)
    {
        var before = time.GetUtcNow().AddDays(-letter.RetentionDays);
        var evidence = await db.Evidence.Where(e => e.LetterId == letter.Id && (e.Sealed != null || e.AccountTag != null)).ToListAsync(cancellation);
        foreach (var one in evidence)
            one.EndKeeping();
        // What waits is owed an answer, while the line stands and the report itself is not older than what is kept.
        var inquiries = await db.Inquiries.Where(i => i.LetterId == letter.Id && (i.Sealed != null || i.AddressTag != null)
            && (i.AnsweredAt != null || i.SubmittedAt < before || db.Signatures.Any(s => s.Id == i.SignatureId && s.State != SignatureState.Listed))).ToListAsync(cancellation);
        foreach (var one in inquiries)
            if (one.State == InquiryState.Waiting)
                one.Forget();
            else
                one.EndKeeping();
        // What was found at each line of a draw is part of its statement; what was noted of the person is not.
        var sampled = await db.SampledLines.Where(l => l.LetterId == letter.Id && l.Sealed != null).ToListAsync(cancellation);
        foreach (var one in sampled)
            one.Note = null;
        // What a signer agreed to stays on the page for the press with their line; how they said so does not.
        var quotations = (await db.Quotations.Where(q => q.LetterId == letter.Id).ToListAsync(cancellation)).Where(q => q.Note is not null).ToList();
        foreach (var one in quotations)
            one.Note = null;
        await db.SaveChangesAsync(cancellation);
        return evidence.Count + inquiries.Count + sampled.Count + quotations.Count
            + await db.Quotations.Where(q => q.LetterId == letter.Id && (q.State != QuotationState.Agreed || db.Signatures.Any(s => s.Id == q.SignatureId && s.State != SignatureState.Listed))).ExecuteDeleteAsync(cancellation)
            + await db.BulkActItems.Where(i => i.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.SheetFaults.Where(f => f.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.SheetParts.Where(p => db.Imports.Any(i => i.Id == p.ImportId && i.LetterId == letter.Id)).ExecuteDeleteAsync(cancellation)
            + await db.Imports.Where(i => i.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.Corrections.Where(c => c.LetterId == letter.Id && (c.State != CorrectionState.Waiting || c.ProposedAt < before || db.Signatures.Any(s => s.Id == c.SignatureId && s.State != SignatureState.Listed))).ExecuteDeleteAsync(cancellation)
            + await db.Pairs.Where(p => p.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.Roster.Where(r => r.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.SpellingDifferences.Where(d => d.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.WatchNames.Where(w => w.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.FollowUpDeclines.Where(d => d.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.BlockedAddresses.Where(b => b.LetterId == letter.Id).ExecuteDeleteAsync(cancellation)
            + await db.Outbox.Where(m => m.LetterId == letter.Id && m.State != MailState.Waiting && m.CreatedAt < before).ExecuteDeleteAsync(cancellation);
    }

    private async Task<int> RecordAsync(UndersignedDb db, long letterId, int signatures, CancellationToken cancellation)
    {
        db.Acts.Add(new StaffAct
        {
            LetterId = letterId,
            AccountId = StaffAct.Console,
            At = time.GetUtcNow(),
            What = "forget",
            Detail = string.Create(CultureInfo.InvariantCulture, $"{signatures} signatures"),
        });
        return await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Where mails to people who erased everything, or never confirmed, went.</summary>
    private Task<int> ForgetMailboxesAsync(UndersignedDb db, CancellationToken cancellation)
    {
        var (old, nothing) = (time.GetUtcNow() - MailsOfTheGone, Array.Empty<byte>());
        return db.Outbox.Where(m => m.Domain != "" && m.CreatedAt < old && m.State != MailState.Waiting
                && db.Signatures.Any(s => s.Id == m.SignatureId && (s.State == SignatureState.Erased || s.State == SignatureState.Expired)))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Domain, "").SetProperty(m => m.MailboxTag, nothing), cancellation);
    }
}
