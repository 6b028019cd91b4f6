using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Accounts;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Accounts;

public sealed class SignInTests : IAsyncLifetime
{
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_password_needs_the_authenticators_code_and_each_code_works_once()
    {
        using var person = await OperatorAsync();
        using var elsewhere = new Person(app) { Email = person.Email };
        var code = person.CodeNow();

        var step = await elsewhere.SignInAsync();
        Assert.StartsWith("/sign-in/code", step.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).StatusCode);
        var page = await elsewhere.OpenAsync("/sign-in/code");
        Assert.NotNull((await elsewhere.PressAsync(page, "Sign in", ("code", "000000"))).QuerySelector("#code-error"));
        await elsewhere.PostAsync(page, "Sign in", ("code", code));
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/account")).StatusCode);

        using var thief = new Person(app) { Email = person.Email };
        await thief.SignInAsync();
        var again = await thief.PressAsync(await thief.OpenAsync("/sign-in/code"), "Sign in", ("code", code));
        Assert.NotNull(again.QuerySelector("#code-error"));
    }

    [Fact]
    public async Task A_recovery_code_works_once()
    {
        using var person = await OperatorAsync();
        foreach (var (works, letterCase) in new[] { (true, false), (false, true) })
        {
            using var elsewhere = new Person(app) { Email = person.Email };
            await elsewhere.SignInAsync();
            var code = letterCase ? person.RecoveryCodes[0] : person.RecoveryCodes[0].ToLowerInvariant();
            await elsewhere.PostAsync(await elsewhere.OpenAsync("/sign-in/code"), "Sign in", ("code", code));
            Assert.Equal(works ? HttpStatusCode.OK : HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).StatusCode);
        }
        using var lost = new Person(app) { Email = person.Email };
        await lost.PostAsync(await lost.OpenAsync("/sign-in/recovery"), "Sign in", ("email", person.Email), ("password", Person.Password), ("code", person.RecoveryCodes[1]));
        Assert.Contains("8 codes are left", Person.Words((await lost.OpenAsync("/account")).Body));
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_words_and_the_same_lock()
    {
        using var person = await OperatorAsync();
        using var guesser = new Person(app) { Email = person.Email };
        using var nobody = new Person(app) { Email = "nobody@weirkeepers.example" };
        for (var i = 1; i <= 6; i++)
        {
            var words = new List<string>();
            foreach (var who in new[] { guesser, nobody })
                words.Add(Person.Words((await Person.ReadAsync(await who.SignInAsync("wrong password " + i))).QuerySelector("#email-error")));
            Assert.Equal(i < 5 ? SignInModel.DoNotFit : words[0], words[0]);
            Assert.Equal(i >= 5, words[0].Contains("locked until", StringComparison.Ordinal));
            // Across a full minute the two clocks may read differently.
            Assert.Equal(words[0].Length, words[1].Length);
        }
        var locked = await Person.ReadAsync(await guesser.SignInAsync());
        Assert.Contains("locked until", Person.Words(locked.QuerySelector("#email-error")));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_at_once()
    {
        using var person = await OperatorAsync();
        using var elsewhere = new Person(app) { Email = person.Email };
        await elsewhere.SignInAsync();
        await elsewhere.PostAsync(await elsewhere.OpenAsync("/sign-in/code"), "Sign in", ("code", person.RecoveryCodes[2]));
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/account")).StatusCode);

        await person.PostAsync(await person.OpenAsync("/account"), "Sign out everywhere");

        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Cookies_are_for_staff_alone_and_locked_to_the_host_on_https()
    {
        await using var https = await TestApp.StartAsync(i => i with { PublicUrl = new Uri("https://letters.example") });
        using var client = https.Client();
        Assert.False((await client.GetAsync("/", TestContext.Current.CancellationToken)).Headers.Contains("Set-Cookie"));
        var form = Assert.Single((await client.GetAsync("/sign-in", TestContext.Current.CancellationToken)).Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-undersigned-form=", form, StringComparison.Ordinal);
        foreach (var mark in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            Assert.Contains(mark, form, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Where_to_go_after_signing_in_is_never_another_site()
    {
        using var person = await Person.SignedInAsync(app);
        using var again = new Person(app) { Email = person.Email };
        var page = await again.OpenAsync("/sign-in?from=" + Uri.EscapeDataString("https://elsewhere.example/"));
        Assert.Equal("/desk", (await again.PostAsync(page, "Sign in", ("email", person.Email), ("password", Person.Password))).Headers.Location!.OriginalString);
    }

    private async Task<Person> OperatorAsync()
    {
        var person = new Person(app);
        await person.MakeAccountAsync((await app.Services.GetRequiredService<SetupLinks>().EnsureAsync(TestContext.Current.CancellationToken))!.AbsolutePath);
        return person;
    }
}
