using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Inquiries;

/// <summary>What staff decided about a request, and what they write back.</summary>
public sealed record Decision(InquiryOutcome Outcome, string Mark, string? Answer)
{
    /// <summary>Of a correction: the line as it shall read.</summary>
    public string Name { get; init; } = "";
    public IReadOnlyList<Post> Posts { get; init; } = [];
    public string? Location { get; init; }
    /// <summary>Of a removal.</summary>
    public string? Why { get; init; }
}

/// <summary>
/// Answers requests: what happens to the line, what is written back, and the record of both, in one transaction. The mail leaves a minute
/// later, so that an undo still finds it.
/// </summary>
public sealed class Answering(UndersignedDb db, TimeProvider time)
{
    /// <summary>An erasure cannot be undone, nor can a withdrawal; so many at most at one press.</summary>
    public const int MostAtOnce = 20;
    public const int MostFound = 10;
    private static readonly TimeSpan Second = TimeSpan.FromMinutes(1);

    /// <summary>Null where it was done; otherwise why nothing was: "decided", "changed", "reason", "not-theirs", "words" or words about the line.</summary>
    public async Task<string?> AnswerAsync(Letter letter, long accountId, long inquiryId, Decision decision, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var inquiry = await db.Inquiries.SingleOrDefaultAsync(i => i.Id == inquiryId && i.LetterId == letter.Id, cancellation);
        if (inquiry is not { State: InquiryState.Waiting } || inquiry.IsOwnAct)
            return "decided";
        var signature = inquiry.SignatureId is { } id ? await db.Signatures.SingleAsync(s => s.Id == id, cancellation) : null;
        if (signature is not null && decision.Outcome is not (InquiryOutcome.Stands or InquiryOutcome.Passed) && signature.ToShown().Mark() != decision.Mark)
            return "changed";
        try
        {
            if (await ActAsync(letter, accountId, inquiry, signature, decision, cancellation) is { } refused)
                return refused;
            Close(inquiry, decision.Outcome, accountId);
            inquiry.Answer = decision.Answer?.Trim() is { Length: > 0 } words ? words : null;
            if (inquiry.Answer is not null)
                db.Queue(inquiry, MailKind.InquiryAnswer, Now, Now + Second);
            db.Acts.Add(Act(letter, accountId, "answer-request", signature, detail: $"{Code(inquiry)}: {decision.Outcome.ToString().ToLowerInvariant()}"));
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return "changed";
        }
        await transaction.CommitAsync(cancellation);
        return null;
    }

    private Task<string?> ActAsync(Letter letter, long accountId, Inquiry inquiry, Signature? signature, Decision decision, CancellationToken cancellation) => decision.Outcome switch
    {
        InquiryOutcome.Corrected when signature is not null => CorrectAsync(letter, accountId, inquiry, signature, decision, cancellation),
        InquiryOutcome.Removed when signature is not null => RemoveAsync(letter, accountId, inquiry, signature, decision.Why, cancellation),
        InquiryOutcome.Withdrawn when signature is not null => WithdrawAsync(letter, accountId, inquiry, signature, cancellation),
        InquiryOutcome.Corrected or InquiryOutcome.Removed or InquiryOutcome.Withdrawn => Task.FromResult<string?>("changed"),
        InquiryOutcome.Replied when signature is not null => Task.FromResult<string?>("changed"),
        InquiryOutcome.Replied when string.IsNullOrWhiteSpace(decision.Answer) => Task.FromResult<string?>("words"),
        _ => Task.FromResult<string?>(null),
    };

    private async Task<string?> CorrectAsync(Letter letter, long accountId, Inquiry inquiry, Signature signature, Decision decision, CancellationToken cancellation)
    {
        if (signature.State is not (SignatureState.Listed or SignatureState.Admitted or SignatureState.InReview or SignatureState.Confirmed))
            return "changed";
        var shown = ShownLine.Of(decision.Name, decision.Posts, decision.Location);
        if (LineFaults.OfLine(shown, decision.Posts, Now.Year) is { } fault)
            return fault;
        var bulk = db.BeginBulk(letter, accountId, "correct", Now);
        bulk.About(signature);
        (signature.Name, signature.FoldedName, signature.Location) = (decision.Name, NameFolding.Fold(decision.Name), decision.Location);
        signature.Posts = [.. decision.Posts];
        await db.AmendAnywhereAsync(signature, inquiry.IsReport && !IsTheirs(inquiry, signature) ? "error" : "signer-request", Now, cancellation);
        inquiry.BulkActId = (await bulk.SaveAsync(Code(inquiry), cancellation)).Id;
        return null;
    }

