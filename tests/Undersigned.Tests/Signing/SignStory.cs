using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Signing;

/// <summary>One letter that takes signatures, and what its signers do at a browser without JavaScript.</summary>
internal sealed class SignStory(TestApp app)
{
    private static int letters;

    public const string Name = "Marguerite Óladóttir-Vance";
    public const string Served = "Senior inspector, Inspectorate of Dams and Locks 1994–2017; legal trainee, Ministry of Waterways 1991–93";

    public TestApp App => app;
    public long LetterId { get; private set; }
    public string Slug { get; private set; } = "";
    public string Form { get; private set; } = "";

    /// <summary>A letter that is public with an empty list, or private where <paramref name="isPrivate"/>.</summary>
    public static async Task<SignStory> BeginAsync(TestApp app, bool isPrivate = false, Action<Letter>? with = null)
    {
        var story = new SignStory(app);
        var letter = new Letter
        {
            Slug = $"waterways-{Interlocked.Increment(ref letters)}",
            State = LetterState.Private,
            PrivateLinkOn = true,
            PrivateLinkRound = 1,
            Title = "Let the inspectors publish what they find",
            Body = "Eleven reports are finished and kept back.",
            Addressees = "the Minister of Waterways",
            Demands = ["to publish the eleven finished reports;", "to return the three inspectors to their posts."],
            Organiser = "Weirkeepers",
            Asks = Asks.Service | Asks.Location,
        };
        with?.Invoke(letter);
        await story.WriteAsync(db => db.Letters.Add(letter));
        (story.LetterId, story.Slug) = (letter.Id, letter.Slug);
        if (!isPrivate)
            await story.OpenListAsync();
        story.Form = isPrivate
            ? $"/private/{app.Get<InstanceKeys>().Token(TokenPurpose.PrivateLetter, letter.Id, 1)}/sign"
            : $"/letters/{letter.Slug}/sign";
        return story;
    }

    private async Task OpenListAsync()
    {
        await WriteAsync(db => db.Publish(db.Letters.Single(l => l.Id == LetterId), app.Get<TimeProvider>().GetUtcNow()));
        app.Get<WorkSignal>().Poke();
        await UntilAsync(async () =>
        {
            await RefreshAsync();
            return app.Get<PublishedLetters>().Find(Slug) is not null;
        });
    }

    /// <summary>Half a minute at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 600, "It did not come to be so.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public Task UntilAsync(long signatureId, SignatureState state) => UntilAsync(async () => (await ReadAsync(signatureId)).State == state);

    public Task RefreshAsync() => app.Get<PublishedLetters>().RefreshAsync(CancellationToken.None);

    public async Task ChangeLetterAsync(Action<Letter> change)
    {
        await WriteAsync(db => change(db.Letters.Single(l => l.Id == LetterId)));
        await RefreshAsync();
    }

    public SignerBrowser Browser() => new(app);

    /// <summary>Fills the form and sends it; the page that follows.</summary>
    public async Task<IHtmlDocument> SignAsync(SignerBrowser browser, string email, string name = Name) =>
        await browser.PressAsync(await browser.OpenAsync(Form), "Send me the six digits", Filled(email, name));

    public static (string, string)[] Filled(string email, string name = Name) =>
        [("Form.Name", name), ("Form.Email", email), ("Form.Served", Served), ("Form.Location", "Lindenmoor"), ("Form.Agree", "true")];

    /// <summary>A signature that stands on the list; the letter asks for no glance.</summary>
    public async Task<Signature> ListedAsync(string email, string name = Name)
    {
        var signature = await ConfirmedAsync(email, name);
        // Written first, then signed and published: only then it is on a page.
        await UntilAsync(() => app.QueryAsync(db => db.Lines.AnyAsync(l => l.SignatureId == signature.Id && db.Logs.Any(g => g.LetterId == l.LetterId && l.LeafIndex < g.PublishedSize))));
        return await ReadAsync(signature.Id);
    }

    /// <summary>Signs and confirms; the signature as it stands then.</summary>
    public async Task<Signature> ConfirmedAsync(string email, string name = Name)
    {
        using var browser = Browser();
        var page = await SignAsync(browser, email, name);
        var signature = await LatestAsync();
        await browser.PressAsync(page, "Confirm my signature", ("code", Code(signature)));
        return await ReadAsync(signature.Id);
    }

    public string Code(Signature signature) => app.Get<InstanceKeys>().Code(signature.Id, signature.CodeRound);

    public string Path(TokenPurpose purpose, Signature signature) =>
        (purpose switch { TokenPurpose.Confirm => "/confirm/", TokenPurpose.Tab => "/confirmation/", _ => "/signature/" })
        + app.Get<InstanceKeys>().Token(purpose, signature.Id);

    public Task<Signature> LatestAsync() => app.QueryAsync(db => db.Signatures.AsNoTracking().Where(s => s.LetterId == LetterId).OrderBy(s => s.Id).LastAsync());

