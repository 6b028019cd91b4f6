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

    [Fact]
    public async Task An_owner_lets_somebody_in_again_and_every_old_way_ends()
    {
        var link = await InviteAsync("Reviewer");
        using var member = new Person(app) { Name = "Ottoline Brandvold-Achebe" };
        await member.MakeAccountAsync(link);

        var page = await owner.PressAsync(await owner.OpenAsync("/desk/letters/1/people"), "Let them in again");
        var recovery = new Uri(page.QuerySelector(".notice pre")!.TextContent.Trim()).AbsolutePath;

        Assert.Equal(HttpStatusCode.Redirect, (await member.GetAsync("/account")).StatusCode);
        Assert.Contains("no way in at present", Person.Words((await owner.OpenAsync("/desk/letters/1/people")).QuerySelector("#people")), StringComparison.Ordinal);
        using var again = new Person(app) { Name = member.Name, Email = member.Email };
        Assert.Equal(HttpStatusCode.OK, (await again.SignInAsync()).StatusCode);
        await again.MakeAccountAsync(recovery);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/desk/letters/1/review")).StatusCode);
        Assert.Equal(StaffRole.Reviewer, await RoleAsync(again));
        Assert.Equal(HttpStatusCode.NotFound, (await again.GetAsync(recovery)).StatusCode);
        var act = await app.QueryAsync(db => db.Acts.SingleAsync(a => a.What == "recovery-link"));
        Assert.Equal((owner.Id, (long?)1, member.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), (act.AccountId, act.LetterId, act.Detail));
    }

    [Fact]
    public async Task A_way_back_in_reaches_no_further_than_its_maker()
    {
        await app.QueryAsync(db =>
        {
            db.Letters.Add(new Letter { Slug = "locks", Title = "Mend the locks", Organiser = "Lock masters" });
            return db.SaveChangesAsync();
        });
        using var alsoElsewhere = await Person.SignedInAsync(app);
        await alsoElsewhere.JoinAsync(1, StaffRole.Reviewer);
        await alsoElsewhere.JoinAsync(2, StaffRole.Owner);
        using var operatorAtWork = await Person.SignedInAsync(app, isOperator: true);
        await operatorAtWork.JoinAsync(1, StaffRole.Owner);
        using var plain = await Person.SignedInAsync(app);
        await plain.JoinAsync(1, StaffRole.Auditor);

        var page = await owner.OpenAsync("/desk/letters/1/people");

        Assert.Single(page.QuerySelectorAll("form[action='?handler=Recovery']"));
        foreach (var other in new[] { alsoElsewhere, operatorAtWork, owner })
            await owner.PostAsync(page, "Let them in again", ("account", other.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(0, await app.QueryAsync(db => db.SetupLinks.CountAsync(l => l.AccountId != null)));
        Assert.Equal(HttpStatusCode.OK, (await operatorAtWork.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Whoever_works_on_a_letter_can_leave_it_and_its_last_owner_cannot()
    {
        var refused = await owner.PressAsync(await owner.OpenAsync("/account"), "Leave");
        Assert.Contains("keeps at least one owner", Person.Words(refused.QuerySelector("[role=alert]")));
        using var auditor = await Person.SignedInAsync(app);
        await auditor.JoinAsync(1, StaffRole.Auditor);

        await auditor.PostAsync(await auditor.OpenAsync("/account"), "Leave");

        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync("/desk/letters/1")).StatusCode);
        var act = await app.QueryAsync(db => db.Acts.SingleAsync(a => a.What == "staff-left"));
        Assert.Equal(("Auditor", null), (act.FromState, act.ToState));
    }

    private async Task<string> InviteAsync(string role)
    {
        var page = await owner.PressAsync(await owner.OpenAsync("/desk/letters/1/people"), "Make a link", ("role", role));
        return new Uri(page.QuerySelector(".notice pre")!.TextContent.Trim()).AbsolutePath;
    }

    private Task<StaffRole> RoleAsync(Person person) => app.QueryAsync(db => db.Staff.Where(s => s.AccountId == person.Id).Select(s => s.Role).SingleAsync());
}
