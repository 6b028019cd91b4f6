using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Accounts;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Audit;

/// <summary>Whatever the desk shows of a person that is nobody else's business is in the record, by name; and what a role does not need it is not shown.</summary>
public sealed class LookTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private const string Telephone = "+1 555 0142";
    private const string Place = "Sandpiper Quay, Ohio";
    private const string Note = "Asked twice whether it was she";
    private const string Known = "Reached by the number of the county directory";
    private const string Written = "Please write my name with the accent";

    private static readonly string[] Acts = [StaffPage.Look, "open-telephone"];

    [Fact]
    public async Task Every_page_of_the_desk_that_shows_an_address_a_telephone_a_place_a_note_evidence_or_a_message_records_who_saw_it()
    {
        var (room, people) = await PeopledAsync();
        var secrets = Secrets(people);
        var showed = 0;
        using var editor = await room.EnterAsync(StaffRole.Editor);
        await editor.UploadAsync(await editor.OpenAsync(room.Desk + "/import"), "Upload", "Sheet", "more.csv", Encoding.UTF8.GetBytes($"Name,Address\nAda Lockwood,{people.Waiting.Email}\n"));
        var import = await fixture.App.QueryAsync(db => db.Imports.Where(i => i.LetterId == room.LetterId).Select(i => i.Id).SingleAsync());
        var hook = new Webhook { LetterId = room.LetterId, MadeBy = editor.AccountId, Host = "members.example", Address = "https://members.example/hook", State = WebhookState.Off };
        await room.WriteAsync(db =>
        {
            db.Webhooks.Add(hook);
            RevisionWriter.Fix(db, db.Letters.Single(l => l.Id == room.LetterId), DateTimeOffset.UnixEpoch);
        });
        foreach (var path in Paths(people, import, hook.Id))
        {
            using var owner = await room.EnterAsync(StaffRole.Owner);
            var before = (await room.ActsAsync()).Count;
            var answer = await owner.GetAsync(room.Desk + path);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            var seen = secrets.Where(s => Shows(answer, s)).ToList();
            var recorded = (await room.ActsAsync()).Skip(before).Any(a => Acts.Contains(a.What) && a.AccountId == owner.AccountId);
            Assert.True(seen.Count == 0 || recorded, $"{path} shows {string.Join(", ", seen)} and records nothing.");
            showed += seen.Count > 0 ? 1 : 0;
        }
        // Signature, review, request, both ways of the grid, one line of it, press, unconfirmed, an import.
        Assert.True(showed >= 9, $"{showed} pages showed something.");
        Assert.DoesNotContain(await room.ActsAsync(), a => secrets.Any(s => a.Detail?.Contains(s, StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task A_reviewer_and_an_auditor_are_shown_no_whole_address_no_telephone_no_place_no_note_and_no_message()
    {
        var (room, people) = await PeopledAsync();
        var secrets = Secrets(people).Where(s => s != Known).ToList();
        foreach (var role in new[] { StaffRole.Reviewer, StaffRole.Auditor })
        {
            using var browser = await room.EnterAsync(role);
            foreach (var path in Paths(people).Append($"/grid?q={people.Waiting.Email}&noted=true&press=true"))
            {
                var answer = await browser.GetAsync(room.Desk + path);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{path}: {answer.StatusCode}");
                Assert.True(!secrets.Any(s => Shows(answer, s) && !path.Contains(s, StringComparison.Ordinal)), $"{path} shows a {role} {string.Join(", ", secrets.Where(s => Shows(answer, s)))}.");
            }
            // What they cannot see they cannot search by either.
            var ids = await (await browser.GetAsync($"{room.Desk}/grid/ids?q={people.Waiting.Email}")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(4, ids.Split(',').Length);
        }
    }

    [Fact]
    public async Task Evidence_is_shown_to_whoever_decides_and_that_is_recorded_too()
    {
        var (room, people) = await PeopledAsync();
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        await reviewer.OpenAsync($"{room.Desk}/review/{people.Waiting.Id}");
        await reviewer.OpenAsync($"{room.Desk}/review/{people.Waiting.Id}");
        var look = Assert.Single(await room.ActsAsync());
        Assert.Equal((StaffPage.Look, "evidence", people.Waiting.Id, reviewer.AccountId), (look.What, look.Detail, look.SignatureId, look.AccountId));
    }

    [Fact]
    public async Task The_same_person_looking_at_the_same_thing_is_recorded_once_an_hour()
    {
        var (room, people) = await PeopledAsync();
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Editor);
        for (var i = 0; i < 3; i++)
            await editor.OpenAsync($"{room.Desk}/signatures/{people.Waiting.Id}");
        await other.OpenAsync($"{room.Desk}/signatures/{people.Waiting.Id}");
        Assert.Equal([editor.AccountId, other.AccountId], (await room.ActsAsync()).Select(a => a.AccountId));
        fixture.Time.Advance(TimeSpan.FromMinutes(61));
        await editor.OpenAsync($"{room.Desk}/signatures/{people.Waiting.Id}");
        Assert.Equal(3, (await room.ActsAsync()).Count);
    }

    [Fact]
    public async Task A_telephone_number_that_comes_back_with_a_fault_in_the_form_is_recorded_as_opened()
    {
        var (room, _) = await PeopledAsync();
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var open = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/press"), "Show the number");
        var opened = (await room.ActsAsync()).Count(a => a.What == "open-telephone");
        await editor.PressAsync(open, "Note that it was given");
        Assert.Equal((1, 2), (opened, (await room.ActsAsync()).Count(a => a.What == "open-telephone")));
    }

    private sealed record People(Signature Waiting, Signature Listed, Signature Unconfirmed, Inquiry Reply, Correction Wish);

    private async Task<(StaffRoom, People)> PeopledAsync()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => (l.State, l.PublishedAt) = (LetterState.Published, DateTimeOffset.UnixEpoch.AddYears(56)));
        var waiting = await room.SignAsync("Ada Lockwood", SignatureState.InReview, s => s.Note = Note);
        var listed = await room.SignAsync("Bron Waits", SignatureState.Listed, s => (s.Number, s.PressMayCall, s.Telephone, s.Place) = (1, true, Telephone, Place));
        var unconfirmed = await room.SignAsync("Hal Leat", SignatureState.Submitted);
        await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 2);
        var now = fixture.Time.GetUtcNow();
        var known = Evidence.Of(EvidenceKind.Known, waiting, now, Known);
        var wish = new Correction { LetterId = room.LetterId, SignatureId = listed.Id, Name = "Bron Waites", Posts = listed.Posts, ProposedAt = now };
        var reply = new Inquiry
        {
            LetterId = room.LetterId,
            SignatureId = listed.Id,
            Kind = InquiryKind.Reply,
            State = InquiryState.Waiting,
            EmailDomain = "post.example",
            SubmittedAt = now,
            DueAt = now.AddHours(24),
            Email = "somebody.else@post.example",
            Text = Written,
        };
        await room.WriteAsync(db =>
        {
            db.Evidence.Add(known);
            db.Corrections.Add(wish);
            db.Inquiries.Add(reply);
        });
        return (room, new People(waiting, listed, unconfirmed, reply, wish));
    }

    private static List<string> Secrets(People people) =>
        [people.Waiting.Email!, people.Listed.Email!, people.Unconfirmed.Email!, people.Reply.Email!, Telephone, Place, Note, Known, Written];

    /// <summary>Every address of a letter's desk that answers to a GET, with what is there; and the sheet's JSON.</summary>
    private static IEnumerable<string> Paths(People people, long import = 0, long hook = 0) => Doors.All.Where(d => d.Value is { Kind: DoorKind.Staff, AuditorAlone: false })
        .Select(d => d.Key.Replace("/desk/letters/{letterId:long}", "", StringComparison.Ordinal).Replace("/{handler?}", "", StringComparison.Ordinal)
            .Replace("{signatureId:long?}", Id(people.Waiting.Id), StringComparison.Ordinal).Replace("{signatureId:long}", Id(people.Waiting.Id), StringComparison.Ordinal)
            .Replace("{importId:long}", Id(import), StringComparison.Ordinal).Replace("{hookId:long}", Id(hook), StringComparison.Ordinal).Replace("{inquiryId:long?}", Id(people.Reply.Id), StringComparison.Ordinal).Replace("{correctionId:long}", Id(people.Wish.Id), StringComparison.Ordinal))
        .Concat(["/grid/rows?after=0", "/record?handler=csv", $"/signatures/{people.Listed.Id}", "/requests"]);

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static bool Shows(HttpResponseMessage answer, string secret) =>
        WebUtility.HtmlDecode(answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).Result).Contains(secret, StringComparison.Ordinal);
}
