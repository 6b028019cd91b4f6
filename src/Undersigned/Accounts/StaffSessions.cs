using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>
/// The browsers that accounts are signed in with, a row each. The cookie names its row and when that began, as "57.1772353800000000":
/// after a restored backup a number may be given again, and an old cookie must not open another's session.
/// </summary>
public sealed class StaffSessions(IDbContextFactory<UndersignedDb> databases, TimeProvider time)
{
    private const string ClaimType = "session";

    /// <summary>So long an open session is believed without asking: what another node ended ends here after it.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(30);

    private ConcurrentDictionary<string, DateTimeOffset> open = new(StringComparer.Ordinal);

    public static void Follow(CookieAuthenticationEvents events)
    {
        events.OnSigningIn = context => Of(context.HttpContext).BeginAsync(context);
        events.OnValidatePrincipal = async context =>
        {
            if (!await Of(context.HttpContext).IsOpenAsync(context.Principal!, context.HttpContext.RequestAborted))
                context.RejectPrincipal();
        };
        events.OnSigningOut = context => Of(context.HttpContext).EndThisAsync(context.HttpContext.User, context.HttpContext.RequestAborted);
    }

    /// <summary>The row of this browser's session; 0 where nobody is signed in by a cookie.</summary>
    public static long IdOf(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimType) is { } claim ? long.Parse(claim.Split('.')[0], CultureInfo.InvariantCulture) : 0;

    /// <summary>Ends this session of an account; with none named, all of them except one. The caller calls <see cref="Forget"/> once it is committed.</summary>
    public static Task<int> EndAsync(UndersignedDb db, long accountId, DateTimeOffset now, long? one = null, long? except = null, CancellationToken cancellation = default) =>
        db.Sessions.Where(s => s.AccountId == accountId && s.EndedAt == null && (one == null || s.Id == one) && (except == null || s.Id != except))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellation);

    /// <summary>What was ended counts from now on, at this node at once.</summary>
    public void Forget() => open = new(StringComparer.Ordinal);

    private static StaffSessions Of(HttpContext http) => http.RequestServices.GetRequiredService<StaffSessions>();

    private async Task BeginAsync(CookieSigningInContext context)
    {
        var account = context.Principal!.AccountId();
        var user = context.HttpContext.User;
        // Whoever is signed in and gets a fresh cookie goes on with the same session.
        var claim = user.FindFirstValue(ClaimType) is { } here && user.AccountId() == account
            ? here
            : await OpenAsync(account, context.HttpContext.Request.Headers.UserAgent.ToString(), context.HttpContext.RequestAborted);
        ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim(ClaimType, claim));
    }

    private async Task<string> OpenAsync(long accountId, string userAgent, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var session = new StaffSession { AccountId = accountId, Since = now, SeenAt = HourOf(now), Browser = BrowserName.Of(userAgent) };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellation);
        return ClaimOf(session);
    }

    private async Task<bool> IsOpenAsync(ClaimsPrincipal user, CancellationToken cancellation)
    {
        if (user.FindFirstValue(ClaimType) is not { } claim)
            return false;
        // What is found is kept where it was looked for: if a session ends while we ask, Forget has put another in its place.
        var (known, now) = (open, time.GetUtcNow());
        if (known.TryGetValue(claim, out var asked) && now - asked < Believed)
            return true;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (id, account, hour) = (IdOf(user), user.AccountId(), HourOf(now));
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.AccountId == account && s.EndedAt == null, cancellation);
        if (session is null || ClaimOf(session) != claim)
            return false;
        if (session.SeenAt < hour)
            await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, hour), cancellation);
        foreach (var old in known.Where(k => now - k.Value >= Believed))
            known.TryRemove(old);
        known[claim] = now;
        return true;
    }

    private async Task EndThisAsync(ClaimsPrincipal user, CancellationToken cancellation)
    {
        if (IdOf(user) is not (> 0 and var id))
            return;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await EndAsync(db, user.AccountId(), time.GetUtcNow(), one: id, cancellation: cancellation);
        Forget();
    }

    private static string ClaimOf(StaffSession session) =>
        string.Create(CultureInfo.InvariantCulture, $"{session.Id}.{(session.Since.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10}");

    // Not finer: when somebody was at the desk is nobody's business to the minute.
    private static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
}

/// <summary>What a browser says of itself, in the three words that tell one's own browsers apart.</summary>
internal static class BrowserName
{
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS", "a Mac"), ("Linux", "Linux")];

    /// <summary>"Firefox on Linux"; "A browser" where it says nothing that we know.</summary>
    public static string Of(string userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));
        return (browser ?? "A browser") + (system is null ? "" : " on " + system);
    }

    private static string? Find((string Mark, string Name)[] names, string text) =>
        names.FirstOrDefault(n => text.Contains(n.Mark, StringComparison.Ordinal)).Name;
}
