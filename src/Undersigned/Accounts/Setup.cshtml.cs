using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>The first account, by the link that the first start printed; or a new way into an account that was reset at the console.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SetupModel(UndersignedDb db, TimeProvider time, NewAccounts accounts, SignInManager<Account> signIn) : NewAccountPage(accounts, signIn)
{
    public override string Next => "/desk";
    protected override bool MakesOperator => true;

    protected override async Task<bool> OpensAsync()
    {
        var link = await Usable().AsNoTracking().SingleOrDefaultAsync(HttpContext.RequestAborted);
        if (link?.AccountId is { } id)
            Again = await db.Users.SingleAsync(a => a.Id == id, HttpContext.RequestAborted);
        return link is not null;
    }

    protected override async Task UseLinkAsync(Account account)
    {
        if (await Usable().ExecuteUpdateAsync(s => s.SetProperty(l => l.UsedAt, time.GetUtcNow()), HttpContext.RequestAborted) == 0)
            throw new LinkUsedException();
        db.Acts.Add(new StaffAct { AccountId = account.Id, At = time.GetUtcNow(), What = Again is null ? "set-up" : "set-up-again" });
    }

    private IQueryable<SetupLink> Usable()
    {
        var (hash, now) = (OneTimeToken.HashOf(Token), time.GetUtcNow());
        return db.SetupLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now);
    }
}
