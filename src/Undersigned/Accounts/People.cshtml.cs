using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>Who works on a letter, in which role; invitations. A letter always keeps an owner.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class PeopleModel(UndersignedDb db, Instance instance, SetupLinks links, StaffSessions sessions, TimeProvider time) : StaffPage(db, time)
{
    private readonly InvitationBook book = new(db, time);

    public IReadOnlyList<Person> People { get; private set; } = [];
    public IReadOnlyList<Invitation> Waiting { get; private set; } = [];
    /// <summary>Shown this once, after it was made.</summary>
    public string? NewLink { get; private set; }
    public StaffRole NewRole { get; private set; }
    /// <summary>A link with which somebody gets in again, shown this once, and for whom.</summary>
    public string? RecoveryLink { get; private set; }
    public string RecoveredName { get; private set; } = "";

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostInviteAsync(StaffRole role)
    {
        if (!Enum.IsDefined(role))
            return BadRequest();
        var token = book.Invite(Letter, role, AccountId);
        Record("invite", detail: role.ToString());
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
        (NewLink, NewRole) = (instance.UrlOf("/invitation/" + token), role);
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(long invitation)
    {
        if (await Db.Invitations.SingleOrDefaultAsync(i => i.Id == invitation && i.LetterId == Letter.Id && i.AcceptedAt == null, HttpContext.RequestAborted) is { } row)
        {
            Db.Invitations.Remove(row);
            Record("invitation-cancelled", detail: row.Role.ToString());
            await Db.SaveChangesAsync(HttpContext.RequestAborted);
        }
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRoleAsync(long account, StaffRole role) =>
        Enum.IsDefined(role) ? await ChangeAsync(account, role) : BadRequest();

    public Task<IActionResult> OnPostRemoveAsync(long account) => ChangeAsync(account, null);

    /// <summary>A way back in for somebody who lost theirs. Every way they had, and every open session, ends now.</summary>
    public async Task<IActionResult> OnPostRecoveryAsync(long account)
    {
        if (await links.ResetAsync(account, Letter, AccountId, HttpContext.RequestAborted) is not { } link)
            return RedirectToPage();
        sessions.Forget();
        await LoadAsync();
        (RecoveryLink, RecoveredName) = (link.AbsoluteUri, People.Single(p => p.Id == account).Name);
        return Page();
    }

    private async Task<IActionResult> ChangeAsync(long account, StaffRole? to)
    {
        if (await Db.ChangeRoleAsync(Letter, account, to, AccountId, Now, HttpContext.RequestAborted) != RollChange.LastOwner)
            return account == AccountId ? LocalRedirect("~/desk") : RedirectToPage();
        ModelState.AddModelError("people", StaffRoll.KeepsAnOwner);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var recoverable = SetupLinks.RecoverableBy(Db, Letter.Id, AccountId);
        People = await Db.Staff.Where(s => s.LetterId == Letter.Id)
            .Join(Db.Users, s => s.AccountId, u => u.Id, (s, u) => new Person(
                u.Id, u.DisplayName, u.Email ?? "", s.Role, s.Since,
                Db.Sessions.Where(x => x.AccountId == u.Id).Max(x => (DateTimeOffset?)x.SeenAt),
                u.PasswordHash != null || Db.UserPasskeys.Any(p => p.UserId == u.Id),
                recoverable.Any(r => r.Id == u.Id)))
            .ToListAsync(HttpContext.RequestAborted);
        People = [.. People.OrderBy(p => p.Role).ThenBy(p => p.Since)];
        var now = Now;
        Waiting = await Db.Invitations.AsNoTracking().Where(i => i.LetterId == Letter.Id && i.AcceptedAt == null && i.ExpiresAt > now)
            .OrderBy(i => i.Id).ToListAsync(HttpContext.RequestAborted);
    }

    /// <param name="SeenAt">To the hour; null where they never signed in.</param>
    /// <param name="HasWayIn">A passkey or a password.</param>
    /// <param name="MayRecover">Whether this owner may make them a link to get in again.</param>
    public sealed record Person(long Id, string Name, string Email, StaffRole Role, DateTimeOffset Since, DateTimeOffset? SeenAt, bool HasWayIn, bool MayRecover);
}
