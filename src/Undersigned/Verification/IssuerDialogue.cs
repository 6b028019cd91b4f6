using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>Whose account it is: what never changes, and what people know it by.</summary>
public sealed record AccountFound(string Subject, string Label);

/// <summary>What a sign-in round needs to remember between leaving and coming back.</summary>
public sealed record AccountRound(string Nonce, string Verifier)
{
    public static AccountRound New() => new(Chance(), Chance());

    // 43 characters, as RFC 7636 asks of a verifier.
    private static string Chance() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    /// <summary>RFC 7636: BASE64URL(SHA256(verifier)).</summary>
    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
}

/// <summary>
/// Talks to the configured sign-in services and to nobody else: the authorization code flow with PKCE (RFC 6749, RFC 7636), by OpenID Connect
/// Core 1.0 where the service has an issuer. Bounded in time and size; redirects are not followed.
/// </summary>
public sealed class IssuerDialogue(IHttpClientFactory clients, TimeProvider time, ILogger<IssuerDialogue> log)
{
    public const string ClientName = "issuers";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    public const int LargestAnswer = 256 * 1024;
    private const int LongestLabel = 100;
    private const int LongestSubject = 255;

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> discovered = new(StringComparer.Ordinal);

    /// <summary>Where the signer goes; null where the service does not answer.</summary>
    public async Task<Uri?> LeaveForAsync(AccountIssuer issuer, AccountRound round, string state, string returnTo, CancellationToken cancellation)
    {
        try
        {
            var authorize = issuer.AuthorizeAt?.AbsoluteUri ?? (await DiscoverAsync(issuer, cancellation)).AuthorizationEndpoint;
            var query = new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = issuer.ClientId,
                ["redirect_uri"] = returnTo,
                ["state"] = state,
                ["code_challenge"] = round.Challenge,
                ["code_challenge_method"] = "S256",
            };
            if (issuer.Scope.Length > 0)
                query["scope"] = issuer.Scope;
            if (issuer.Issuer is not null)
                query["nonce"] = round.Nonce;
            return new Uri(QueryHelpers.AddQueryString(authorize, query));
        }
        catch (Exception e) when (IsTheirs(e, cancellation))
        {
            return Silent(issuer, e);
        }