    public Task<Signature> ReadAsync(long id) => app.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(s => s.Id == id));

    public Task<List<Signature>> AllAsync() => app.QueryAsync(db => db.Signatures.AsNoTracking().Where(s => s.LetterId == LetterId).OrderBy(s => s.Id).ToListAsync());

    public Task<List<OutboxMail>> MailsAsync() => app.QueryAsync(db => db.Outbox.AsNoTracking().Where(m => m.LetterId == LetterId).OrderBy(m => m.Id).ToListAsync());

    public Task<List<Change>> ChangesAsync() => app.QueryAsync(db => db.Changes.AsNoTracking().Where(c => c.LetterId == LetterId).OrderBy(c => c.Id).ToListAsync());

    public Task WriteAsync(Action<UndersignedDb> write) => app.QueryAsync(db =>
    {
        write(db);
        return db.SaveChangesAsync();
    });
}

/// <summary>Reads pages as HTML and posts their forms with what they hold.</summary>
internal sealed class SignerBrowser(TestApp app) : IDisposable
{
    private readonly HttpClient client = app.Client();

    public HttpClient Client => client;
    public HttpResponseMessage Last { get; private set; } = null!;
    public string Text { get; private set; } = "";
    /// <summary>Where the last page stands.</summary>
    public string Here { get; private set; } = "";

    public void Dispose() => client.Dispose();

    public async Task<IHtmlDocument> OpenAsync(string path)
    {
        Here = path;
        return await FollowAsync(await client.GetAsync(path, Cancellation));
    }

    /// <summary>Presses the button that says so and follows where it leads.</summary>
    public async Task<IHtmlDocument> PressAsync(IHtmlDocument page, string button, params (string Name, string Value)[] typed) =>
        await FollowAsync(await PostAsync(page, button, typed));

    public Task<HttpResponseMessage> PostAsync(IHtmlDocument page, string button, params (string Name, string Value)[] typed)
    {
        var pressed = page.QuerySelectorAll<IHtmlButtonElement>("button").First(b => Words(b).StartsWith(button, StringComparison.Ordinal));
        var fields = Fields(pressed.Form!).Where(f => typed.All(t => t.Name != f.Name)).Concat(typed).ToList();
        if (!string.IsNullOrEmpty(pressed.Name))
            fields.Add((pressed.Name, pressed.Value));
        var action = pressed.Form!.GetAttribute("action");
        return PostAsync(string.IsNullOrEmpty(action) ? Here : action, fields);
    }

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<(string Name, string Value)> fields) =>
        client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), Cancellation);

    public async Task<IHtmlDocument> FollowAsync(HttpResponseMessage answer)
    {
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        while (answer.StatusCode is HttpStatusCode.Redirect)
        {
            Here = answer.Headers.Location!.OriginalString;
            answer = await client.GetAsync(Here, Cancellation);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
        Last = answer;
        Text = await answer.Content.ReadAsStringAsync(Cancellation);
        return await new HtmlParser().ParseDocumentAsync(Text, Cancellation);
    }

    public static string Words(INode? node) => string.Join(' ', (node?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string Value(IHtmlDocument page, string field) => page.QuerySelector($"[name='{field}']") switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        _ => throw new InvalidOperationException($"No field {field}."),
    };

    private static IEnumerable<(string Name, string Value)> Fields(IHtmlFormElement form) => form.Elements.SelectMany(e => e switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? [(box.Name, box.Value)] : [],
        IHtmlInputElement input => [(input.Name, input.Value)],
        IHtmlTextAreaElement area => [(area.Name, area.Value)],
        _ => Array.Empty<(string?, string?)>(),
    }).Where(f => !string.IsNullOrEmpty(f.Item1)).Select(f => (f.Item1!, f.Item2 ?? ""));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}

/// <summary>One application for a class of tests; each test has its own letter. At the end its log is searched for what it must not hold.</summary>
public sealed class SigningApp : IAsyncLifetime
{
    internal TestApp App { get; private set; } = null!;
    internal ShiftedClock Clock { get; } = new();

    public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(
        i => i with { TrustedProxies = ["127.0.0.1"] },
        builder => builder.Services.AddSingleton<TimeProvider>(Clock));

    public async ValueTask DisposeAsync()
    {
        var log = App.Log;
        await App.DisposeAsync();
        foreach (var secret in new[] { "ladottir", "ladóttir", "post.example", "Lindenmoor", "Senior inspector", "/confirm/", "/confirmation/", "/signature/", "/not-me/", "/private/" })
            Assert.DoesNotContain(log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>The system's clock, moved on by hand; timers run as ever.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long shift;

    public void Advance(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);

    /// <summary>So much later until it is disposed, where other tests share the clock with services that have their own.</summary>
    public IDisposable Later(TimeSpan by)
    {
        Advance(by);
        return new Back(this, by);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref shift));

    private sealed class Back(ShiftedClock clock, TimeSpan by) : IDisposable
    {
        public void Dispose() => clock.Advance(-by);
    }
}
