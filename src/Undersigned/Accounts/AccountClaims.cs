using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Undersigned.Access;
using Undersigned.Data;

namespace Undersigned.Accounts;

/// <summary>What the cookie says of who is signed in: the account's id, its stamp, and the name that pages show.</summary>
internal sealed class AccountClaims(UserManager<Account> accounts, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account>(accounts, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim("display_name", user.DisplayName));
        return identity;
    }

    /// <summary>A session lives while the account's stamp is the one it began with: "sign out everywhere" counts at once.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var claims = context.HttpContext.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        var db = context.HttpContext.RequestServices.GetRequiredService<UndersignedDb>();
        var id = context.Principal!.AccountId();
        var stamp = await db.Users.Where(u => u.Id == id).Select(u => u.SecurityStamp).SingleOrDefaultAsync(context.HttpContext.RequestAborted);
        if (stamp is null || stamp != context.Principal!.FindFirstValue(claims.SecurityStampClaimType))
            context.RejectPrincipal();
    }
}
