using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Tests.Harness;

/// <summary>A letter with its staff, and the rows that the features before the desk would have written.</summary>
public sealed class StaffRoom(TestApp app)
{
    private static int letters;

    public TestApp App => app;
    public long LetterId { get; private set; }
    public string Desk => $"/desk/letters/{LetterId}";

    /// <summary>Signs staff in by a header, so that what is tested is the desk and not the way in.</summary>
    public static void SignInByHeader(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ByHeader>(nameof(ByHeader), null);
        builder.Services.Configure<AuthenticationOptions>(o =>
            o.DefaultScheme = o.DefaultAuthenticateScheme = o.DefaultChallengeScheme = o.DefaultForbidScheme = nameof(ByHeader));
    }

    /// <summary>A letter of its own, so that the tests of one class do not meet.</summary>
    public static async Task<StaffRoom> OpenAsync(TestApp app, Action<Letter>? with = null)
    {
        var letter = new Letter
        {
            Slug = $"inspectors-{Interlocked.Increment(ref letters)}",
            State = LetterState.Private,
            CreatedAt = DateTimeOffset.UnixEpoch.AddYears(56),
            Title = "Let the inspectors publish what they find",
            Body = "We ask for the reports.",
            Organiser = "Weirkeepers",
        };
        with?.Invoke(letter);
        var room = new StaffRoom(app);
        await room.WriteAsync(db => db.Letters.Add(letter));
        room.LetterId = letter.Id;
        return room;
    }

    /// <summary>The desk of a letter that a test has made otherwise.</summary>
    public static StaffRoom Of(TestApp app, long letterId) => new(app) { LetterId = letterId };

    public async Task<StaffBrowser> EnterAsync(StaffRole role, string name = "Hyacinth Moravcová-Dube")
    {
        var account = new Account { DisplayName = name, UserName = Guid.NewGuid().ToString("N"), CreatedAt = DateTimeOffset.UnixEpoch };
        await WriteAsync(db => db.Users.Add(account));
        await WriteAsync(db => db.Staff.Add(new LetterStaff { LetterId = LetterId, AccountId = account.Id, Role = role, Since = DateTimeOffset.UnixEpoch }));
        return new StaffBrowser(app, account.Id);
    }

    /// <summary>A signature as it stands after confirmation, or in another state.</summary>
    public async Task<Signature> SignAsync(string name, SignatureState state = SignatureState.Confirmed, Action<Signature>? with = null) =>
        (await SignAsync([name], state, with))[0];

    public async Task<IReadOnlyList<Signature>> SignAsync(IEnumerable<string> names, SignatureState state = SignatureState.Confirmed, Action<Signature>? with = null)
    {
        var keys = app.Services.GetRequiredService<InstanceKeys>();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var signatures = names.Select(n => Signed(n, state, keys, now)).ToList();
        foreach (var signature in signatures)
            with?.Invoke(signature);
        await WriteAsync(db => db.Signatures.AddRange(signatures));
        return signatures;
    }

    private Signature Signed(string name, SignatureState state, InstanceKeys keys, DateTimeOffset now)
    {
        var local = NameFolding.Fold(name).Replace(' ', '.') + Random.Shared.Next(1_000_000).ToString(CultureInfo.InvariantCulture);
        Assert.True(EmailAddress.TryParse($"{local}@post.example", out var address, out _));
        return new Signature
        {
            LetterId = LetterId,
            Revision = 1,
            State = state,
            StateAt = now,
            Source = SignatureSource.Form,
            Name = name,
            FoldedName = NameFolding.Fold(name),
            Posts = [new Post("Inspector", "Inspectorate of Dams and Locks", new YearSpan(1985, 2010))],
            SubmittedAt = now,
            Email = address.ToString(),
            EmailDomain = address.Domain,
            AddressTag = keys.AddressTag(LetterId, address),
            CodeExpiresAt = now + Signature.CodeLifetime,
            ConfirmedAt = state == SignatureState.Submitted ? null : now,
            ConfirmedHow = state == SignatureState.Submitted ? null : ConfirmationHow.Code,
        };
    }

    /// <summary>What the sequencer does for one that was let in, as far as the desk sees it.</summary>
    public Task ListAsync(Signature signature, int number) => WriteAsync(db =>
    {
        db.Changes.RemoveRange(db.Changes.Where(c => c.SignatureId == signature.Id));
        var row = db.Signatures.Single(s => s.Id == signature.Id);
        (row.State, row.Number) = (SignatureState.Listed, number);
    });

