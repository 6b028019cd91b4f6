using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>What signers do to their own signature, at any time and without asking anybody.</summary>
public sealed class OwnActs(GroupCommit commits, IDbContextFactory<UndersignedDb> databases, InstanceKeys keys, WorkSignal signal, TimeProvider time, ILogger<OwnActs> log)
{
    private static bool Counts(Signature s) => s.State is SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed;

    public static bool MayCorrect(Signature signature) => Counts(signature) || signature.State == SignatureState.Submitted;

    public static bool MayWithdraw(Signature signature) => Counts(signature);

    public static bool MayErase(Signature signature) =>
        Counts(signature) || signature.State is SignatureState.Withdrawn or SignatureState.Removed or SignatureState.Declined;

    public static bool MayBeQuoted(Signature signature) => signature.State is SignatureState.Admitted or SignatureState.Listed;

    public static bool MayConfirm(Signature signature) =>
        signature is { Level: SignatureLevel.Imported, ConfirmedAt: null } && Counts(signature);

    /// <summary>Before the line stands it is another from now on, and looked at anew; afterwards staff decide on the correction.</summary>
    public Task<bool> CorrectAsync(long id, TypedLine line, CancellationToken cancellation) => RunAsync(id, MayCorrect, async (db, signature, c) =>
    {
        var now = time.GetUtcNow();
        if (signature.State == SignatureState.Listed)
        {
            await ProposeAsync(db, signature, line, now, c);
            return;
        }
        (signature.Name, signature.FoldedName, signature.Location) = (line.Name, NameFolding.Fold(line.Name), line.Location);
        signature.Posts = [.. line.Posts];
        if (signature.State == SignatureState.Submitted)
            return;
        var letter = await db.Letters.SingleAsync(l => l.Id == signature.LetterId, c);
        // One that staff set aside stays with them.
        if (signature.State == SignatureState.InReview)
        {
            await db.RuleAgainAsync(letter, signature, await db.RulingAsync(letter, signature, now, c), now, c);
            return;
        }
        await db.LeaveAsync(signature, SignatureState.Confirmed, null, now, c);
        signature.GlanceBatchId = null;
        await db.LeadOnAsync(letter, signature, now, c);
    }, cancellation);

    private static async Task ProposeAsync(UndersignedDb db, Signature signature, TypedLine line, DateTimeOffset now, CancellationToken cancellation)
    {
        var correction = await db.Corrections.SingleOrDefaultAsync(x => x.SignatureId == signature.Id && x.State == CorrectionState.Waiting, cancellation);
        if (correction is null)
            db.Corrections.Add(correction = new Correction { LetterId = signature.LetterId, SignatureId = signature.Id });
        (correction.Name, correction.Location, correction.ProposedAt) = (line.Name, line.Location, now);
        correction.Posts = [.. line.Posts];
    }

    /// <summary>Keeps, changes or takes back the two private ticks; nothing of them is on the list, and nobody need look.</summary>
    public Task<bool> TickAsync(long id, PrivateTicks ticks, CancellationToken cancellation) => RunAsync(id, MayCorrect, async (db, signature, c) =>
    {
        ticks.PutOn(signature);
        // Who wants news again takes back that they want none.
        if (signature.KeepInformed)
            await db.MailRefusals.Where(r => r.SignatureId == id).ExecuteDeleteAsync(c);
    }, cancellation);

    /// <summary>Agrees that the press may print these words, does not, or takes it back. False where the question is gone.</summary>
    public Task<bool> AnswerQuotationAsync(long id, long quotationId, bool agrees, CancellationToken cancellation) => RunAsync(id, MayBeQuoted, async (db, _, c) =>
    {
        var quotation = await db.Quotations.SingleOrDefaultAsync(q => q.Id == quotationId && q.SignatureId == id, c);
        quotation?.Answer(agrees, time.GetUtcNow());
    }, cancellation);

    /// <summary>An imported signatory says that the line is theirs.</summary>
    public Task<bool> ConfirmAsync(long id, CancellationToken cancellation) => RunAsync(id, MayConfirm, async (db, signature, c) =>
    {
        var letter = await db.Letters.SingleAsync(l => l.Id == signature.LetterId, c);
        await db.ConfirmAsync(keys, letter, signature, ConfirmationHow.OwnPage, time.GetUtcNow(), c);
    }, cancellation);

    public Task<bool> WithdrawAsync(long id, CancellationToken cancellation) => RunAsync(id, MayWithdraw, async (db, signature, c) =>
    {
        var now = time.GetUtcNow();
        if (await db.IsHeldAsync(signature, InquiryKind.Withdrawal, now, c))
            return;
        await db.LeaveAsync(signature, SignatureState.Withdrawn, null, now, c);
        db.Corrections.RemoveRange(await db.Corrections.Where(x => x.SignatureId == id && x.State == CorrectionState.Waiting).ToListAsync(c));
    }, cancellation);

    public async Task<bool> EraseAsync(long id, CancellationToken cancellation)
    {
        var done = await RunAsync(id, MayErase, async (db, signature, c) =>
        {
            var now = time.GetUtcNow();
            // What stands on no list harms nobody when it goes.
            if (!Counts(signature) || !await db.IsHeldAsync(signature, InquiryKind.Erasure, now, c))
                await db.EraseAsync(signature, now, c);
        }, cancellation);
        // Not waited for: if somebody reads or writes just now, the hourly sweep does it.
        if (done)
            _ = NotWaitedFor(SweepAsync(), "what an erasure leaves in the files");
        return done;
    }

    private async Task NotWaitedFor(Task work, string what)
    {
        try
        {
            await work;
        }
        catch (Exception e)
        {
            log.LogWarning("Left undone: {What} ({Error})", what, e.GetType().Name);
        }
    }

    private async Task SweepAsync()
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await db.SweepFilesAsync(CancellationToken.None);
    }

    /// <summary>
    /// Mails the link to the signer's page if this address has a signature on the letter. It is not waited for: how long an answer takes
    /// must not tell whether there is one.
    /// </summary>
    public void SendLink(long letterId, EmailAddress address)
    {
        var tag = keys.AddressTag(letterId, address);
        _ = NotWaitedFor(commits.RunAsync(async (db, c) =>
        {
            var signature = await db.Signatures.Where(s => s.LetterId == letterId && s.AddressTag == tag && s.State != SignatureState.Submitted && s.State != SignatureState.Expired)
                .OrderBy(s => s.State == SignatureState.Withdrawn || s.State == SignatureState.Removed || s.State == SignatureState.Declined).ThenByDescending(s => s.Id)
                .FirstOrDefaultAsync(c);
            if (signature is not null)
                db.Queue(signature, MailKind.OwnPage, time.GetUtcNow());
            await db.SaveChangesAsync(c);
            signal.Poke();
            return true;
        }, CancellationToken.None), "a link that was asked for");
    }

    /// <summary>False where the signature's state does not allow it (any more).</summary>
    private async Task<bool> RunAsync(long id, Func<Signature, bool> may, Func<UndersignedDb, Signature, CancellationToken, Task> act, CancellationToken cancellation)
    {
        var done = await commits.RunAsync(async (db, c) =>
        {
            var signature = await db.Signatures.SingleAsync(s => s.Id == id, c);
            if (!may(signature))
                return false;
            await act(db, signature, c);
            await db.SaveChangesAsync(c);
            return true;
        }, cancellation);
        signal.Poke();
        return done;
    }
}
