using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;
using static Undersigned.Tests.Harness.StaffBrowser;

namespace Undersigned.Tests.Inquiries;

public sealed class RequestTests(RequestTests.Fixture fixture) : IClassFixture<RequestTests.Fixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_correction_is_three_presses_and_its_answer_leaves_by_mail()
    {
        var (room, line, request) = await ReportedAsync(InquiryKind.Wrong, "It was 1986, not 1985.");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var today = await editor.OpenAsync(room.Desk);
        Assert.Contains("“This is wrong” on № 1", Words(today.QuerySelector(".tasks")), StringComparison.Ordinal);

        var page = await editor.OpenAsync(room.Desk + "/requests");
        Assert.Contains("It was 1986, not 1985.", Words(page.Body), StringComparison.Ordinal);
        page = await editor.PressAsync(page, "Correct and answer", ("from", "1986"), ("to", "2010"), ("position", "Inspector"), ("organization", "Inspectorate of Dams and Locks"));
        Assert.Contains("Corrected", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(new YearSpan(1986, 2010), (await room.ReadAsync(line)).Posts.Single().Years);
        Assert.Contains(await ChangesAsync(room), c => c is { Kind: ChangeKind.Amend, Reason: "error" });
        var answered = await ReadAsync(request);
        Assert.Equal((InquiryState.Answered, InquiryOutcome.Corrected), (answered.State, answered.Outcome));
        Assert.StartsWith("Hello,", answered.Answer, StringComparison.Ordinal);

        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        room.App.Get<WorkSignal>().Poke();
        var mail = await room.App.Inbox(request.Email!).NextAsync();
        Assert.Contains("We have corrected line № 1 as you asked.", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains(await room.ActsAsync(), a => a is { What: "answer-request" } && a.SignatureId == line.Id);
    }

    [Fact]
    public async Task An_answer_that_is_taken_back_restores_the_line_and_stops_its_mail()
    {
        var (room, line, request) = await ReportedAsync(InquiryKind.NotMe, "I never signed.");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/requests"), "Remove and answer", ("why", "impersonation"));
        Assert.Equal(SignatureState.Removed, (await room.ReadAsync(line)).State);
        await editor.PressAsync(page, "Undo");
        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(line)).State);
        Assert.Equal(InquiryState.Waiting, (await ReadAsync(request)).State);
        Assert.Equal(MailState.Suppressed, (await AnswerMailAsync(request)).State);
    }

    [Fact]
    public async Task A_line_stands_and_the_public_count_says_answered()
    {
        var (room, line, request) = await ReportedAsync(InquiryKind.Wrong, "I do not like it.");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        await editor.PressAsync(await editor.OpenAsync(room.Desk + "/requests"), "It stands, and answer");
        Assert.Equal((InquiryState.Answered, InquiryOutcome.Stands), await StateAsync(request));
        Assert.Equal(SignatureState.Listed, (await room.ReadAsync(line)).State);
    }

    [Fact]
    public async Task Staff_withdraw_only_for_the_signers_own_address()
    {
        var (room, line, request) = await ReportedAsync(InquiryKind.Wrong, "Please take me off.");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/requests");
        Assert.DoesNotContain("Withdraw and answer", Words(page.Body), StringComparison.Ordinal);
        await room.WriteAsync(db => db.Inquiries.Single(i => i.Id == request.Id).AddressTag = line.AddressTag);
        await editor.PressAsync(await editor.OpenAsync(room.Desk + "/requests"), "Withdraw and answer");
        Assert.Equal(SignatureState.Withdrawn, (await room.ReadAsync(line)).State);
        Assert.Contains(await ChangesAsync(room), c => c.Kind == ChangeKind.Withdraw);
    }

    [Fact]
    public async Task The_oldest_promise_comes_first_and_one_that_is_late_alarms()
    {
        var (room, _, late) = await ReportedAsync(InquiryKind.Wrong, "Late.");
        await ReportAsync(room, await room.SignAsync("Ansgar Holtz", SignatureState.Listed, s => s.Number = 2), InquiryKind.Wrong, "In time.");
        await room.WriteAsync(db => db.Inquiries.Single(i => i.Id == late.Id).DueAt -= TimeSpan.FromHours(30));
        using var editor = await room.EnterAsync(StaffRole.Editor);
        Assert.Contains("Overdue: 2 requests wait for an answer", Words((await editor.OpenAsync(room.Desk)).QuerySelector(".tasks")), StringComparison.Ordinal);
        var page = await editor.OpenAsync(room.Desk + "/requests");
        Assert.Contains("overdue by", Words(page.QuerySelector(".queue li")), StringComparison.Ordinal);
        Assert.Contains("Late.", Words(page.QuerySelector("blockquote")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_answer_the_second_changes_nothing()
    {
        var (room, line, request) = await ReportedAsync(InquiryKind.NotMe, "Not me.");
        using var one = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Editor, "Casimir Østergaard");
        var (first, second) = (await one.OpenAsync($"{room.Desk}/requests/{request.Id}"), await other.OpenAsync($"{room.Desk}/requests/{request.Id}"));
        await one.PressAsync(first, "It stands, and answer");
        var page = await other.PressAsync(second, "Remove and answer", ("why", "impersonation"));
        Assert.Contains("Somebody was faster", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Listed, (await room.ReadAsync(line)).State);
    }

    [Fact]
    public async Task A_fault_in_the_corrected_line_is_named_and_nothing_happens()
    {
        var (room, line, request) = await ReportedAsync(InquiryKind.Wrong, "My name.");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/requests/{request.Id}"), "Correct and answer", ("name", "see www.example.org"));
        Assert.Contains("cannot contain a web or mail address", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(line.Name, (await room.ReadAsync(line)).Name);
        Assert.Equal(InquiryState.Waiting, (await ReadAsync(request)).State);
    }

    [Fact]
    public async Task What_was_typed_into_an_answer_that_is_refused_stands_in_its_form_again()
    {
        var (room, line, request) = await ReportedAsync(InquiryKind.Wrong, "The year is wrong.");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/requests/{request.Id}"), "Correct and answer",
            ("from", "19x6"), ("to", "2010"), ("position", "Senior inspector"), ("organization", "Inspectorate of Dams"), ("answer", "We have looked it up for you."));
        Assert.Contains("a year has four digits", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        var form = page.QuerySelector("form[action$='/correction']")!;
        Assert.Equal(("19x6", "Senior inspector", "We have looked it up for you."),
            (form.QuerySelector("[name=from]")!.GetAttribute("value"), form.QuerySelector("[name=position]")!.GetAttribute("value"), form.QuerySelector("[name=answer]")!.TextContent.Trim()));
        // Somebody else has written into the line meanwhile: nothing is written over, and nothing typed is lost.
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == line.Id).Name = "Marguerite Óladóttir");
        page = await editor.PressAsync(page, "Correct and answer", ("from", "1986"), ("to", "2010"), ("position", "Senior inspector"), ("organization", "Inspectorate of Dams"), ("answer", "Second try."));
        Assert.Contains("the line changed after you opened it", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal("Second try.", page.QuerySelector("form[action$='/correction'] [name=answer]")!.TextContent.Trim());
        await editor.PressAsync(page, "Correct and answer");
        Assert.Equal(new Post("Senior inspector", "Inspectorate of Dams", new YearSpan(1986, 2010)), Assert.Single((await room.ReadAsync(line)).Posts));
    }

    [Fact]
    public async Task A_reply_that_belongs_to_no_line_is_answered_by_mail_closed_and_can_be_taken_back()
    {
        var (room, reply) = await RepliedFromNowhereAsync("May I quote the letter in my book?");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/requests/{reply.Id}"), "Answer and close", ("answer", " "));
        Assert.Contains("Write an answer first", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);

        page = await editor.PressAsync(page, "Answer and close", ("answer", "Yes, all of it."));
        Assert.Contains("Answered and closed", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal((InquiryState.Answered, InquiryOutcome.Replied), await StateAsync(reply));
        await editor.PressAsync(page, "Undo");
        Assert.Equal((InquiryState.Waiting, MailState.Suppressed), ((await ReadAsync(reply)).State, (await AnswerMailAsync(reply)).State));

        await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/requests/{reply.Id}"), "Answer and close", ("answer", "Yes, all of it."));
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        room.App.Get<WorkSignal>().Poke();
        var mail = await room.App.Inbox(reply.Email!).NextAsync();
        Assert.Contains("Yes, all of it.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("wrote to us about the letter from this address", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains(await room.ActsAsync(), a => a.What == "answer-request" && a.Detail == $"request {reply.Id}: replied");
    }

    [Fact]
    public async Task A_reply_that_belongs_to_no_line_is_filed_to_one_that_a_search_finds()
    {
        var (room, reply) = await RepliedFromNowhereAsync("Please write my name with an accent.");
        var line = await room.SignAsync("Marguerite Oladottir", SignatureState.Listed, s => s.Number = 1);
        await room.SignAsync("Ansgar Holtz", SignatureState.Confirmed);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/requests/{reply.Id}"), "Find", ("sought", "nobody such"));
        Assert.Contains("No line fits", Words(page.Body), StringComparison.Ordinal);
        page = await editor.PressAsync(page, "Find", ("sought", "óladottir"));
        page = await editor.PressAsync(page, "It is about this line");
        Assert.Contains("The line stands beside it now", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(line.Id, (await ReadAsync(reply)).SignatureId);
        Assert.Contains("Correct the line", Words(page.Body), StringComparison.Ordinal);
        // The line of another letter is none of this desk's business.
        var (_, other) = await RepliedFromNowhereAsync("Another.");
        var elsewhere = StaffRoom.Of(room.App, other.LetterId);
        using var there = await elsewhere.EnterAsync(StaffRole.Editor);
        page = await there.OpenAsync($"{elsewhere.Desk}/requests/{other.Id}");
        page = await there.PressAsync(page, "Find", ("sought", "oladottir"));
        Assert.Contains("No line fits", Words(page.Body), StringComparison.Ordinal);
    }

    private async Task<(StaffRoom, Inquiry)> RepliedFromNowhereAsync(string text)
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.State = LetterState.Published);
        var now = room.App.Get<TimeProvider>().GetUtcNow();
        var reply = new Inquiry
        {
            LetterId = room.LetterId,
            Kind = InquiryKind.Reply,
            State = InquiryState.Waiting,
            EmailDomain = "paper.example",
            SubmittedAt = now,
            DueAt = now + TimeSpan.FromHours(24),
            Email = $"author{room.LetterId}@paper.example",
            Text = text,
        };
        await room.WriteAsync(db => db.Inquiries.Add(reply));
        return (room, reply);
    }

    [Fact]
    public async Task Held_withdrawals_and_erasures_are_done_by_one_press_and_none_is_lost()
    {
        var (room, held) = await HeldAsync();
        using var editor = await room.EnterAsync(StaffRole.Editor);
        Assert.Contains("3 withdrawals and objections from post.example wait for a person", Words((await editor.OpenAsync(room.Desk)).QuerySelector(".tasks")), StringComparison.Ordinal);
        var page = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/requests"), "Do all 3");
        Assert.Contains("Done", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal([SignatureState.Withdrawn, SignatureState.Erased, SignatureState.Expired], (await room.ReadAllAsync()).Select(s => s.State));
        Assert.All(held, h => Assert.Equal(InquiryState.Answered, ReadAsync(h).Result.State));
        Assert.Equal(3, (await room.ActsAsync()).Count(a => a.What == "do-held"));
    }

    [Fact]
    public async Task One_that_its_signer_did_not_ask_for_leaves_the_line_as_it_is()
    {
        var (room, _) = await HeldAsync();
        using var editor = await room.EnterAsync(StaffRole.Editor);
        await editor.PressAsync(await editor.OpenAsync(room.Desk + "/requests"), "It was not them");
        Assert.Equal(SignatureState.Listed, (await room.ReadAllAsync())[0].State);
        Assert.Equal(2, await room.App.QueryAsync(db => db.Inquiries.CountAsync(i => i.LetterId == room.LetterId && i.State == InquiryState.Waiting)));
    }

    private async Task<(StaffRoom, IReadOnlyList<Inquiry>)> HeldAsync()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.State = LetterState.Published);
        var now = room.App.Get<TimeProvider>().GetUtcNow();
        var signatures = new[]
        {
            await room.SignAsync("Ottoline Marchetti-Dahl", SignatureState.Listed, s => s.Number = 1),
            await room.SignAsync("Ansgar Holtz", SignatureState.Listed, s => s.Number = 2),
            await room.SignAsync("Teodor Ravensworth", SignatureState.Submitted),
        };
        var kinds = new[] { InquiryKind.Withdrawal, InquiryKind.Erasure, InquiryKind.Objection };
        var held = signatures.Zip(kinds, (s, k) => new Inquiry
        {
            LetterId = room.LetterId,
            SignatureId = s.Id,
            Kind = k,
            State = InquiryState.Waiting,
            EmailDomain = "post.example",
            SubmittedAt = now,
            ConfirmedAt = now,
            DueAt = now + TimeSpan.FromHours(24),
        }).ToList();
        await room.WriteAsync(db => db.Inquiries.AddRange(held));
        return (room, held);
    }

    private async Task<(StaffRoom Room, Signature Line, Inquiry Request)> ReportedAsync(InquiryKind kind, string text)
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.State = LetterState.Published);
        var line = await room.SignAsync("Marguerite Oladottir", SignatureState.Listed, s => s.Number = 1);
        return (room, line, await ReportAsync(room, line, kind, text));
    }

    private static async Task<Inquiry> ReportAsync(StaffRoom room, Signature line, InquiryKind kind, string text)
    {
        var now = room.App.Get<TimeProvider>().GetUtcNow();
        Assert.True(EmailAddress.TryParse($"reader{line.Id}@paper.example", out var address, out _));
        var request = new Inquiry
        {
            LetterId = room.LetterId,
            SignatureId = line.Id,
            Kind = kind,
            State = InquiryState.Waiting,
            AddressTag = room.App.Get<InstanceKeys>().AddressTag(room.LetterId, address),
            EmailDomain = address.Domain,
            SubmittedAt = now,
            ConfirmedAt = now,
            DueAt = now + TimeSpan.FromHours(24),
            Email = address.ToString(),
            Text = text,
        };
        await room.WriteAsync(db => db.Inquiries.Add(request));
        return request;
    }

    private Task<Inquiry> ReadAsync(Inquiry inquiry) => fixture.App.QueryAsync(db => db.Inquiries.AsNoTracking().SingleAsync(i => i.Id == inquiry.Id, Cancellation));

    private async Task<(InquiryState, InquiryOutcome?)> StateAsync(Inquiry inquiry) => await ReadAsync(inquiry) is var read ? (read.State, read.Outcome) : default;

    private Task<OutboxMail> AnswerMailAsync(Inquiry inquiry) =>
        fixture.App.QueryAsync(db => db.Outbox.AsNoTracking().SingleAsync(m => m.InquiryId == inquiry.Id && m.Kind == MailKind.InquiryAnswer, Cancellation));

    private static Task<List<Change>> ChangesAsync(StaffRoom room) =>
        room.App.QueryAsync(db => db.Changes.AsNoTracking().Where(c => c.LetterId == room.LetterId).ToListAsync(Cancellation));

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestApp App { get; private set; } = null!;
        internal ShiftedClock Clock { get; } = new();

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(configure: builder =>
        {
            StaffRoom.SignInByHeader(builder);
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(builder.Services, Clock);
        });

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
