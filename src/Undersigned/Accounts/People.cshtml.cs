using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>Who works on a letter, in which role; invitations. A letter always keeps an owner.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class PeopleModel(UndersignedDb db, Instance instance, TimeProvider time) : StaffPage(db, time)
{
    private readonly InvitationBook book = new(db, time);

    public IReadOnlyList<Person> People { get; private set; } = [];
    public IReadOnlyList<Invitation> Waiting { get; private set; } = [];
    /// <summary>Shown this once, after it was made.</summary>
    public string? NewLink { get; private set; }
    public StaffRole NewRole { get; private set; }

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

    public Task<IActionResult> OnPostRoleAsync(long account, StaffRole role) => Enum.IsDefined(role)
        ? ChangeAsync(account, row => row.Role = role, role != StaffRole.Owner, "role-changed", $"{account}: {role}")
        : Task.FromResult<IActionResult>(BadRequest());

    public Task<IActionResult> OnPostRemoveAsync(long account) =>
        ChangeAsync(account, row => Db.Staff.Remove(row), true, "staff-removed", $"{account}");

    private async Task<IActionResult> ChangeAsync(long account, Action<LetterStaff> change, bool takesOwner, string what, string detail)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(HttpContext.RequestAborted);
        // Two owners who remove each other at once come one after the other.
        await Db.LockAsync(Letter, HttpContext.RequestAborted);
        var rows = await Db.Staff.Where(s => s.LetterId == Letter.Id).ToListAsync(HttpContext.RequestAborted);
        foreach (var tracked in rows)
            await Db.Entry(tracked).ReloadAsync(HttpContext.RequestAborted);
        if (rows.SingleOrDefault(r => r.AccountId == account) is not { } row)
            return RedirectToPage();
        if (takesOwner && row.Role == StaffRole.Owner && rows.Count(r => r.Role == StaffRole.Owner) == 1)
        {
            ModelState.AddModelError("people", "A letter keeps at least one owner. Make somebody else an owner first.");
            await LoadAsync();
            return Page();
        }
        change(row);
        Record(what, detail: detail);
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
        await transaction.CommitAsync(HttpContext.RequestAborted);
        return account == AccountId ? LocalRedirect("~/desk") : RedirectToPage();
    }

    private async Task LoadAsync()
    {
        People = await Db.Staff.Where(s => s.LetterId == Letter.Id)
            .Join(Db.Users, s => s.AccountId, u => u.Id, (s, u) => new Person(u.Id, u.DisplayName, u.Email ?? "", s.Role, s.Since))
            .ToListAsync(HttpContext.RequestAborted);
        People = [.. People.OrderBy(p => p.Role).ThenBy(p => p.Since)];
        var now = Now;
        Waiting = await Db.Invitations.AsNoTracking().Where(i => i.LetterId == Letter.Id && i.AcceptedAt == null && i.ExpiresAt > now)
            .OrderBy(i => i.Id).ToListAsync(HttpContext.RequestAborted);
    }

    public sealed record Person(long Id, string Name, string Email, StaffRole Role, DateTimeOffset Since);
}
