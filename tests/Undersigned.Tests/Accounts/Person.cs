using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Accounts;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Accounts;

/// <summary>Somebody at a browser without JavaScript, with a phone that shows codes.</summary>
public sealed class Person(TestApp app, HttpClient? browser = null) : IDisposable
{
    public const string Password = "crane willow ferry ledger";
    private static int people;
    private readonly HttpClient client = browser ?? app.Client();

    public string Name { get; init; } = "Hyacinth Moravcová-Dube";
    public string Email { get; init; } = $"hyacinth{Interlocked.Increment(ref people)}@weirkeepers.example";
    public long Id { get; private set; }
    public string Key { get; private set; } = "";
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];
    public HttpClient Client => client;
    /// <summary>What a form of ours carries to show that it is one.</summary>
    public string? FormMark { get; set; }

    public void Dispose() => client.Dispose();

    /// <summary>An account with password alone, made behind the pages, and signed in through the page.</summary>
    public static async Task<Person> SignedInAsync(TestApp app, bool isOperator = false)
    {
        var person = new Person(app);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var account = new Account { DisplayName = person.Name, UserName = person.Email, Email = person.Email, IsOperator = isOperator };
            Assert.True((await accounts.CreateAsync(account, Password)).Succeeded);
            person.Id = account.Id;
        }
        await person.SignInAsync();
        return person;
    }

    public async Task<HttpResponseMessage> SignInAsync(string password = Password) =>
        await PostAsync(await OpenAsync("/sign-in"), "Sign in", ("email", Email), ("password", password));

    public Task JoinAsync(long letterId, StaffRole role) => app.QueryAsync(db =>
    {
        db.Staff.Add(new LetterStaff { LetterId = letterId, AccountId = Id, Role = role, Since = DateTimeOffset.UnixEpoch });
        return db.SaveChangesAsync();
    });

    /// <summary>The two pages of a new account with password: who, then the first code of the authenticator.</summary>
    public async Task<IHtmlDocument> MakeAccountAsync(string link)
    {
        var page = await PressAsync(await OpenAsync(link), "Go on with a password", ("name", Name), ("email", Email), ("password", Password));
        TakeKey(page);
        Assert.NotNull(page.QuerySelector("svg.qr path"));
        var made = await PressAsync(page, "Make the account", ("code", CodeNow()));
        RecoveryCodes = (made.QuerySelector("pre")?.TextContent ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Id = await app.QueryAsync(db => Task.FromResult(db.Users.Where(u => u.Email == Email).Select(u => u.Id).SingleOrDefault()));
        return made;
    }

    /// <summary>Points the phone at the page.</summary>
    public void TakeKey(IHtmlDocument page) => Key = Words(page.QuerySelector("code")).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>RFC 6238 with 30 seconds and six digits, as a phone computes it.</summary>
    public string CodeNow(int stepsAway = 0)
    {
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + stepsAway);
#pragma warning disable CA5350 // Authenticator apps know only SHA-1.
        var mac = HMACSHA1.HashData(Decode(Key), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<IHtmlDocument> OpenAsync(string path) => await ReadAsync(await GetAsync(path));

    public async Task<IHtmlDocument> PressAsync(IHtmlDocument page, string button, params (string Name, string Value)[] typed)
    {
        var answer = await PostAsync(page, button, typed);
        while (answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther)
            answer = await GetAsync(answer.Headers.Location!.OriginalString);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{button}: {(int)answer.StatusCode}");
        return await ReadAsync(answer);
    }

    /// <summary>Presses the button whose words begin so; typed values replace those of the form.</summary>
    public Task<HttpResponseMessage> PostAsync(IHtmlDocument page, string button, params (string Name, string Value)[] typed)
    {
        var pressed = page.QuerySelectorAll("main button").OfType<IHtmlButtonElement>()
            .FirstOrDefault(b => Words(b).StartsWith(button, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No button “{button}”; there are: {string.Join(" | ", page.QuerySelectorAll("main button").Select(Words))}");
        var form = pressed.Form!;
        var fields = Fields(form).Where(f => typed.All(t => t.Name != f.Key)).Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value))).ToList();
        if (!string.IsNullOrEmpty(pressed.Name))
            fields.Add(KeyValuePair.Create(pressed.Name, pressed.Value));
        var action = new Uri(new Uri(page.BaseUri), pressed.GetAttribute("formaction") ?? form.GetAttribute("action") ?? "");
        return client.PostAsync(action, new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer)
    {
        var context = AngleSharp.BrowsingContext.New();
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (IHtmlDocument)await AngleSharp.BrowsingContextExtensions.OpenAsync(
            context, r => r.Content(html).Address(answer.RequestMessage!.RequestUri!.AbsoluteUri), TestContext.Current.CancellationToken);
    }

    public static string Words(INode? element) =>
        string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form) => form.Elements.SelectMany(e => e switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? [(box.Name, box.Value)] : [],
        IHtmlInputElement input => [(input.Name, input.Value)],
        IHtmlTextAreaElement area => [(area.Name, area.Value)],
        IHtmlSelectElement select => [(select.Name, select.Value)],
        _ => Array.Empty<(string?, string?)>(),
    }).Where(f => !string.IsNullOrEmpty(f.Item1)).Select(f => KeyValuePair.Create(f.Item1!, f.Item2 ?? ""));

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
