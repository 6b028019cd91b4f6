using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Retention;
using Undersigned.Signing;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Retention;

public sealed class EndOfKeepingTests : IAsyncLifetime
{
    private const string Telephone = "+49 30 5550177";
    private readonly DeskApp fixture = new();

    private TestApp App => fixture.App;

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task Whoever_erases_is_in_no_table_and_no_file_any_more()
    {
        var room = await StaffRoom.OpenAsync(App);
        var ada = await EverywhereAsync(room, "Zyxwina Quorrlidge", SignatureState.Confirmed);
        var words = new[] { "Zyxwina", "Quorrlidge", "zyxwina", ada.Email!, "Columbus-on-Quorr", "5550177", "Reached by Quorrtelephone", "wrote about quorr", "noted of quorr", "answered by quorr-telephone" };
        var before = await EveryTable.DumpAsync(App);
        Assert.All(words, w => Assert.Contains(w, before, StringComparison.Ordinal));

        Assert.True(await App.Get<OwnActs>().EraseAsync(ada.Id, TestContext.Current.CancellationToken));
        await App.Get<EndOfKeeping>().RunAsync(TestContext.Current.CancellationToken);

        var after = await EveryTable.DumpAsync(App);
        Assert.All(words, w => Assert.DoesNotContain(w, after, StringComparison.Ordinal));
        Assert.Equal(SignatureState.Erased, (await room.ReadAsync(ada)).State);
        if (App.Instance.IsPostgres())
            return;
        await App.QueryAsync(async db =>
        {
            await db.SweepFilesAsync(TestContext.Current.CancellationToken);
            return 0;
        });
        foreach (var file in Directory.EnumerateFiles(App.Instance.DataFolder, "undersigned.db*"))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            var text = Encoding.Latin1.GetString(bytes.ToArray());
            Assert.All(words[..3], w => Assert.DoesNotContain(w, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Each_connection_overwrites_what_is_deleted()
    {
        if (App.Instance.IsPostgres())
            return;
        Assert.Equal(1, await App.QueryAsync(db => db.Database.SqlQueryRaw<int>("SELECT secure_delete AS Value FROM pragma_secure_delete").SingleAsync()));
    }

    [Fact]
    public async Task So_many_days_after_closing_what_only_the_desk_knew_is_destroyed()
    {
        var room = await StaffRoom.OpenAsync(App, l => (l.State, l.ClosedAt, l.RetentionDays) = (LetterState.Closed, fixture.Time.GetUtcNow().AddDays(-90).AddMinutes(1), 90));
        var listed = await EverywhereAsync(room, "Ottoline Marchetti-Dahl", SignatureState.Listed, s => s.Number = 1);
        var informed = await EverywhereAsync(room, "Teodor Ravensworth", SignatureState.Listed, s => (s.Number, s.KeepInformed) = (2, true));
        var declined = await EverywhereAsync(room, "Hal Leat", SignatureState.Declined, s => s.KeepInformed = true);

        await room.WriteAsync(db => db.Inquiries.Add(new Inquiry
        {
            LetterId = room.LetterId,
            SignatureId = listed.Id,
            Kind = InquiryKind.Wrong,
            State = InquiryState.Waiting,
            SubmittedAt = fixture.Time.GetUtcNow(),
            Email = "of.today@post.example",
            Text = "The year is wrong.",
        }));

        Assert.Equal(0, await App.Get<EndOfKeeping>().RunAsync(TestContext.Current.CancellationToken));
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, await App.Get<EndOfKeeping>().RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await App.Get<EndOfKeeping>().RunAsync(TestContext.Current.CancellationToken));

        var (one, two, three) = (await room.ReadAsync(listed), await room.ReadAsync(informed), await room.ReadAsync(declined));
        Assert.Equal(("Ottoline Marchetti-Dahl", null, null, null, null), (one.Name, one.Email, one.AddressTag, one.Telephone, one.Note));
        Assert.Equal(("Teodor Ravensworth", informed.Email, null, null), (two.Name, two.Email, two.Telephone, two.Note));
        Assert.Equal(("", null, false), (three.Name, three.Email, three.KeepInformed));
        Assert.Equal(SignatureLevel.Known, one.Level);
        var dump = await EveryTable.DumpAsync(App);
        foreach (var gone in new[] { listed.Email!, declined.Email!, "Hal Leat", "5550177", "Quorr", "quorr", "neighbour@post.example" })
            Assert.DoesNotContain(gone, dump, StringComparison.Ordinal);
        Assert.All(await App.QueryAsync(db => db.SampledLines.Where(l => l.LetterId == room.LetterId).ToListAsync()), l => Assert.Equal((SampleFinding.Confirmed, null), (l.Finding, l.Note)));
        var owed = Assert.Single(await App.QueryAsync(db => db.Inquiries.Where(i => i.LetterId == room.LetterId && i.State == InquiryState.Waiting).ToListAsync()));
        Assert.Equal(("of.today@post.example", "The year is wrong."), (owed.Email, owed.Text));
        var act = Assert.Single(await room.ActsAsync(), a => a.What == "forget");
        Assert.Equal((StaffAct.Console, "3 signatures"), (act.AccountId, act.Detail));
    }

    [Fact]
    public async Task A_letter_that_is_open_keeps_everything()
    {
        var room = await StaffRoom.OpenAsync(App, l => (l.State, l.PublishedAt) = (LetterState.Published, fixture.Time.GetUtcNow().AddYears(-10)));
        var ada = await EverywhereAsync(room, "Ada Lockwood", SignatureState.Listed, s => s.Number = 1);
        Assert.Equal(0, await App.Get<EndOfKeeping>().RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ada.Email, (await room.ReadAsync(ada)).Email);
    }

    [Fact]
    public async Task An_owner_sets_the_days_and_sees_what_will_happen_when()
    {
        var room = await StaffRoom.OpenAsync(App, l => (l.State, l.ClosedAt) = (LetterState.Closed, fixture.Time.GetUtcNow()));
        await EverywhereAsync(room, "Ada Lockwood", SignatureState.Listed, s => s.Number = 1);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.OpenAsync(room.Desk + "/retention");
        Assert.Contains("The end is 28 August 2026, 09:30 UTC", StaffBrowser.Words(page.QuerySelector("main")), StringComparison.Ordinal);

        var refused = await owner.PressAsync(page, "Keep for so long", ("days", "0"));
        Assert.NotNull(refused.QuerySelector("#days-error"));
        page = await owner.PressAsync(page, "Keep for so long", ("days", "30"));

        Assert.Contains("The end is 31 March 2026, 09:30 UTC", StaffBrowser.Words(page.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Contains("Of 1 signature: address, note, evidence", StaffBrowser.Words(page.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Contains("1 note of the auditor about drawn lines", StaffBrowser.Words(page.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Equal("180 days → 30 days", Assert.Single(await room.ActsAsync(), a => a.What == "retention").Detail);
    }

    /// <summary>A signature of whom every table knows something.</summary>
    private async Task<Signature> EverywhereAsync(StaffRoom room, string name, SignatureState state, Action<Signature>? with = null)
    {
        var now = fixture.Time.GetUtcNow();
        var other = await room.SignAsync("Somebody Else", SignatureState.Listed, s => (s.Email, s.EmailDomain, s.AddressTag) = (null, null, null));
        var ada = await room.SignAsync(name, state, s =>
        {
            (s.Telephone, s.Place, s.Note, s.PressMayCall, s.Level) = (Telephone, "Columbus-on-Quorr", "noted of quorr", true, SignatureLevel.Known);
            (s.NetworkTag, s.FormNonce) = ([1, 2, 3], Guid.NewGuid().ToString("N"));
            with?.Invoke(s);
        });
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        await room.WriteAsync(db =>
        {
            db.Evidence.Add(new Evidence { LetterId = room.LetterId, SignatureId = ada.Id, Kind = EvidenceKind.Known, At = now, What = "Reached by Quorrtelephone", Claim = name });
            db.Inquiries.Add(new Inquiry { LetterId = room.LetterId, SignatureId = ada.Id, Kind = InquiryKind.Wrong, State = InquiryState.Waiting, SubmittedAt = now.AddDays(-100), Email = "neighbour@post.example", Text = $"{name} wrote about quorr" });
            db.Inquiries.Add(new Inquiry { LetterId = room.LetterId, SignatureId = other.Id, Kind = InquiryKind.NotMe, State = InquiryState.Answered, AnsweredAt = now, SubmittedAt = now, AddressTag = ada.AddressTag, EmailDomain = ada.EmailDomain!, Email = ada.Email, Text = "I, " + name, Answer = "Thank you, " + name });
            db.Looks.Add(new Look { LetterId = room.LetterId, SignatureId = ada.Id, AccountId = reviewer.AccountId, At = now, Mark = ada.ToShown().Mark() });
            db.Pairs.Add(new Pair { LetterId = room.LetterId, FirstId = other.Id, SecondId = ada.Id, Reasons = $"[\"{name}\"]", FoundAt = now });
            db.Corrections.Add(new Correction { LetterId = room.LetterId, SignatureId = ada.Id, Name = name + " Vance", ProposedAt = now });
            var bulk = new BulkAct { LetterId = room.LetterId, AccountId = reviewer.AccountId, At = now, What = "decline", Count = 1 };
            db.BulkActs.Add(bulk);
            var post = new LetterPost { LetterId = room.LetterId, Kind = PostKind.Draw, Text = [1], TextHash = [2], At = now };
            db.Posts.Add(post);
            db.SaveChanges();
            var draw = new SampleDraw { LetterId = room.LetterId, State = SampleState.Stated, StateAt = now, Count = 1, AnnouncedBy = reviewer.AccountId, DrawPostId = post.Id };
            db.Samples.Add(draw);
            db.SaveChanges();
            db.SampledLines.Add(new SampledLine { LetterId = room.LetterId, DrawId = draw.Id, Ordinal = 1, Number = ada.Number ?? 9, SignatureId = ada.Id, Finding = SampleFinding.Confirmed, FoundAt = now, Note = "answered by quorr-telephone" });
            db.BulkActItems.Add(new BulkActItem { LetterId = room.LetterId, BulkActId = bulk.Id, SignatureId = ada.Id, Before = name, After = name });
            db.Outbox.Add(new OutboxMail { LetterId = room.LetterId, SignatureId = ada.Id, Kind = MailKind.Listed, State = MailState.Sent, MailboxTag = [9], Domain = "post.example", CreatedAt = now, DueAt = now });
        });
        return ada;
    }
}