    public Task<Signature> ReadAsync(Signature signature) =>
        app.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(s => s.Id == signature.Id));

    public Task<List<Signature>> ReadAllAsync() =>
        app.QueryAsync(db => db.Signatures.AsNoTracking().Where(s => s.LetterId == LetterId).OrderBy(s => s.Id).ToListAsync());

    public Task<List<StaffAct>> ActsAsync() =>
        app.QueryAsync(db => db.Acts.AsNoTracking().Where(a => a.LetterId == LetterId).OrderBy(a => a.Id).ToListAsync());

    /// <summary>What staff did; not that they looked at addresses on the way.</summary>
    public async Task<List<StaffAct>> DoneAsync() => [.. (await ActsAsync()).Where(a => a.What != "look")];

    public Task WriteAsync(Action<UndersignedDb> write) => app.QueryAsync(db =>
    {
        write(db);
        return db.SaveChangesAsync();
    });

    private sealed class ByHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Account"].FirstOrDefault() is not { } id)
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, "staff")], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}

/// <summary>A member of staff at a browser without JavaScript: pages are read as HTML, forms are posted with what they hold.</summary>
public sealed class StaffBrowser : IDisposable
{
    private readonly TestApp app;
    private readonly HttpClient client;

    public StaffBrowser(TestApp app, long accountId)
    {
        this.app = app;
        AccountId = accountId;
        client = app.Client();
        client.DefaultRequestHeaders.Add("X-Account", accountId.ToString(CultureInfo.InvariantCulture));
    }

    public long AccountId { get; }

    public void Dispose() => client.Dispose();

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<IHtmlDocument> OpenAsync(string path)
    {
        var answer = await FollowAsync(await GetAsync(path));
        AssertShown(answer, path);
        return await ReadAsync(answer);
    }

    /// <summary>Presses the button that says so (the beginning of its words) and follows where it leads.</summary>
    public async Task<IHtmlDocument> PressAsync(IHtmlDocument page, string button, params (string Name, string Value)[] typed)
    {
        var answer = await FollowAsync(await PostAsync(page, button, typed));
        AssertShown(answer, button);
        return await ReadAsync(answer);
    }

    /// <summary>The same without following. Typed values replace those of the form; a value for a checkbox ticks that one.</summary>
    public Task<HttpResponseMessage> PostAsync(IHtmlDocument page, string button, params (string Name, string Value)[] typed)
    {
        var pressed = page.QuerySelectorAll("button").OfType<IHtmlButtonElement>()
            .FirstOrDefault(b => Words(b).StartsWith(button, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No button “{button}”; there are: {string.Join(" | ", page.QuerySelectorAll("button").Select(Words))}");
        var form = pressed.Form!;
        var fields = Fields(form).Where(f => typed.All(t => t.Name != f.Key)).Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value))).ToList();
        if (!string.IsNullOrEmpty(pressed.Name))
            fields.Add(KeyValuePair.Create(pressed.Name, pressed.Value));
        return client.PostAsync(new Uri(client.BaseAddress!, pressed.GetAttribute("formaction") ?? form.GetAttribute("action") ?? page.Url), new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    /// <summary>Presses the button of a form that takes a file, with this one chosen.</summary>
    public async Task<IHtmlDocument> UploadAsync(IHtmlDocument page, string button, string field, string fileName, byte[] file)
    {
        var form = page.QuerySelectorAll("button").OfType<IHtmlButtonElement>().First(b => Words(b).StartsWith(button, StringComparison.Ordinal)).Form!;
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(form).Where(f => f.Key != field))
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(file), field, fileName);
        var answer = await FollowAsync(await client.PostAsync(new Uri(client.BaseAddress!, form.GetAttribute("action")), content, TestContext.Current.CancellationToken));
        AssertShown(answer, button);
        return await ReadAsync(answer);
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer)
    {
        while (answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther)
            answer = await GetAsync(answer.Headers.Location!.OriginalString);
        return answer;
    }

    private void AssertShown(HttpResponseMessage answer, string what) => Assert.True(
        answer.StatusCode == HttpStatusCode.OK,
        $"{what}: {(int)answer.StatusCode}\n{app.Log.LastOrDefault(l => l.StartsWith("Error", StringComparison.Ordinal))}");

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    public static string Words(IElement? element) =>
        string.Join(' ', Text(element).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Blocks end a word, as on the screen.
    private static string Text(INode? node) => node switch
    {
        null => "",
        IText text => text.Data,
        IElement { LocalName: "p" or "li" or "div" or "td" or "th" or "dt" or "dd" or "h1" or "h2" or "small" or "br" } block => " " + string.Concat(block.ChildNodes.Select(Text)) + " ",
        _ => string.Concat(node.ChildNodes.Select(Text)),
    };

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form) => form.Elements.SelectMany(e => e switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? [(box.Name, box.Value)] : [],
        IHtmlInputElement input => [(input.Name, input.Value)],
        IHtmlTextAreaElement area => [(area.Name, area.Value)],
        IHtmlSelectElement select => [(select.Name, select.Value)],
        _ => Array.Empty<(string?, string?)>(),
    }).Where(f => !string.IsNullOrEmpty(f.Item1)).Select(f => KeyValuePair.Create(f.Item1!, f.Item2 ?? ""));
}
