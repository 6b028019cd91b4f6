using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

public sealed record UnconfirmedLine(long Id, string Name, string Address, DateTimeOffset At, OutboxMail? Mail);

/// <summary>Who signed and has not confirmed: send again, or confirm by telephone.</summary>
[StaffOnly(StaffRole.Reviewer)]
public sealed class UnconfirmedModel(UndersignedDb db, TimeProvider time, DeskQuery query, Resending resending, InstanceKeys keys, WorkSignal work) : StaffPage(db, time)
{
    public const int LinesAPage = 100;
    private const int Attempts = 5;

    public IReadOnlyList<UnconfirmedLine> Lines { get; private set; } = [];
    public IReadOnlyList<DomainCount> Bounces { get; private set; } = [];
    public int Total { get; private set; }
    public bool HasMore { get; private set; }
    public DateTimeOffset ShownAt => Now;

    [BindProperty(SupportsGet = true)]
    public long After { get; set; }

    /// <summary>How many mails the last press queued.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Sent { get; set; }

    /// <summary>How many got none, since their mailbox had as many as it may.</summary>
    [BindProperty(SupportsGet = true)]
    public int Full { get; set; }

    /// <summary>What came of "confirmed by telephone": yes, changed, or signed-already.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Telephone { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        var unconfirmed = Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id && s.State == SignatureState.Submitted);
        Total = await unconfirmed.CountAsync(cancellation);
        var rows = await unconfirmed.Where(s => s.Id > After).OrderBy(s => s.Id).Take(LinesAPage + 1).ToListAsync(cancellation);
        HasMore = rows.Count > LinesAPage;
        var shown = rows.Take(LinesAPage).ToList();
        var mails = await LastMailsAsync([.. shown.Select(s => s.Id)], cancellation);
        Lines = [.. shown.Select(s => new UnconfirmedLine(s.Id, s.Name, AddressOf(s), s.SubmittedAt, mails.GetValueOrDefault(s.Id)))];
        Bounces = await query.BouncesAsync(Letter.Id, cancellation);
        if (MayEdit && Lines.Count > 0)
            await LookedAtAsync(null, $"{StaffWords.Count(Lines.Count, "address", "addresses")} not confirmed, signatures {Lines[0].Id} to {Lines[^1].Id}", cancellation);
        return Page();
    }

    /// <summary>To one, or to all where none is named.</summary>
    public async Task<IActionResult> OnPostMailAsync(long? signature, CancellationToken cancellation)
    {
        if (!MayEdit)
            return NotFound();
        var (queued, full, attempt) = (0, 0, 1);
        for (long? after = 0; after is not null; Db.ChangeTracker.Clear())
        {
            try
            {
                var piece = await resending.QueueAsync(Letter.Id, signature, after.Value, s => Record("resend", s), cancellation);
                await Db.SaveChangesAsync(cancellation);
                (queued, full, after, attempt) = (queued + piece.Queued, full + piece.Full, piece.Last, 1);
            }
            catch (DbUpdateConcurrencyException) when (attempt++ < Attempts)
            {
                // Somebody confirmed meanwhile: this piece is read anew.
            }
        }
        work.Poke();
        return Back(full > 0 ? $"?sent={queued}&full={full}" : $"?sent={queued}");
    }

    /// <summary>The owner has spoken to them. It goes on exactly as after the code, and stays marked as confirmed by telephone.</summary>
    public async Task<IActionResult> OnPostTelephoneAsync(long signature, CancellationToken cancellation)
    {
        if (!IsOwner)
            return NotFound();
        var row = await Db.Signatures.SingleOrDefaultAsync(s => s.Id == signature && s.LetterId == Letter.Id, cancellation);
        if (row is null)
            return NotFound();
        if (row.State != SignatureState.Submitted)
            return Back("?telephone=changed");
        await Db.ConfirmAsync(keys, Letter, row, ConfirmationHow.Telephone, Now, cancellation);
        Record("confirm-by-telephone", row, SignatureState.Submitted, row.State);
        try
        {
            await Db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Back("?telephone=changed");
        }
        catch (DbUpdateException)
        {
            // The unique index: this mailbox has a signature that counts already.
            return Back("?telephone=signed-already");
        }
        work.Poke();
        return Back("?telephone=yes");
    }

    public string AgeOf(DateTimeOffset at) => StaffWords.AgeAgo(Now - at);

    public static string MailWords(OutboxMail? mail) => mail switch
    {
        null => "no mail yet",
        { State: MailState.Waiting, Verdict: null } => "mail waits",
        { State: MailState.Waiting } => $"held back for now ({mail.Verdict})",
        { State: MailState.Sent } => $"mail sent {Printed.Moment(mail.SentAt!.Value)}",
        { State: MailState.Failed } => $"refused ({mail.Verdict})",
        _ => StaffWords.NotSent(mail),
    };

    private string AddressOf(Signature signature) =>
        MayEdit ? signature.Email ?? "" : EmailAddress.TryParse(signature.Email, out var address, out _) ? address.Masked : "";

    private async Task<Dictionary<long, OutboxMail>> LastMailsAsync(List<long> ids, CancellationToken cancellation)
    {
        var mails = await Db.Outbox.AsNoTracking().Where(m => ids.Contains(m.SignatureId!.Value) && m.Kind == MailKind.Confirmation)
            .OrderBy(m => m.Id).ToListAsync(cancellation);
        return mails.GroupBy(m => m.SignatureId!.Value).ToDictionary(g => g.Key, g => g.Last());
    }

    private LocalRedirectResult Back(string query) => LocalRedirect($"~/desk/letters/{Letter.Id}/unconfirmed{query}");
}