    private async Task<string?> RemoveAsync(Letter letter, long accountId, Inquiry inquiry, Signature signature, string? why, CancellationToken cancellation)
    {
        if (!StaffWords.IsReason(why))
            return "reason";
        if (signature.State is not (SignatureState.Listed or SignatureState.Admitted or SignatureState.InReview or SignatureState.Confirmed))
            return "changed";
        var bulk = db.BeginBulk(letter, accountId, "remove", Now);
        bulk.About(signature);
        await db.LeaveAsync(signature, signature.State == SignatureState.Listed ? SignatureState.Removed : SignatureState.Declined, why, Now, cancellation);
        (signature.DecidedBy, signature.DecidedAt) = (accountId, Now);
        inquiry.BulkActId = (await bulk.SaveAsync(why, cancellation)).Id;
        return null;
    }

    private async Task<string?> WithdrawAsync(Letter letter, long accountId, Inquiry inquiry, Signature signature, CancellationToken cancellation)
    {
        if (!MayWithdraw(inquiry, signature))
            return "not-theirs";
        var from = signature.State;
        await db.LeaveAsync(signature, SignatureState.Withdrawn, null, Now, cancellation);
        db.Acts.Add(Act(letter, accountId, "withdraw-for", signature, from));
        return null;
    }

    /// <summary>The address is the signer's own, and somebody who reads it wrote: the six digits, or an answer to a mail that only it got.</summary>
    public static bool MayWithdraw(Inquiry inquiry, Signature signature) =>
        IsTheirs(inquiry, signature) && inquiry.ConfirmedAt is not null
        && signature.State is SignatureState.Listed or SignatureState.Admitted or SignatureState.InReview or SignatureState.Confirmed;

    public static bool IsTheirs(Inquiry inquiry, Signature signature) =>
        inquiry.AddressTag is { } tag && signature.AddressTag is { } own && tag.AsSpan().SequenceEqual(own);

