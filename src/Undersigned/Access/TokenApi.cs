using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Access;

/// <summary>
/// What programs read with a token, below /api/v1/desk: each address asks for one scope and answers of the one letter that the token was made
/// for. The token comes in the Authorization header alone (RFC 6750); nothing is kept by caches, and scripts of other sites read none of it.
/// </summary>
public static class TokenApi
{
    public const string Root = PublicApi.Root + "/desk";

    /// <summary>So that whoever finds one, or a program that looks for secrets, knows what it is.</summary>
    private const string Prefix = "undersigned_";

    public static string NewToken() => Prefix + Base32.Encode(RandomNumberGenerator.GetBytes(32));

    public static RouteHandlerBuilder MapTokenApi(this WebApplication app, string path, ApiScope scope, Delegate show, string summary) =>
        app.MapGet(Root + path, show).AddEndpointFilter(new TokenOnly(scope)).WithMetadata(new NeedsScope(ApiToken.CodesOf(scope))).WithSummary(summary).WithTags("Desk")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>The token that opened this address.</summary>
    public static ApiToken Token(this HttpContext http) => http.Features.Get<ApiToken>()!;

    internal static string? TokenIn(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header[7..].Trim() is { Length: < 200 } token && token.StartsWith(Prefix, StringComparison.Ordinal) ? token : null;
    }
}

/// <summary>Lets in who has a token with this scope, as often as one may ask.</summary>
internal sealed class TokenOnly(ApiScope scope) : IEndpointFilter
{
    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(1);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (http, cancellation) = (context.HttpContext, context.HttpContext.RequestAborted);
        var (db, now) = (http.RequestServices.GetRequiredService<UndersignedDb>(), http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (await FindAsync(http, db, cancellation) is not { } token || !token.IsOpen(now))
        {
            http.Response.Headers.WWWAuthenticate = http.Request.Headers.Authorization.Count > 0 ? "Bearer error=\"invalid_token\"" : "Bearer";
            return Problems.NoToken();
        }
        if (http.RequestServices.GetRequiredService<Attempts>().CountRequest(token) is { } minutes)
        {
            http.Response.Headers.RetryAfter = (60 * minutes).ToString(CultureInfo.InvariantCulture);
            return Problems.TooMany();
        }
        if (!token.Scopes.HasFlag(scope))
        {
            http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{ApiToken.CodesOf(scope)}\"";
            return Problems.MissingScope(ApiToken.CodesOf(scope));
        }
        if (token.UsedAt is null || now - token.UsedAt >= SeenWithin)
            await db.ApiTokens.Where(t => t.Id == token.Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.UsedAt, now), cancellation);
        http.Features.Set(token);
        return await next(context);
    }

    private static async Task<ApiToken?> FindAsync(HttpContext http, UndersignedDb db, CancellationToken cancellation)
    {
        if (TokenApi.TokenIn(http.Request) is not { } token)
            return null;
        var tag = http.RequestServices.GetRequiredService<InstanceKeys>().ApiTokenTag(token);
        return await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(t => t.TokenTag == tag, cancellation);
    }
}
