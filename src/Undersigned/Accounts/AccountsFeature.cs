using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>Staff accounts: set-up, sign-in, people of a letter.</summary>
public static class AccountsFeature
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<Account>(Rules)
            .AddUserStore<AccountStore>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>()
            .AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
        services.TryAddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<Instance>(Passkeys);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<Instance>(Session);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme).Configure<Instance>(BetweenTwoSteps);
        services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<Instance>((o, instance) => Secure(o.Cookie, instance, "form"));
        services.AddAuthorization();
        services.AddSingleton<SetupLinks>();
        services.AddSingleton<StaffSessions>();
        services.AddSingleton<SignInTries>();
        services.AddScoped<NewAccounts>();
        services.AddScoped<SecondStep>();
    }

    public static void MapAccounts(this WebApplication app)
    {
        // Cookies that only travel on https are refused on a request that looks like http; whoever ends TLS before us is not asked.
        if (app.Services.GetRequiredService<Instance>().PublicUrl.Scheme == Uri.UriSchemeHttps)
            app.Use((http, next) =>
            {
                http.Request.IsHttps = true;
                return next(http);
            });
        app.UseAuthentication();
        app.UseAuthorization();
    }

    private static void Rules(IdentityOptions o)
    {
        // Length is what counts; rules of composition make people append "1!".
        o.Password.RequiredLength = 12;
        o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
        o.Password.RequiredUniqueChars = 5;
        o.User.RequireUniqueEmail = true;
        o.User.AllowedUserNameCharacters = "";
        o.Lockout.MaxFailedAccessAttempts = SignInTries.Most;
        o.Lockout.DefaultLockoutTimeSpan = SignInTries.Lock;
        o.Lockout.AllowedForNewUsers = true;
    }

    private static void Passkeys(IdentityPasskeyOptions o, Instance instance)
    {
        o.ServerDomain = instance.PublicUrl.IdnHost;
        o.UserVerificationRequirement = "required";
        o.ResidentKeyRequirement = "required";
        var origin = instance.PublicUrl.GetLeftPart(UriPartial.Authority);
        // The request's own host is a proxy's word; what counts is the address this instance was started with.
        o.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && string.Equals(context.Origin, origin, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Since it was last used, to the hour.</summary>
    internal static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(13);

    private static void Session(CookieAuthenticationOptions o, Instance instance)
    {
        Secure(o.Cookie, instance, "staff");
        o.LoginPath = "/sign-in";
        o.ReturnUrlParameter = "from";
        o.ExpireTimeSpan = TimeSpan.FromHours(12);
        o.SlidingExpiration = true;
        StaffSessions.Follow(o.Events);
    }

    private static void BetweenTwoSteps(CookieAuthenticationOptions o, Instance instance)
    {
        Secure(o.Cookie, instance, "step");
        o.ExpireTimeSpan = TimeSpan.FromMinutes(10);
    }

    private static void Secure(CookieBuilder cookie, Instance instance, string purpose)
    {
        var https = instance.PublicUrl.Scheme == Uri.UriSchemeHttps;
        cookie.Name = (https ? "__Host-" : "") + "undersigned-" + purpose;
        cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.HttpOnly = true;
        cookie.Path = "/";
    }
}
