using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>What an invited person sees: who invites to what. Signed in, they accept; otherwise they sign in or make an account first.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class InvitationModel(UndersignedDb db, TimeProvider time, NewAccounts accounts, SignInManager<Account> signIn) : NewAccountPage(accounts, signIn)
{
    private readonly InvitationBook book = new(db, time);

    public InvitationShown? Shown { get; private set; }
    public bool IsSignedIn => User.Identity?.IsAuthenticated == true && RecoveryCodes is null;
    public override string Next => $"/desk/letters/{Shown?.LetterId}";
    protected override bool MakesOperator => false;

    public async Task<IActionResult> OnPostAcceptAsync()
    {
        if (!IsSignedIn)
            return Challenge();
        if (!await OpensAsync())
            return await OnGetAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(HttpContext.RequestAborted);
        if (!await book.AcceptAsync(Token, User.AccountId(), HttpContext.RequestAborted))
            return await OnGetAsync();
        await db.SaveChangesAsync(HttpContext.RequestAborted);
        await transaction.CommitAsync(HttpContext.RequestAborted);
        return LocalRedirect("~" + Next);
    }

    protected override async Task<bool> OpensAsync() =>
        (Shown = await book.FindAsync(Token, HttpContext.RequestAborted)) is not null;

    protected override async Task UseLinkAsync(Account account)
    {
        if (!await book.AcceptAsync(Token, account.Id, HttpContext.RequestAborted))
            throw new LinkUsedException();
    }
}

public sealed record InvitationShown(long LetterId, string Title, string InvitedBy, StaffRole Role);

/// <summary>Invitations: made, shown, accepted once.</summary>
internal sealed class InvitationBook(UndersignedDb db, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>The caller saves.</summary>
    /// <returns>The token, which is shown once.</returns>
    public string Invite(Letter letter, StaffRole role, long by)
    {
        var (token, now) = (OneTimeToken.New(), time.GetUtcNow());
        db.Invitations.Add(new Invitation
        {
            LetterId = letter.Id,
            Role = role,
            TokenHash = OneTimeToken.HashOf(token),
            InvitedBy = by,
            At = now,
            ExpiresAt = now + Lifetime,
        });
        return token;
    }

    public Task<InvitationShown?> FindAsync(string token, CancellationToken cancellation) => Open(token)
        .Join(db.Letters, i => i.LetterId, l => l.Id, (i, l) => new { i, l })
        .Join(db.Users, x => x.i.InvitedBy, u => u.Id, (x, u) => new InvitationShown(x.l.Id, x.l.Title, u.DisplayName, x.i.Role))
        .SingleOrDefaultAsync(cancellation);

    /// <summary>Uses the invitation up for this account, in the caller's transaction. Nobody loses a higher role by it.</summary>
    public async Task<bool> AcceptAsync(string token, long accountId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var invitation = await Open(token).AsNoTracking().SingleOrDefaultAsync(cancellation);
        if (invitation is null || await Open(token).ExecuteUpdateAsync(
            s => s.SetProperty(i => i.AcceptedAt, now).SetProperty(i => i.AcceptedBy, accountId), cancellation) == 0)
            return false;
        var row = await db.Staff.SingleOrDefaultAsync(s => s.LetterId == invitation.LetterId && s.AccountId == accountId, cancellation);
        if (row is null)
            db.Staff.Add(new LetterStaff { LetterId = invitation.LetterId, AccountId = accountId, Role = invitation.Role, Since = now });
        else if (invitation.Role < row.Role)
            row.Role = invitation.Role;
        db.Acts.Add(new StaffAct { LetterId = invitation.LetterId, AccountId = accountId, At = now, What = "invitation-accepted", Detail = invitation.Role.ToString() });
        return true;
    }

    private IQueryable<Invitation> Open(string token)
    {
        var (hash, now) = (OneTimeToken.HashOf(token), time.GetUtcNow());
        return db.Invitations.Where(i => i.TokenHash == hash && i.AcceptedAt == null && i.ExpiresAt > now);
    }
}
