using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Undersigned.Accounts;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Accounts;

public sealed class SessionTests : IAsyncLifetime
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private TestApp app = null!;
    private Person here = null!, there = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(time));
        here = await Person.SignedInAsync(app);
        there = new Person(app) { Email = here.Email };
        there.Client.DefaultRequestHeaders.UserAgent.ParseAdd(Firefox);
        await there.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        here.Dispose();
        there.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_session_is_listed_by_its_browser_and_ended_alone()
    {
        var page = await here.OpenAsync("/account");
        Assert.Contains("Firefox on Linux", Person.Words(page.QuerySelector("#sessions")!.ParentElement));

        await here.PostAsync(page, "End it");

        Assert.False(await IsInAsync(there));
        Assert.True(await IsInAsync(here));
        Assert.DoesNotContain("Firefox", Person.Words((await here.OpenAsync("/account")).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another_account()
    {
        using var stranger = await Person.SignedInAsync(app);
        await stranger.SignInAsync();
        await stranger.SignInAsync();
        var theirs = await app.QueryAsync(db => db.Sessions.Where(s => s.AccountId == here.Id).Select(s => s.Id).FirstAsync());
        using var again = new Person(app) { Email = stranger.Email };
        await again.SignInAsync();

        await again.PostAsync(await again.OpenAsync("/account"), "End it", ("session", theirs.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.True(await IsInAsync(here));
    }

    [Fact]
    public async Task All_others_end_at_once_and_so_they_do_with_a_new_password()
    {
        await here.PostAsync(await here.OpenAsync("/account"), "End all others");
        Assert.Equal((true, false), (await IsInAsync(here), await IsInAsync(there)));

        await there.SignInAsync();
        Assert.True(await IsInAsync(there));
        await here.PostAsync(await here.OpenAsync("/account"), "Change it", ("old", Person.Password), ("password", "heron osier weir barge"));
        Assert.Equal((true, false), (await IsInAsync(here), await IsInAsync(there)));
    }

    [Fact]
    public async Task Another_authenticator_ends_the_other_sessions_and_the_password_stays()
    {
        var page = await here.PressAsync(await here.OpenAsync("/account"), "Show me the key", ("known", "not the password"));
        Assert.NotNull(page.QuerySelector("#known-error"));
        page = await here.PressAsync(page, "Show me the key", ("known", Person.Password));
        here.TakeKey(page);
        Assert.True(await IsInAsync(there));

        await here.PostAsync(page, "Use this one from now on", ("code", here.CodeNow()));

        Assert.Equal((true, false), (await IsInAsync(here), await IsInAsync(there)));
        Assert.StartsWith("/sign-in/code", (await there.SignInAsync()).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_kept_from_before_the_sign_out_opens_nothing()
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = app.Url };
        using var thief = new Person(app, client) { Email = here.Email };
        await thief.SignInAsync();
        var kept = cookies.GetCookieHeader(app.Url);
        await thief.PostAsync(await thief.OpenAsync("/sign-out"), "Sign out");

        using var later = app.Client();
        later.DefaultRequestHeaders.Add("Cookie", kept);
        Assert.Equal(HttpStatusCode.Redirect, (await later.GetAsync("/account", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task What_another_node_ended_ends_here_within_half_a_minute()
    {
        Assert.True(await IsInAsync(there));
        await app.QueryAsync(db => db.Sessions.Where(s => s.Browser == "Firefox on Linux").ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, time.GetUtcNow())));
        Assert.True(await IsInAsync(there));

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.False(await IsInAsync(there));
    }

    [Fact]
    public async Task A_number_that_is_given_again_after_a_restored_backup_opens_nobody_elses_session()
    {
        await app.QueryAsync(db => db.Sessions.Where(s => s.Browser == "Firefox on Linux").ExecuteUpdateAsync(s => s.SetProperty(x => x.Since, time.GetUtcNow().AddSeconds(1))));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(await IsInAsync(there));
    }

    [Fact]
    public async Task Owners_see_when_their_people_were_last_seen()
    {
        await app.QueryAsync(db =>
        {
            db.Letters.Add(new Letter { Slug = "inspectors", Title = "Let the inspectors publish", Organiser = "Weirkeepers" });
            return db.SaveChangesAsync();
        });
        await here.JoinAsync(1, StaffRole.Owner);
        time.Advance(TimeSpan.FromHours(2));

        var people = Person.Words((await here.OpenAsync("/desk/letters/1/people")).QuerySelector("#people"));

        var hour = time.GetUtcNow();
        Assert.Contains($"last seen {Shared.Printed(hour.AddTicks(-(hour.UtcTicks % TimeSpan.TicksPerHour)))}", people, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Firefox, "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on an iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("", "A browser")]
    [InlineData("curl/8.1 <script>", "A browser")]
    public void A_browser_is_called_in_three_words(string userAgent, string name) => Assert.Equal(name, BrowserName.Of(userAgent));

    private static async Task<bool> IsInAsync(Person person) => (await person.GetAsync("/account")).StatusCode == HttpStatusCode.OK;

    private static class Shared
    {
        public static string Printed(DateTimeOffset at) => Undersigned.Shared.Printed.Moment(at);
    }
}