    /// <summary>Does what signers did with their own link and was held, some at once. Returns how many.</summary>
    public async Task<int> DoHeldAsync(Letter letter, long accountId, IReadOnlyCollection<long> inquiries, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var held = await HeldAsync(letter, inquiries, cancellation);
        foreach (var inquiry in held)
        {
            var signature = await db.Signatures.SingleAsync(s => s.Id == inquiry.SignatureId, cancellation);
            var from = signature.State;
            await DoHeldAsync(inquiry, signature, cancellation);
            Close(inquiry, InquiryOutcome.Withdrawn, accountId);
            db.Acts.Add(Act(letter, accountId, "do-held", signature, from, Code(inquiry)));
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return held.Count;
    }

    private async Task DoHeldAsync(Inquiry inquiry, Signature signature, CancellationToken cancellation)
    {
        var counts = signature.State is SignatureState.Listed or SignatureState.Admitted or SignatureState.InReview or SignatureState.Confirmed;
        if (inquiry.Kind == InquiryKind.Erasure)
        {
            if (signature.State != SignatureState.Erased)
                await db.EraseAsync(signature, Now, cancellation);
        }
        else if (inquiry.Kind == InquiryKind.Objection)
            await db.ObjectAsync(signature, Now, cancellation);
        else if (counts)
            await db.LeaveAsync(signature, SignatureState.Withdrawn, null, Now, cancellation);
    }

    /// <summary>Somebody else pressed the buttons: nothing happens to the lines.</summary>
    public async Task<int> KeepHeldAsync(Letter letter, long accountId, IReadOnlyCollection<long> inquiries, CancellationToken cancellation)
    {
        var held = await HeldAsync(letter, inquiries, cancellation);
        foreach (var inquiry in held)
        {
            Close(inquiry, InquiryOutcome.Stands, accountId);
            db.Acts.Add(Act(letter, accountId, "refuse-held", await db.Signatures.SingleAsync(s => s.Id == inquiry.SignatureId, cancellation), detail: Code(inquiry)));
        }
        await db.SaveChangesAsync(cancellation);
        return held.Count;
    }

    private Task<List<Inquiry>> HeldAsync(Letter letter, IReadOnlyCollection<long> ids, CancellationToken cancellation) => db.Inquiries
        .Where(i => i.LetterId == letter.Id && ids.Contains(i.Id) && i.State == InquiryState.Waiting && i.SignatureId != null
            && (i.Kind == InquiryKind.Withdrawal || i.Kind == InquiryKind.Erasure || i.Kind == InquiryKind.Objection))
        .OrderBy(i => i.Id).Take(MostAtOnce).ToListAsync(cancellation);

    /// <summary>Takes an answer back: the line is as before, the request waits again, and its mail stays unless it has left. False where there is nothing to undo.</summary>
    public async Task<bool> UndoAsync(Letter letter, long accountId, long inquiryId, CancellationToken cancellation)
    {
        var inquiry = await db.Inquiries.AsNoTracking().SingleOrDefaultAsync(i => i.Id == inquiryId && i.LetterId == letter.Id, cancellation);
        if (inquiry is null || !MayUndo(inquiry))
            return false;
        if (inquiry.BulkActId is { } act && await db.UndoBulkAsync(letter, act, accountId, Now, cancellation) is { WasUndone: false, Restored: 0 })
            return false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        inquiry = await db.Inquiries.SingleAsync(i => i.Id == inquiryId, cancellation);
        (inquiry.State, inquiry.Outcome, inquiry.AnsweredAt, inquiry.AnsweredBy, inquiry.BulkActId) = (InquiryState.Waiting, null, null, null, null);
        await db.Outbox.Where(m => m.InquiryId == inquiryId && m.Kind == MailKind.InquiryAnswer && m.State == MailState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Suppressed), cancellation);
        db.Acts.Add(new StaffAct { LetterId = letter.Id, AccountId = accountId, At = Now, What = "undo-answer-request", SignatureId = inquiry.SignatureId, Detail = Code(inquiry) });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>A withdrawal that the page shows cannot be taken back.</summary>
    public static bool MayUndo(Inquiry inquiry) => inquiry is { State: InquiryState.Answered, IsOwnAct: false, Outcome: not InquiryOutcome.Withdrawn };

    /// <summary>Lines that a reply may be about, by number or by part of a name.</summary>
    public async Task<IReadOnlyList<Signature>> FindAsync(long letterId, string text, CancellationToken cancellation)
    {
        var rows = db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId && s.Name != "");
        if (int.TryParse(text.Trim().TrimStart('№', ' '), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            rows = rows.Where(s => s.Number == number);
        else if (NameFolding.Fold(text) is { Length: > 0 } folded)
            rows = rows.Where(s => s.FoldedName.Contains(folded));
        else
            return [];
        return await rows.OrderByDescending(s => s.State == SignatureState.Listed).ThenBy(s => s.Number == null).ThenBy(s => s.Number).ThenBy(s => s.Id).Take(MostFound).ToListAsync(cancellation);
    }

    /// <summary>Says of which line a reply is.</summary>
    public async Task<bool> AssignAsync(Letter letter, long accountId, long inquiryId, long signatureId, CancellationToken cancellation)
    {
        var signature = await db.Signatures.SingleOrDefaultAsync(s => s.LetterId == letter.Id && s.Id == signatureId, cancellation);
        var inquiry = await db.Inquiries.SingleOrDefaultAsync(i => i.Id == inquiryId && i.LetterId == letter.Id && i.State == InquiryState.Waiting && i.SignatureId == null, cancellation);
        if (signature is null || inquiry is null)
            return false;
        inquiry.SignatureId = signature.Id;
        db.Acts.Add(Act(letter, accountId, "assign-request", signature, detail: Code(inquiry)));
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private void Close(Inquiry inquiry, InquiryOutcome outcome, long accountId) =>
        (inquiry.State, inquiry.Outcome, inquiry.AnsweredAt, inquiry.AnsweredBy) = (InquiryState.Answered, outcome, Now, accountId);

    private StaffAct Act(Letter letter, long accountId, string what, Signature? signature, SignatureState? from = null, string? detail = null) => new()
    {
        LetterId = letter.Id,
        AccountId = accountId,
        At = Now,
        What = what,
        SignatureId = signature?.Id,
        FromState = from?.ToString(),
        ToState = from is null ? null : signature?.State.ToString(),
        Detail = detail,
    };

    private static string Code(Inquiry inquiry) => $"request {inquiry.Id}";

    private DateTimeOffset Now => time.GetUtcNow();
}
