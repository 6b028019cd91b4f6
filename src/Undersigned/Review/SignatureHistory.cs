using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>One thing that happened to a signature: when, what, and who did it where it was staff.</summary>
public sealed record HistoryLine(DateTimeOffset At, string What, string? Who);

/// <summary>One piece of evidence as the desk reads it; <see cref="By"/> where staff recorded it.</summary>
public sealed record EvidenceLine(Evidence Evidence, string? By, string? EndedBy, int? Voucher, string? CarriedFrom);

public sealed class SignatureHistory(UndersignedDb db)
{
    public async Task<IReadOnlyList<HistoryLine>> ReadAsync(Signature signature, CancellationToken cancellation)
    {
        var acts = await db.Acts.AsNoTracking().Where(a => a.LetterId == signature.LetterId && a.SignatureId == signature.Id && a.What != "look")
            .Join(db.Users, a => a.AccountId, u => u.Id, (a, u) => new { a.At, a.What, a.Detail, u.DisplayName }).ToListAsync(cancellation);
        var mails = await db.Outbox.AsNoTracking().Where(m => m.SignatureId == signature.Id && m.InquiryId == null).ToListAsync(cancellation);
        var own = new List<HistoryLine> { new(signature.SubmittedAt, signature.Source == SignatureSource.Import ? "Pasted in" : "Signed", null) };
        if (signature is { ConfirmedAt: { } confirmed, ConfirmedHow: ConfirmationHow.Code })
            own.Add(new HistoryLine(confirmed, "Confirmed the address", null));
        if (signature.ListedAt is { } listed)
            own.Add(new HistoryLine(listed, $"On the page as № {signature.Number}", null));
        if (signature.State is SignatureState.Withdrawn or SignatureState.Expired or SignatureState.Erased)
            own.Add(new HistoryLine(signature.StateAt, signature.State.ToString(), null));
        return [.. own
            .Concat(acts.Select(a => new HistoryLine(a.At, ActWords.Of(a.What) + Because(a.Detail), IsFirstOfTwo(a.What, signature) ? null : a.DisplayName)))
            .Concat(mails.Select(m => new HistoryLine(m.SentAt ?? m.CreatedAt, Words(m), null)))
            .OrderBy(h => h.At)];
    }

    /// <summary>Standing first, then what has ended.</summary>
    public async Task<IReadOnlyList<EvidenceLine>> EvidenceAsync(Signature signature, CancellationToken cancellation)
    {
        var rows = await db.Evidence.AsNoTracking().Where(e => e.SignatureId == signature.Id).OrderBy(e => e.EndedAt != null).ThenBy(e => e.Id).ToListAsync(cancellation);
        var staff = rows.SelectMany(e => new[] { e.AccountId, e.EndedBy }).OfType<long>().ToList();
        var names = await db.Users.Where(u => staff.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        var ids = rows.Select(e => e.VoucherId).OfType<long>().ToList();
        var vouchers = await db.Signatures.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Number, cancellation);
        var from = rows.Select(e => e.FromLetterId).OfType<long>().ToList();
        var letters = await db.Letters.Where(l => from.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Title, cancellation);
        return [.. rows.Select(e => new EvidenceLine(
            e, names.GetValueOrDefault(e.AccountId ?? 0), names.GetValueOrDefault(e.EndedBy ?? 0), vouchers.GetValueOrDefault(e.VoucherId ?? 0), letters.GetValueOrDefault(e.FromLetterId ?? 0)))];
    }

    public Task<string?> NameOfAsync(long? accountId, CancellationToken cancellation) =>
        db.Users.Where(u => u.Id == accountId).Select(u => (string?)u.DisplayName).SingleOrDefaultAsync(cancellation);

    // The second is not to be led by who the first was.
    private static bool IsFirstOfTwo(string act, Signature signature) => act == "first-look" && signature.State == SignatureState.InReview;

    private static string Because(string? detail) => detail is null or "glance" ? "" : $": {StaffWords.Reason(detail)}";

    private static string Words(OutboxMail mail)
    {
        var kind = mail.Kind switch
        {
            MailKind.Confirmation => "Mail with the digits",
            MailKind.Listed => "Mail “you stand on the list”",
            MailKind.MoreAsked => "Mail that asks for more",
            MailKind.QuotationAsked => "Mail “may the press print these words?”",
            MailKind.Imported => "Mail “you are listed; wrong?”",
            MailKind.Update => "Mail with an update",
            MailKind.FollowUp => "Mail about a letter that follows",
            MailKind.Decided => "Mail about a decision",
            MailKind.Confirmed => "Mail “your signature is confirmed”",
            _ => "Mail with the link to their own page",
        };
        return kind + mail.State switch
        {
            MailState.Waiting => " waits",
            MailState.Sent => " sent",
            MailState.Suppressed when mail.Kind is MailKind.Decided or MailKind.Confirmed => " not sent: something else was so when it was due",
            MailState.Failed => $" refused ({mail.Verdict})",
            _ => " " + StaffWords.NotSent(mail),
        };
    }
}
