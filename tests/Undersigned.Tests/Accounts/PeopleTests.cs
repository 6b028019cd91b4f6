using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Accounts;

public sealed class PeopleTests : IAsyncLifetime
{
    private TestApp app = null!;
    private Person owner = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        owner = await Person.SignedInAsync(app);
        await app.QueryAsync(db =>
        {
            db.Letters.Add(new Letter { Slug = "inspectors", Title = "Let the inspectors publish", Organiser = "Weirkeepers" });
            return db.SaveChangesAsync();
        });
        await owner.JoinAsync(1, StaffRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task An_invitation_lets_one_person_in_once()
    {
        var link = await InviteAsync("Editor");
        using var invited = new Person(app) { Name = "Ottoline Brandvold-Achebe" };
        await invited.MakeAccountAsync(link);
        Assert.Equal(HttpStatusCode.OK, (await invited.GetAsync("/desk/letters/1/text")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await invited.GetAsync("/desk/letters/1/people")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await invited.GetAsync("/desk/letters/new")).StatusCode);

        using var second = await Person.SignedInAsync(app);
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync(link)).StatusCode);
        var stored = await app.QueryAsync(db => db.Invitations.Select(i => i.TokenHash).SingleAsync());
        Assert.DoesNotContain(link.Split('/')[^1], System.Text.Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_with_an_account_signs_in_and_accepts()
    {
        var link = await InviteAsync("Reviewer");
        using var colleague = await Person.SignedInAsync(app);
        await colleague.PostAsync(await colleague.OpenAsync(link), "Accept");
        Assert.Equal(StaffRole.Reviewer, await RoleAsync(colleague));

        // An owner who tries a link of their own loses nothing.
        await owner.PostAsync(await owner.OpenAsync(await InviteAsync("Reviewer")), "Accept");
        Assert.Equal(StaffRole.Owner, await RoleAsync(owner));
    }

    [Fact]
    public async Task A_cancelled_invitation_is_dead()
    {
        var link = await InviteAsync("Owner");
        await owner.PressAsync(await owner.OpenAsync("/desk/letters/1/people"), "Cancel");
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task A_letter_keeps_its_last_owner()
    {
        var page = await owner.OpenAsync("/desk/letters/1/people");
        var refused = await owner.PressAsync(page, "Remove");
        Assert.Contains("keeps at least one owner", Person.Words(refused.QuerySelector("[role=alert]")));
        refused = await owner.PressAsync(page, "Change", ("role", "Reviewer"));
        Assert.Contains("keeps at least one owner", Person.Words(refused.QuerySelector("[role=alert]")));

        using var second = await Person.SignedInAsync(app);
        await second.JoinAsync(1, StaffRole.Owner);
        var theirs = await second.OpenAsync("/desk/letters/1/people");
        await Task.WhenAll(owner.PostAsync(page, "Remove"), second.PostAsync(theirs, "Remove", ("account", second.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(1, await app.QueryAsync(db => db.Staff.CountAsync(s => s.Role == StaffRole.Owner)));
    }

    private async Task<string> InviteAsync(string role)
    {
        var page = await owner.PressAsync(await owner.OpenAsync("/desk/letters/1/people"), "Make a link", ("role", role));
        return new Uri(page.QuerySelector(".notice pre")!.TextContent.Trim()).AbsolutePath;
    }

    private Task<StaffRole> RoleAsync(Person person) => app.QueryAsync(db => db.Staff.Where(s => s.AccountId == person.Id).Select(s => s.Role).SingleAsync());
}
