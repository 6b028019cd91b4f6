using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>The first account, by the link that the first start printed.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SetupModel(UndersignedDb db, TimeProvider time, NewAccounts accounts, SignInManager<Account> signIn) : NewAccountPage(accounts, signIn)
{
    public override string Next => "/desk";
    protected override bool MakesOperator => true;

    protected override Task<bool> OpensAsync() => Usable().AnyAsync(HttpContext.RequestAborted);

    protected override async Task UseLinkAsync(Account account)
    {
        if (await Usable().ExecuteUpdateAsync(s => s.SetProperty(l => l.UsedAt, time.GetUtcNow()), HttpContext.RequestAborted) == 0)
            throw new LinkUsedException();
        db.Acts.Add(new StaffAct { AccountId = account.Id, At = time.GetUtcNow(), What = "set-up" });
    }

    private IQueryable<SetupLink> Usable()
    {
        var (hash, now) = (OneTimeToken.HashOf(Token), time.GetUtcNow());
        return db.SetupLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now);
    }
}
