using Microsoft.Extensions.DependencyInjection;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Generated;
using Undersigned.Generated.Models;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using YearSpan = Undersigned.Model.YearSpan;

namespace Undersigned.ClientTests;

/// <summary>A client that a generator of others made of our description, against the application itself.</summary>
public sealed class GeneratedClientTests : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestApp app = null!;
    private SeededLetter letter = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        letter = await SeededLetter.PublishAsync(app, "inspectors");
        await letter.SignAsync(SignatureLevel.Known, ShownLine.Of("Ada Lockwood", [new Post("Inspector", "Weir Office", new YearSpan(1994, 2003)), new Post("Director", "Weir Office", new YearSpan(2004, null))], "Lindenmoor"));
        await letter.SignAsync([.. Enumerable.Range(1, 500).Select(i => ShownLine.Of($"Bo Ekelund {i}", [], null))]);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task It_reads_what_is_public_with_its_types()
    {
        using var http = app.Client();
        var client = Client(http, new AnonymousAuthenticationProvider());
        var letters = await client.Api.V1.Letters.GetAsync(cancellationToken: Ct);
        var entry = Assert.Single(letters!.Letters!);
        Assert.Equal(("inspectors", 501), (entry.Slug, entry.Number!.Standing));
        var mine = client.Api.V1.Letters[entry.Slug!];
        Assert.Equal((long?)502, (await mine.Number.GetAsync(cancellationToken: Ct))!.TreeSize);
        Assert.Equal(["csv", "xlsx", "json", "jsonld"], (await mine.Files.GetAsync(cancellationToken: Ct))!.Files!.Select(f => f.Format));
        Assert.Empty((await mine.Updates.GetAsync(cancellationToken: Ct))!.Updates!);
        Assert.Equal(501, (await mine.Statistics.GetAsync(cancellationToken: Ct))!.Named);

        var first = await mine.Signatories.GetAsync(r => r.QueryParameters.Level = "known", Ct);
        var ada = Assert.Single(first!.Signatories!);
        Assert.Equal(("Ada Lockwood", "Lindenmoor", (int?)1994, (int?)2003, (int?)null), (ada.Name, ada.Location, ada.Years![0].From, ada.Years[0].To, ada.Years[1].To));
        var whole = await mine.Signatories.GetAsync(cancellationToken: Ct);
        Assert.Equal((500, false), (whole!.Signatories!.Count, whole.Complete));
        var after = int.Parse(whole.Next!.Split("after=")[1].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Single((await mine.Signatories.GetAsync(r => r.QueryParameters.After = after, Ct))!.Signatories!);
    }

    [Fact]
    public async Task A_problem_comes_as_what_it_is()
    {
        using var http = app.Client();
        var problem = await Assert.ThrowsAsync<ProblemDetails>(() => Client(http, new AnonymousAuthenticationProvider()).Api.V1.Letters["nosuch"].GetAsync(cancellationToken: Ct));
        Assert.Equal(("urn:undersigned:problem:no-such-letter", (int?)404), (problem.Type, problem.Status));
    }

    [Fact]
    public async Task With_a_token_it_reads_the_desk_and_without_its_scope_it_is_told_so()
    {
        using var http = app.Client();
        var none = await Assert.ThrowsAsync<ProblemDetails>(() => Client(http, new AnonymousAuthenticationProvider()).Api.V1.Desk.Figures.GetAsync(cancellationToken: Ct));
        Assert.Equal("urn:undersigned:problem:no-token", none.Type);

        using var withToken = app.Client();
        var client = Client(withToken, new BaseBearerTokenAuthenticationProvider(new Token(await TokenAsync(ApiScope.Figures))));
        var figures = await client.Api.V1.Desk.Figures.GetAsync(cancellationToken: Ct);
        Assert.Equal(("inspectors", 30), (figures!.Letter, figures.Days!.Count));
        var lacking = await Assert.ThrowsAsync<ProblemDetails>(() => client.Api.V1.Desk.Signatures.GetAsync(cancellationToken: Ct));
        Assert.Equal("urn:undersigned:problem:missing-scope", lacking.Type);

        using var withBoth = app.Client();
        var sheet = await Client(withBoth, new BaseBearerTokenAuthenticationProvider(new Token(await TokenAsync(ApiScope.Figures | ApiScope.Signatures)))).Api.V1.Desk.Signatures.GetAsync(cancellationToken: Ct);
        Assert.Equal(("listed", 1), (sheet!.Signatures![0].State, sheet.Signatures[0].Number));
    }

    private LettersClient Client(HttpClient http, IAuthenticationProvider authentication) =>
        new(new HttpClientRequestAdapter(authentication, httpClient: http) { BaseUrl = app.Url.AbsoluteUri.TrimEnd('/') });

    private async Task<string> TokenAsync(ApiScope scopes)
    {
        var (token, keys) = (TokenApi.NewToken(), app.Services.GetRequiredService<InstanceKeys>());
        await app.QueryAsync(async db =>
        {
            var owner = new Account { DisplayName = "Perpetua Lindqvaist-Oyelaran", UserName = Guid.NewGuid().ToString("N"), CreatedAt = DateTimeOffset.UnixEpoch };
            db.Users.Add(owner);
            await db.SaveChangesAsync(Ct);
            db.ApiTokens.Add(new ApiToken { LetterId = letter.Id, Name = "Members", TokenTag = keys.ApiTokenTag(token), Scopes = scopes, MadeBy = owner.Id, MadeAt = DateTimeOffset.UnixEpoch });
            return await db.SaveChangesAsync(Ct);
        });
        return token;
    }

    private sealed class Token(string token) : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new();

        public Task<string> GetAuthorizationTokenAsync(Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) => Task.FromResult(token);
    }
}
