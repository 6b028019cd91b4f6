using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Undersigned.Model;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Undersigned.Tests.Verification;

/// <summary>
/// Two real sign-in services over HTTP: one of OpenID Connect (OpenIddict without a database) and a plain one of OAuth 2 as GitHub's is.
/// Whoever comes is signed in as <see cref="Account"/>.
/// </summary>
internal sealed class SignInServices : IAsyncDisposable
{
    private const string Client = "undersigned-test", Secret = "a secret of the test";
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Challenge, string ReturnTo, string Subject, string Label)> codes = new();

    private SignInServices(WebApplication app) => this.app = app;

    public (string Subject, string Label) Account { get; set; } = ("0000-0002-1825-0097", "Ada Lockwood");

    /// <summary>Spoils the answers, to see them refused.</summary>
    public string? OtherAudience { get; set; }

    public AccountIssuer OpenId => new() { Key = "orcid", Name = "ORCID", Issuer = new Uri(Base), ClientId = Client, ClientSecret = Secret };

    public AccountIssuer Plain => new()
    {
        Key = "github",
        Name = "GitHub",
        AuthorizeAt = new Uri(Base + "/plain/authorize"),
        TokenAt = new Uri(Base + "/plain/token"),
        UserInfoAt = new Uri(Base + "/plain/user"),
        Subject = "id",
        Label = "login",
        Scope = "",
        ClientId = Client,
        ClientSecret = Secret,
    };

    /// <summary>One that never answers.</summary>
    public static AccountIssuer Nowhere => new() { Key = "nowhere", Name = "Nowhere", Issuer = new Uri("http://127.0.0.1:1"), ClientId = Client };

    private string Base => app.Urls.First();

    public static async Task<SignInServices> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        SignInServices? services = null;
        builder.Services.AddOpenIddict().AddServer(o => Configure(o, () => services!));
        var app = builder.Build();
        services = new SignInServices(app);
        app.UseRouting();
        app.UseAuthentication();
        app.MapGet("/plain/authorize", services.AuthorizePlain);
        app.MapPost("/plain/token", services.TokenPlainAsync);
        app.MapGet("/plain/user", services.UserPlain);
        await app.StartAsync();
        return services;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void Configure(OpenIddictServerBuilder o, Func<SignInServices> services)
    {
        o.EnableDegradedMode();
        o.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        o.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
        o.AddSigningKey(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)));
        o.AddEventHandler<ValidateAuthorizationRequestContext>(b => b.UseInlineHandler(context =>
        {
            if (context.ClientId != Client)
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        o.AddEventHandler<ValidateTokenRequestContext>(b => b.UseInlineHandler(context =>
        {
            if (context.ClientId != Client || context.ClientSecret != Secret)
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        o.AddEventHandler<HandleAuthorizationRequestContext>(b => b.UseInlineHandler(context =>
        {
            var (subject, label) = services().Account;
            var identity = new ClaimsIdentity("test");
            identity.SetClaim(OpenIddictConstants.Claims.Subject, subject).SetClaim(OpenIddictConstants.Claims.Name, label);
            identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
            context.Principal = new ClaimsPrincipal(identity).SetScopes(OpenIddictConstants.Scopes.OpenId);
            return default;
        }));
        o.AddEventHandler<GenerateTokenContext>(b => b.SetOrder(int.MinValue + 100_000).UseInlineHandler(context =>
        {
            if (context.TokenType == OpenIddictConstants.TokenTypeIdentifiers.IdentityToken && services().OtherAudience is { } other)
                context.Principal = context.Principal.SetAudiences(other);
            return default;
        }));
        o.UseAspNetCore().DisableTransportSecurityRequirement();
    }

    private IResult AuthorizePlain(string client_id, string redirect_uri, string state, string code_challenge)
    {
        if (client_id != Client)
            return Results.BadRequest();
        var code = Guid.NewGuid().ToString("N");
        codes[code] = (code_challenge, redirect_uri, Account.Subject, Account.Label);
        return Results.Redirect(QueryHelpers.AddQueryString(redirect_uri, new Dictionary<string, string?> { ["code"] = code, ["state"] = state }));
    }

    private async Task<IResult> TokenPlainAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["client_secret"] != Secret || !codes.TryRemove(form["code"].ToString(), out var code) || code.Challenge != challenge || code.ReturnTo != form["redirect_uri"])
            return Results.BadRequest(new { error = "invalid_grant" });
        codes["token"] = code;
        return Results.Json(new { access_token = "token", token_type = "bearer" });
    }

    private IResult UserPlain(HttpRequest request) =>
        request.Headers.Authorization == "Bearer token" && request.Headers.UserAgent.Count > 0 && codes.TryGetValue("token", out var code)
            ? Results.Json(new { id = long.Parse(code.Subject, System.Globalization.CultureInfo.InvariantCulture), login = code.Label })
            : Results.Unauthorized();
}
