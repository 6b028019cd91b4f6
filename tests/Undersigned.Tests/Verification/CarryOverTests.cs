using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.Verification;

public sealed class CarryOverTests(VerificationApp fixture) : IClassFixture<VerificationApp>
{
    private static readonly ListedDomain Dams = new("dams.example", "Inspectorate of Dams and Locks", false);
    private static readonly DateTimeOffset LastYear = new(2025, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_checked_on_the_earlier_letter_comes_along_with_its_date()
    {
        var earlier = await fixture.LetterAsync(l => (l.Domains, l.Title) = ([Dams], "The first letter"));
        var before = await earlier.ListedAsync("ada@dams.example", "Ada Lockwood");
        await earlier.WriteAsync(db =>
        {
            db.Evidence.Single(e => e.SignatureId == before.Id).At = LastYear;
            db.Evidence.Add(Evidence.Of(EvidenceKind.Known, before, LastYear, "called at the published number"));
            var ended = Evidence.Of(EvidenceKind.Roster, before, LastYear);
            ended.EndedAt = LastYear;
            db.Evidence.Add(ended);
        });
        var later = await fixture.LetterAsync(l => l.FollowsLetterId = earlier.LetterId);

        var after = await later.ListedAsync("ada@dams.example", "ADA Lockwood");
        var namesake = await later.ConfirmedAsync("other.ada@dams.example", "Ada Lockwood");

        Assert.Equal((SignatureLevel.Known, SignatureLevel.Email), (after.Level, namesake.Level));
        var carried = await fixture.EvidenceAsync(after);
        Assert.Equal([(EvidenceKind.Domain, "dams.example"), (EvidenceKind.Known, "called at the published number")], carried.Select(e => (e.Kind, e.What!)));
        Assert.All(carried, e => Assert.Equal((LastYear, (long?)earlier.LetterId, later.LetterId), (e.At, e.FromLetterId, e.LetterId)));
        using var editor = await StaffRoom.Of(fixture.App, later.LetterId).EnterAsync(StaffRole.Editor);
        var desk = await editor.OpenAsync($"/desk/letters/{later.LetterId}/signatures/{after.Id}");
        Assert.Contains("carried over from The first letter", StaffBrowser.Words(desk.QuerySelector("section[aria-labelledby=evidence]")), StringComparison.Ordinal);
        using var browser = later.Browser();
        await browser.OpenAsync(later.Path(TokenPurpose.Own, after));
        Assert.Contains("That was on an earlier letter.", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_comes_along_for_another_name_for_who_left_or_from_the_addressees_domain()
    {
        var earlier = await fixture.LetterAsync(l => l.Domains = [Dams]);
        var (one, two, three) = (await earlier.ListedAsync("one@dams.example", "Ada Lockwood"), await earlier.ListedAsync("two@dams.example", "Bela Weir"), await earlier.ListedAsync("three@dams.example", "Gil Race"));
        await earlier.WriteAsync(db => db.Signatures.Single(s => s.Id == two.Id).State = SignatureState.Removed);
        var later = await fixture.LetterAsync(l => (l.FollowsLetterId, l.Domains) = (earlier.LetterId, [Dams with { IsAddressee = true }]));

        foreach (var (email, name) in new[] { ("one@dams.example", "Somebody Else"), ("two@dams.example", "Bela Weir"), ("three@dams.example", "Gil Race") })
        {
            var signed = await later.ListedAsync(email, name);
            Assert.Equal(SignatureLevel.Email, signed.Level);
            Assert.Empty(await fixture.EvidenceAsync(signed));
        }
        Assert.Equal(SignatureLevel.Domain, (await earlier.ReadAsync(one.Id)).Level);
        Assert.Equal(SignatureLevel.Domain, (await earlier.ReadAsync(three.Id)).Level);
    }

    [Fact]
    public async Task An_account_comes_along_unless_it_speaks_for_another_line_already()
    {
        var keys = fixture.App.Get<InstanceKeys>();
        var earlier = await fixture.LetterAsync();
        var before = await earlier.ListedAsync("ada@post.example", "Ada Lockwood");
        Evidence AccountOf(Signature signature)
        {
            var evidence = Evidence.Of(EvidenceKind.Account, signature, LastYear, "ORCID · Ada Lockwood (0000-0001)");
            (evidence.Account, evidence.AccountTag) = ("https://orcid.example/\n0000-0001", keys.AccountTag(signature.LetterId, "https://orcid.example/", "0000-0001"));
            return evidence;
        }

        await earlier.WriteAsync(db => db.Evidence.Add(AccountOf(before)));
        var (free, taken) = (await fixture.LetterAsync(l => l.FollowsLetterId = earlier.LetterId), await fixture.LetterAsync(l => l.FollowsLetterId = earlier.LetterId));
        var holder = await taken.ListedAsync("holder@post.example", "Bela Weir");
        await taken.WriteAsync(db => db.Evidence.Add(AccountOf(holder)));

        var (one, two) = (await free.ListedAsync("ada@post.example", "Ada Lockwood"), await taken.ListedAsync("ada@post.example", "Ada Lockwood"));

        Assert.Equal((SignatureLevel.Account, SignatureLevel.Email), (one.Level, two.Level));
        Assert.Equal(keys.AccountTag(free.LetterId, "https://orcid.example/", "0000-0001"), (await fixture.EvidenceAsync(one)).Single().AccountTag);
    }

    [Fact]
    public async Task An_owner_of_both_letters_names_the_earlier_one_and_nobody_else()
    {
        var (earlier, later) = (await fixture.LetterAsync(l => l.Title = "The first letter"), await fixture.LetterAsync());
        var room = StaffRoom.Of(fixture.App, later.LetterId);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        Assert.Null((await owner.OpenAsync(room.Desk + "/checks")).QuerySelector("#follows"));
        await room.WriteAsync(db => db.Staff.Add(new LetterStaff { LetterId = earlier.LetterId, AccountId = owner.AccountId, Role = StaffRole.Owner, Since = LastYear }));

        var page = await owner.OpenAsync(room.Desk + "/checks");
        await owner.PressAsync(page, "Keep", ("follows", $"{earlier.LetterId}"));

        Assert.Equal(earlier.LetterId, await FollowedAsync(later));
        var seen = await editor.OpenAsync(room.Desk + "/checks");
        Assert.Null(seen.QuerySelector("#follows"));
        var token = seen.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await editor.PostAsync(page, "Keep", ("follows", ""), ("__RequestVerificationToken", token))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsync(page, "Keep", ("follows", $"{later.LetterId}"))).StatusCode);
        Assert.Equal(earlier.LetterId, await FollowedAsync(later));
        await owner.PressAsync(page, "Keep", ("follows", ""));
        Assert.Null(await FollowedAsync(later));
    }

    private Task<long?> FollowedAsync(SignStory story) =>
        fixture.App.QueryAsync(db => db.Letters.AsNoTracking().Where(l => l.Id == story.LetterId).Select(l => l.FollowsLetterId).SingleAsync());
}