        Uri? Silent(AccountIssuer service, Exception e)
        {
            log.LogWarning("The sign-in service {Service} cannot be asked: {Reason}", service.Key, e.GetType().Name);
            return null;
        }
    }

    /// <summary>Whose account the code stands for; null where the service does not say so, or its answer does not hold.</summary>
    public async Task<AccountFound?> RedeemAsync(AccountIssuer issuer, AccountRound round, string code, string returnTo, CancellationToken cancellation)
    {
        try
        {
            var account = issuer.Issuer is null
                ? await ByUserInfoAsync(issuer, round, code, returnTo, cancellation)
                : await ByTokenAsync(issuer, round, code, returnTo, cancellation);
            return account is { Subject.Length: > 0 and <= LongestSubject } ? account : null;
        }
        catch (Exception e) when (IsTheirs(e, cancellation))
        {
            log.LogWarning("The sign-in service {Service} gave no account: {Reason}", issuer.Key, e.GetType().Name);
            return null;
        }
    }

    private static bool IsTheirs(Exception e, CancellationToken cancellation) =>
        e is HttpRequestException or JsonException or InvalidOperationException or InvalidDataException or IOException or SecurityTokenException or ArgumentException or UriFormatException
        || e is OperationCanceledException && !cancellation.IsCancellationRequested;

    private async Task<OpenIdConnectConfiguration> DiscoverAsync(AccountIssuer issuer, CancellationToken cancellation)
    {
        var configuration = await ManagerOf(issuer).GetConfigurationAsync(cancellation);
        // OpenID Connect Discovery 1.0, 4.3: the issuer must be exactly the one that was asked.
        if (configuration.Issuer?.TrimEnd('/') != issuer.Issuer!.AbsoluteUri.TrimEnd('/'))
            throw new InvalidDataException("Another issuer answers.");
        return configuration;
    }

    private ConfigurationManager<OpenIdConnectConfiguration> ManagerOf(AccountIssuer issuer) => discovered.GetOrAdd(issuer.Key, _ =>
        new ConfigurationManager<OpenIdConnectConfiguration>(
            issuer.Issuer!.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(clients.CreateClient(ClientName)) { RequireHttps = issuer.Issuer.Scheme == Uri.UriSchemeHttps }));

    private async Task<AccountFound?> ByTokenAsync(AccountIssuer issuer, AccountRound round, string code, string returnTo, CancellationToken cancellation)
    {
        var configuration = await DiscoverAsync(issuer, cancellation);
        var answer = await AskForTokenAsync(issuer, new Uri(configuration.TokenEndpoint), round, code, returnTo, cancellation);
        if (Text(answer, "id_token") is not { } token)
            return null;
        var result = await ValidateAsync(issuer, configuration, token);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // Their key is newer than what we know of them.
            ManagerOf(issuer).RequestRefresh();
            result = await ValidateAsync(issuer, await DiscoverAsync(issuer, cancellation), token);
        }
        if (!result.IsValid)
            throw result.Exception;
        var claims = (JsonWebToken)result.SecurityToken;
        if (!claims.TryGetPayloadValue("nonce", out string? nonce) || nonce != round.Nonce)
            return null;
        // With several audiences the token must have been made for us.
        if (claims.Audiences.Skip(1).Any() && !(claims.TryGetPayloadValue("azp", out string? authorized) && authorized == issuer.ClientId))
            return null;
        return Account(issuer, JsonDocument.Parse(Base64UrlEncoder.Decode(claims.EncodedPayload)).RootElement);
    }

    private Task<TokenValidationResult> ValidateAsync(AccountIssuer issuer, OpenIdConnectConfiguration configuration, string token) =>
        new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = LargestAnswer }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = issuer.ClientId,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, to, _, parameters) => IsNow(from, to, parameters.ClockSkew),
        });

    private bool IsNow(DateTime? from, DateTime? to, TimeSpan skew)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return to is { } end && now <= end + skew && (from is null || now >= from - skew);
    }

    private async Task<AccountFound?> ByUserInfoAsync(AccountIssuer issuer, AccountRound round, string code, string returnTo, CancellationToken cancellation)
    {
        var answer = await AskForTokenAsync(issuer, issuer.TokenAt!, round, code, returnTo, cancellation);
        if (Text(answer, "access_token") is not { } token)
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, issuer.UserInfoAt);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Account(issuer, await AskAsync(request, cancellation));
    }

    private async Task<JsonElement> AskForTokenAsync(AccountIssuer issuer, Uri at, AccountRound round, string code, string returnTo, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = returnTo,
            ["client_id"] = issuer.ClientId,
            ["code_verifier"] = round.Verifier,
        };
        if (issuer.ClientSecret is { } secret)
            form["client_secret"] = secret;
        using var request = new HttpRequestMessage(HttpMethod.Post, at) { Content = new FormUrlEncodedContent(form) };
        return await AskAsync(request, cancellation);
    }

    private async Task<JsonElement> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("undersigned", "1"));
        using var client = clients.CreateClient(ClientName);
        using var answer = await client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
    }

    private static AccountFound? Account(AccountIssuer issuer, JsonElement about)
    {
        if (Text(about, issuer.Subject) is not { } subject)
            return null;
        var label = Text(about, issuer.Label) ?? Text(about, "preferred_username") ?? subject;
        return new AccountFound(subject, label.Length > LongestLabel ? label[..LongestLabel] : label);
    }

    // GitHub's id is a number.
    private static string? Text(JsonElement about, string member) =>
        about.ValueKind == JsonValueKind.Object && about.TryGetProperty(member, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString()?.Trim() is { Length: > 0 } text ? text : null, JsonValueKind.Number => value.GetRawText(), _ => null }
            : null;
}
