using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Undersigned.Accounts;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Accounts;

public sealed class SetupTests
{
    [Fact]
    public async Task The_first_account_is_made_once_by_the_link_of_the_first_start()
    {
        await using var app = await TestApp.StartAsync();
        var links = app.Services.GetRequiredService<SetupLinks>();
        var first = (await links.EnsureAsync(TestContext.Current.CancellationToken))!.AbsolutePath;
        var second = (await links.EnsureAsync(TestContext.Current.CancellationToken))!.AbsolutePath;
        using var operatorAtWork = new Person(app);
        Assert.Equal(HttpStatusCode.NotFound, (await operatorAtWork.GetAsync(first)).StatusCode);

        var made = await operatorAtWork.MakeAccountAsync(second);

        Assert.Equal(10, operatorAtWork.RecoveryCodes.Distinct().Count());
        Assert.Contains("shown this once", Person.Words(made.Body));
        Assert.Equal(HttpStatusCode.OK, (await operatorAtWork.GetAsync("/account")).StatusCode);
        Assert.True(await app.QueryAsync(db => db.Users.Select(u => u.IsOperator).SingleAsync()));
        Assert.Null(await links.EnsureAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, (await operatorAtWork.GetAsync(second)).StatusCode);
    }

    [Fact]
    public async Task The_link_dies_after_a_day()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(time));
        var link = (await app.Services.GetRequiredService<SetupLinks>().EnsureAsync(TestContext.Current.CancellationToken))!.AbsolutePath;
        using var person = new Person(app);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync(link)).StatusCode);

        time.Advance(TimeSpan.FromHours(24));

        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_code_or_a_short_password_makes_no_account_and_keeps_what_was_typed()
    {
        await using var app = await TestApp.StartAsync();
        var link = (await app.Services.GetRequiredService<SetupLinks>().EnsureAsync(TestContext.Current.CancellationToken))!.AbsolutePath;
        using var person = new Person(app);

        var shortOne = await person.PressAsync(await person.OpenAsync(link), "Go on with a password", ("name", "Hyacinth"), ("email", "not an address"), ("password", "short"));
        Assert.Equal("2 answers need another look", Person.Words(shortOne.QuerySelector("[role=alert] h2")));
        Assert.Equal("not an address", shortOne.QuerySelector("#email")!.GetAttribute("value"));

        var next = await person.PressAsync(shortOne, "Go on with a password", ("email", person.Email), ("password", Person.Password));
        var wrong = await person.PressAsync(next, "Make the account", ("code", "000000"));
        Assert.NotNull(wrong.QuerySelector("#code-error"));
        Assert.Equal(Person.Words(next.QuerySelector("code")), Person.Words(wrong.QuerySelector("code")));
        Assert.Equal(0, await app.QueryAsync(db => db.Users.CountAsync()));
        Assert.Equal(0, await app.QueryAsync(db => db.UserTokens.CountAsync()));
    }

    [Fact]
    public async Task Nothing_that_signs_in_lies_in_the_database_in_clear()
    {
        await using var app = await TestApp.StartAsync();
        using var person = new Person(app);
        await person.MakeAccountAsync((await app.Services.GetRequiredService<SetupLinks>().EnsureAsync(TestContext.Current.CancellationToken))!.AbsolutePath);

        var stored = string.Join('\n', await app.QueryAsync(db => db.UserTokens.Select(t => t.Value ?? "").ToListAsync()))
            + await app.QueryAsync(db => db.Users.Select(u => u.PasswordHash).SingleAsync());

        Assert.DoesNotContain(person.Key, stored, StringComparison.OrdinalIgnoreCase);
        Assert.All(person.RecoveryCodes, code => Assert.DoesNotContain(code, stored, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Person.Password, stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(app.Log, l => l.Contains(person.Email, StringComparison.Ordinal) || l.Contains(person.Name, StringComparison.Ordinal));
    }
}
