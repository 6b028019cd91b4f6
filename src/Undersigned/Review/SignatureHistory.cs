using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>One thing that happened to a signature: when, what, and who did it where it was staff.</summary>
public sealed record HistoryLine(DateTimeOffset At, string What, string? Who);

public sealed class SignatureHistory(UndersignedDb db)
{
    public async Task<IReadOnlyList<HistoryLine>> ReadAsync(Signature signature, CancellationToken cancellation)
    {
        var acts = await db.Acts.AsNoTracking().Where(a => a.LetterId == signature.LetterId && a.SignatureId == signature.Id)
            .Join(db.Users, a => a.AccountId, u => u.Id, (a, u) => new { a.At, a.What, a.Detail, u.DisplayName }).ToListAsync(cancellation);
        var mails = await db.Outbox.AsNoTracking().Where(m => m.SignatureId == signature.Id).ToListAsync(cancellation);
        var own = new List<HistoryLine> { new(signature.SubmittedAt, signature.Source == SignatureSource.Import ? "Pasted in" : "Signed", null) };
        if (signature is { ConfirmedAt: { } confirmed, ConfirmedHow: ConfirmationHow.Code })
            own.Add(new HistoryLine(confirmed, "Confirmed the address", null));
        if (signature.ListedAt is { } listed)
            own.Add(new HistoryLine(listed, $"On the page as № {signature.Number}", null));
        if (signature.State is SignatureState.Withdrawn or SignatureState.Expired or SignatureState.Erased)
            own.Add(new HistoryLine(signature.StateAt, signature.State.ToString(), null));
        return [.. own
            .Concat(acts.Select(a => new HistoryLine(a.At, Words(a.What) + Because(a.Detail), a.DisplayName)))
            .Concat(mails.Select(m => new HistoryLine(m.SentAt ?? m.CreatedAt, Words(m), null)))
            .OrderBy(h => h.At)];
    }

    public Task<string?> NameOfAsync(long? accountId, CancellationToken cancellation) =>
        db.Users.Where(u => u.Id == accountId).Select(u => (string?)u.DisplayName).SingleOrDefaultAsync(cancellation);

    private static string Words(string act) => act switch
    {
        "admit" => "Let in",
        "set-aside" => "Set aside",
        "undo-glance" => "The glance was undone",
        "decline" => "Declined",
        "remove" => "Removed",
        "reinstate" => "Put back",
        "look-again" => "Set aside for another look",
        "admit-correction" => "Correction let in",
        "decline-correction" => "Correction declined",
        "mark-known" => "Marked as known",
        "resend" => "Confirmation mail sent again",
        "send-own-page" => "Link to their own page sent",
        "confirm-by-telephone" => "Confirmed by telephone",
        _ => act,
    };

    private static string Because(string? detail) => detail is null or "glance" ? "" : $": {Access.StaffWords.Reason(detail)}";

    private static string Words(OutboxMail mail)
    {
        var kind = mail.Kind switch
        {
            MailKind.Confirmation => "Mail with the digits",
            MailKind.Listed => "Mail “you stand on the list”",
            MailKind.Imported => "Mail “you are listed; wrong?”",
            _ => "Mail with the link to their own page",
        };
        return kind + mail.State switch
        {
            MailState.Waiting => " waits",
            MailState.Sent => " sent",
            MailState.Failed => $" refused ({mail.Verdict})",
            _ => " not sent: this mailbox had as many as it may",
        };
    }
}
