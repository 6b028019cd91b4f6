using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Inquiries;
using Undersigned.Model;
using Undersigned.Pdf;
using Undersigned.Shared;
using Undersigned.Signing;

namespace Undersigned.Demo;

/// <summary>
/// Lives through two weeks of a letter in a minute, by the ordinary code: the form's rules, mails by SMTP and their six digits, the
/// glance and the other pages of the desk, the sequencer. Nothing is written past them but the accounts of the staff.
/// </summary>
internal sealed class DemoSeeding(IServiceProvider services, StoryClock clock, SmtpInbox inbox, IReadOnlyDictionary<DemoStaff, DemoDesk> desks, TextWriter output)
{
    public static readonly TimeSpan Story = TimeSpan.FromDays(14);

    private const int SignHere = 1_122;
    private const int Imported = 31;
    private const int Withdraw = 7;
    private const int Waiting = 14;
    private const int PastedWaiting = 5;
    private const int OnRoster = 50;
    private const int Unconfirmed = 6;
    private const int Private = 9;
    private const int Screen = 40;

    private readonly DemoPeople people = new();
    private readonly Intake intake = services.GetRequiredService<Intake>();
    private readonly Confirmation confirmation = services.GetRequiredService<Confirmation>();
    private readonly DemoDesk organiser = desks[DemoStory.Owner];
    private readonly DemoChecks checks = new(services, clock);
    private readonly Queue<DemoPerson> roster = new();
    private readonly Queue<(string Name, string Served)> alike = new(DemoStory.Alike);
    private readonly List<long> listed = [];
    private DateTimeOffset start;
    private int signers;
    private bool areToldApart;
    private long letterId;

    public async Task RunAsync(CancellationToken cancellation)
    {
        start = clock.GetUtcNow();
        await MakeAccountsAsync();
        await organiser.SignInAsync(cancellation);
        letterId = await organiser.BeginLetterAsync(DemoStory.Slug, DemoStory.Text, cancellation);
        foreach (var who in DemoStory.Staff.Where(w => w != DemoStory.Owner))
            await organiser.InviteAsync(letterId, desks[who], cancellation);
        await RulesAsync(cancellation);
        await organiser.MakeWebhookAsync(letterId, new Uri(services.GetRequiredService<Instance>().UrlOf(DemoStory.Receiver)), cancellation);
        await organiser.PublishAsync(letterId, cancellation);
        await ListedAsync(() => services.GetRequiredService<PublishedLetters>().Find(DemoStory.Slug) is not null, cancellation);
        await output.WriteLineAsync("Two weeks ago the letter is published.");

        await FirstSignatoriesAsync(cancellation);
        await PasteInAsync(cancellation);
        await CrowdAsync(cancellation);
        await PrivateLetterAsync(cancellation);
        await LastHourAsync(cancellation);
        await RequestsAsync(cancellation);
        await QuotationsAsync(cancellation);
        await ChannelsAsync(cancellation);
        clock.CatchUp();
        await DeliverAsync(cancellation);
        await QuietAsync(cancellation);
    }

    private async Task RulesAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < OnRoster; i++)
            roster.Enqueue(people.Next());
        foreach (var domain in DemoStory.Domains)
            await organiser.ListDomainAsync(letterId, domain, cancellation);
        await organiser.SetErasAsync(letterId, DemoStory.Eras, cancellation);
        await organiser.TakeRosterAsync(letterId, "Name,Address\n" + string.Join('\n', roster.Select(p => $"\"{p.Name}\",{p.Email}")), cancellation);
        await organiser.SetAdmissionAsync(letterId, DemoStory.Words, DemoStory.Prominent.Select(p => $"{p.Name} | {p.Aliases} | {p.Context}"), cancellation);
    }

    private async Task MakeAccountsAsync()
    {
        await using var scope = services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        foreach (var who in DemoStory.Staff)
        {
            var made = await accounts.CreateAsync(new Account { UserName = who.Email, Email = who.Email, DisplayName = who.Name, IsOperator = who == DemoStory.Owner, CreatedAt = clock.GetUtcNow() });
            if (!made.Succeeded)
                throw new InvalidOperationException("An account was refused: " + string.Join(", ", made.Errors.Select(e => e.Code)));
        }
    }

    /// <summary>One after the other, so that they stand in their order.</summary>
    private async Task FirstSignatoriesAsync(CancellationToken cancellation)
    {
        foreach (var (name, served) in DemoStory.FirstSignatories)
        {
            clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromMinutes(4));
            var signed = await SignAsync(letterId, SignatureSource.Form, people.With(name, served), cancellation);
            await ConfirmAsync(signed, cancellation);
            await organiser.MarkKnownAsync(letterId, signed.Id, "Reached by the number in the staff directory.", cancellation);
            await organiser.GlanceAsync(letterId, new HashSet<string>(), cancellation);
            await LetInAsync([signed], cancellation);
            listed.Add(signed.Id);
            await StandAsync(listed.Count, cancellation);
        }
        await organiser.CorrectAsync(letterId, DemoStory.Body, cancellation);
        await ListedAsync(() => services.GetRequiredService<PublishedLetters>().Find(DemoStory.Slug)!.Revision.Number > 1, cancellation);
        await output.WriteLineAsync($"The first {DemoStory.FirstSignatories.Length} have signed; a wrong date in a note is corrected.");
    }

    private async Task PasteInAsync(CancellationToken cancellation)
    {
        clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromMinutes(30));
        await organiser.PasteInAndUndoAsync(letterId, Lines(3), cancellation);
        await organiser.PasteInAsync(letterId, Lines(Imported), cancellation);
        await desks[DemoStory.First].GlanceAsync(letterId, new HashSet<string>(), cancellation);
        await StandAsync(listed.Count + Imported, cancellation);
        await output.WriteLineAsync($"{Imported} more are pasted in from the maintainers' own list.");
    }

    /// <summary>Two of forty are on the roster; one is somebody whose line will be found twice, or whose name another bears.</summary>
    private DemoPerson Somebody(int i) =>
        i % 20 == 9 && roster.TryDequeue(out var known) ? known
        : i % 40 == 30 && alike.TryDequeue(out var same) ? people.With(same.Name, same.Served)
        : people.Next();

    private string Lines(int count) =>
        string.Join('\n', Enumerable.Range(0, count).Select(_ => people.Next()).Select(p => $"{p.Name}, {p.Served}, {p.Email}"));

    private async Task CrowdAsync(CancellationToken cancellation)
    {
        var screens = (SignHere - listed.Count + Screen - 1) / Screen;
        var from = clock.GetUtcNow();
        for (var i = 1; i <= screens; i++)
        {
            // Many come in the first days, then fewer.
            var until = start + (Story - TimeSpan.FromHours(2)) * Math.Pow(i / (double)screens, 1.7);
            await CrowdAsync(Math.Min(Screen, SignHere - listed.Count), from, until, desks[i % 2 == 0 ? DemoStory.First : DemoStory.Second], cancellation);
            await SecondThoughtsAsync(i, cancellation);
            await EditionAsync(i, screens, cancellation);
            if (!areToldApart && alike.Count == 0)
                areToldApart = await desks[DemoStory.Second].TellApartAsync(letterId, DemoStory.Alike[^1].Name, cancellation);
            if (i % 4 == 0 || i == screens)
                await output.WriteLineAsync($"  {listed.Count:N0} of {SignHere:N0} have signed, typed their six digits and passed the glance.");
            from = until;
        }
    }

    private async Task CrowdAsync(int count, DateTimeOffset from, DateTimeOffset until, DemoDesk desk, CancellationToken cancellation)
    {
        var signing = new List<Task<Signed>>();
        for (var i = 0; i < count; i++)
        {
            clock.MoveTo(from + (until - from) * (i + 1) / (count + 1));
            signing.Add(SignAsync(letterId, SignatureSource.Form, Somebody(i), cancellation));
        }
        var signed = await Task.WhenAll(signing);
        await Task.WhenAll(signed.Select(s => ConfirmAsync(s, cancellation)));
        await checks.AddAsync(signed, listed, cancellation);
        clock.MoveTo(until);
        await organiser.SignInAsync(cancellation);
        await desk.SignInAsync(cancellation);
        await desk.GlanceAsync(letterId, new HashSet<string>(), cancellation);
        await LetInAsync(signed, cancellation);
        listed.AddRange(signed.Select(s => s.Id));
    }

    /// <summary>After a third of the time, two thirds, and now; each with something noted and something mended before it.</summary>
    private async Task EditionAsync(int screen, int screens, CancellationToken cancellation)
    {
        var which = screen == screens ? 3 : screen * 3 % screens < 3 ? screen * 3 / screens : 0;
        if (which == 0)
            return;
        await organiser.WriteAsync(letterId, listed[which * 31], "Note", _ => DemoStory.Notes[which - 1], cancellation);
        await organiser.WriteAsync(letterId, listed[which * 31], "Position", position => position + ", retired", cancellation);
        await StandAsync(listed.Count + Imported, cancellation);
        await WrittenAsync(cancellation);
        await organiser.PublishEditionAsync(letterId, cancellation);
        await output.WriteLineAsync($"  Edition {which} is published.");
        if (which == 1)
            await UnderTheLetterAsync(cancellation);
        if (which > 1)
            await SampleAsync(isDrawn: which == 3, cancellation);
    }

    /// <summary>The auditor announces a draw in the second week, and states days later what came of it.</summary>
    private async Task SampleAsync(bool isDrawn, CancellationToken cancellation)
    {
        if (isDrawn)
            await desks[DemoStory.Auditor].StateAuditAsync(letterId, DemoStory.DrawValue, i => i is 8 ? "Unreached" : "Confirmed", DemoStory.AuditBody, DemoStory.AuditRemarks, cancellation);
        else
            await desks[DemoStory.Auditor].AnnounceDrawAsync(letterId, DemoStory.Drawn, DemoStory.DrawSource, clock.GetUtcNow() + TimeSpan.FromDays(1), DemoStory.DrawReading, cancellation);
        await WrittenAsync(cancellation);
        await output.WriteLineAsync(isDrawn ? "  The auditor has asked them, and states what was found." : $"  The auditor announces that {DemoStory.Drawn} lines will be drawn by a lottery.");
    }

    /// <summary>What happened when, and an update that is mailed to those who asked for news.</summary>
    private async Task UnderTheLetterAsync(CancellationToken cancellation)
    {
        var year = start.Month == 1 && start.Day <= 21 ? start.Year - 1 : start.Year;
        DateOnly[] days = [new(year, 1, 12), new(year, 1, 19), DateOnly.FromDateTime(start.UtcDateTime)];
        foreach (var (day, (title, source)) in days.Zip(DemoStory.Events))
            await organiser.PublishPostAsync(letterId, PostKind.Event, [("Form.Title", title), ("Form.Date", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("Form.Source", source)], cancellation);
        // Of a letter by post no file is kept, only the number as it stood then.
        await DeliverAsync(DemoStory.ToMinister, "post", "", DemoStory.Receipt, "", cancellation);
        await organiser.PublishPostAsync(letterId, PostKind.Update, [("Form.Title", DemoStory.UpdateTitle), ("Form.Body", DemoStory.Update), ("Form.Mail", "true")], cancellation);
        foreach (var translation in DemoTranslation.All)
            await organiser.PublishTranslationAsync(letterId, translation, cancellation);
        await WrittenAsync(cancellation);
        await output.WriteLineAsync("  An update is published, and mailed to those who asked for news.");
    }

    /// <summary>Today's edition is handed over, with its PDF where this machine can make one.</summary>
    private async Task DeliverAsync(CancellationToken cancellation)
    {
        await WrittenAsync(cancellation);
        var file = "";
        if (services.GetRequiredService<ChromiumPrint>().IsThere)
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync(cancellation);
            LetterPdf? made;
            while ((made = await db.Pdfs.AsNoTracking().Where(p => p.LetterId == letterId && p.Edition == 3).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellation)) is null or { IsUnderWay: true })
                await Task.Delay(100, cancellation);
            file = made.Sha256 is { } sha256 ? Convert.ToHexStringLower(sha256) : "";
        }
        await DeliverAsync(DemoStory.ToCommittee, "in-person", DemoStory.Bearer, "", file, cancellation);
        await WrittenAsync(cancellation);
        await output.WriteLineAsync("The letter is delivered, to the Minister by post and to the committee in person.");
    }

    private Task DeliverAsync(string to, string how, string by, string source, string file, CancellationToken cancellation) => organiser.PublishPostAsync(letterId, PostKind.Delivery,
    [
        ("Form.To", to), ("Form.Date", Printed.Machine(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))), ("Form.How", how), ("Form.By", by), ("Form.Source", source), ("Form.Document", file),
    ], cancellation);

    /// <summary>Who needs more than a glance, such as somebody on the list of prominent names, gets it from the two volunteers.</summary>
    private async Task LetInAsync(IReadOnlyList<Signed> signed, CancellationToken cancellation)
    {
        foreach (var volunteer in new[] { DemoStory.First, DemoStory.Second })
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync(cancellation);
            var ids = signed.Select(s => s.Id).ToList();
            foreach (var id in await db.Signatures.Where(s => ids.Contains(s.Id) && s.State == SignatureState.InReview).Select(s => s.Id).ToListAsync(cancellation))
                await desks[volunteer].AdmitAsync(letterId, id, cancellation);
        }
    }

    /// <summary>Seven withdraw on their own pages, and three are removed.</summary>
    private async Task SecondThoughtsAsync(int screen, CancellationToken cancellation)
    {
        if (screen % 3 != 0)
            return;
        await StandAsync(listed.Count + Imported, cancellation);
        var act = screen / 3 - 1;
        // People of the first days, so that later editions say who has left since the ones before.
        if (act < Withdraw && !await services.GetRequiredService<OwnActs>().WithdrawAsync(listed[110 + act * 11], cancellation))
            throw new InvalidOperationException("A withdrawal was refused.");
        string[] reasons = ["duplicate", "not-eligible", "impersonation"];
        if (act - Withdraw + reasons.Length is >= 0 and var which && which < reasons.Length)
            await organiser.RemoveAsync(letterId, listed[230 + act * 7], reasons[which], cancellation);
    }

    private async Task PrivateLetterAsync(CancellationToken cancellation)
    {
        var hidden = await organiser.BeginLetterAsync(DemoStory.PrivateSlug, DemoStory.PrivateText, cancellation);
        await organiser.MakePrivateLinkAsync(hidden, cancellation);
        var signed = await Task.WhenAll(Enumerable.Range(0, Private).Select(_ => SignAsync(hidden, SignatureSource.PrivateLink, people.Next(), cancellation)));
        await Task.WhenAll(signed.Select(s => ConfirmAsync(s, cancellation)));
        await organiser.GlanceAsync(hidden, new HashSet<string>(), cancellation);
        await output.WriteLineAsync($"A second letter is private; {Private} have signed it through its link.");
    }

    /// <summary>Two are set aside, twenty wait for the glance, six have not confirmed.</summary>
    private async Task LastHourAsync(CancellationToken cancellation)
    {
        var aside = DemoStory.SetAside.Select(p => people.With(p.Name, p.Served)).ToList();
        var asideIds = await SignAllAsync(aside, TimeSpan.FromMinutes(20), cancellation);
        await organiser.GlanceAsync(letterId, aside.Select(p => p.Name).ToHashSet(), cancellation);
        // Of the two prominent ones, one has had the first of two looks.
        await desks[DemoStory.First].AdmitAsync(letterId, asideIds[1], cancellation);
        var waiting = Enumerable.Range(0, Waiting).Select(i => i % 2 == 0 ? people.At(DemoStory.NewDomain) : people.Next()).ToList();
        foreach (var (name, served) in DemoStory.Odd)
            waiting.Insert(waiting.Count / 2, people.With(name, served));
        await SignAllAsync(waiting, TimeSpan.FromMinutes(60), cancellation);
        await organiser.PasteInAsync(letterId, Lines(PastedWaiting), cancellation);
        await Task.WhenAll(Enumerable.Range(0, Unconfirmed).Select(_ => SignAsync(letterId, SignatureSource.Form, people.Next(), cancellation)));
        await output.WriteLineAsync($"{waiting.Count + PastedWaiting} wait for the glance, {PastedWaiting} of them pasted in, {aside.Count} are set aside, {Unconfirmed} have not typed their digits.");
    }

    private async Task<List<long>> SignAllAsync(List<DemoPerson> all, TimeSpan within, CancellationToken cancellation)
    {
        var (from, ids) = (clock.GetUtcNow(), new List<long>());
        for (var i = 0; i < all.Count; i++)
        {
            clock.MoveTo(from + within * (i + 1) / (all.Count + 1));
            var signed = await SignAsync(letterId, SignatureSource.Form, all[i], cancellation);
            await ConfirmAsync(signed, cancellation);
            ids.Add(signed.Id);
        }
        return ids;
    }

    private async Task<Signed> SignAsync(long letter, SignatureSource source, DemoPerson person, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var check = scope.ServiceProvider.GetRequiredService<FormCheck>();
        var form = new SignForm { Name = person.Name, Email = person.Email, Served = person.Served, Agree = true, Ticks = Ticks(Interlocked.Increment(ref signers)) };
        form.ReadServed(check.ThisYear);
        var wrong = new ModelStateDictionary();
        var (line, address) = (check.Line(form, Asks.Service, wrong), check.Address(form, wrong));
        check.Agreement(form, wrong);
        if (!wrong.IsValid)
            throw new InvalidOperationException($"The form refuses an invented person: {wrong.Values.SelectMany(v => v.Errors).First().ErrorMessage}");
        var outcome = await intake.TakeAsync(letter, source, line, address!, Guid.NewGuid().ToString("N"), new FormOrigin(), form.Ticks, cancellation);
        return outcome.Result == IntakeResult.Taken
            ? new Signed(outcome.SignatureId, person.Email, line.ToShown().Mark())
            : throw new InvalidOperationException($"The intake answered {outcome.Result}.");
    }

    /// <summary>One in three wants to be told how it goes on; one in eleven says that the press may call.</summary>
    private static PrivateTicks Ticks(int n) => new()
    {
        KeepInformed = n % 3 == 0,
        PressMayCall = n % 11 == 0,
        Telephone = n % 11 == 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+00 555 {n:0000}") : null,
        Place = n % 11 == 0 ? DemoStory.Places[n / 11 % DemoStory.Places.Length] : null,
    };

    /// <summary>Two reports about lines, each from an address that was confirmed, and an answer to a mail of ours.</summary>
    private async Task RequestsAsync(CancellationToken cancellation)
    {
        await ReportAsync(listed[205], InquiryKind.NotMe, DemoStory.NotMe, cancellation);
        await ReportAsync(listed[333], InquiryKind.Wrong, DemoStory.Wrong, cancellation);
        await using var db = await services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync(cancellation);
        var mail = inbox.To((await db.Signatures.SingleAsync(s => s.Id == listed[444], cancellation)).Email!)[^1];
        await services.GetRequiredService<Replies>().TakeAsync(mail.Answer(DemoStory.Reply), cancellation);
        await output.WriteLineAsync($"Three requests wait at the desk{(areToldApart ? ", and two of one name are told apart" : "")}.");
    }

    private async Task ReportAsync(long signatureId, InquiryKind kind, string text, CancellationToken cancellation)
    {
        var reports = services.GetRequiredService<Reports>();
        var reporter = people.Next();
        if (!EmailAddress.TryParse(reporter.Email, out var address, out _))
            throw new InvalidOperationException("An invented address is none.");
        var report = await reports.TakeAsync(letterId, signatureId, kind, text, address, cancellation);
        var mail = await inbox.WaitAsync(reporter.Email, 1, cancellation);
        if ((await reports.ConfirmAsync(report, mail.Code, cancellation)).Result != ReportResult.Done)
            throw new InvalidOperationException("A report was not taken.");
    }

    private async Task QuotationsAsync(CancellationToken cancellation)
    {
        foreach (var (first, words, agreed) in DemoStory.Quotations)
            await organiser.QuoteAsync(letterId, DemoStory.FirstSignatories[first].Name, words, agreed, cancellation);
        await using var db = await services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync(cancellation);
        var asked = await db.Quotations.SingleAsync(q => q.State == QuotationState.Asked, cancellation);
        if (!await services.GetRequiredService<OwnActs>().AnswerQuotationAsync(asked.SignatureId, asked.Id, agrees: true, cancellation))
            throw new InvalidOperationException("An agreement was refused.");
        await output.WriteLineAsync($"{DemoStory.Quotations.Length} signatories agree to be quoted.");
    }

    /// <summary>One owner proposes where to report, the other confirms it.</summary>
    private async Task ChannelsAsync(CancellationToken cancellation)
    {
        await organiser.ProposeChannelsAsync(letterId, DemoStory.Channels, clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), cancellation);
        await desks[DemoStory.OtherOwner].ConfirmChannelsAsync(letterId, cancellation);
        await WrittenAsync(cancellation);
        await output.WriteLineAsync($"Two owners agree on {DemoStory.Channels.Length} places where to report.");
    }

    private async Task ConfirmAsync(Signed signed, CancellationToken cancellation)
    {
        var mail = await inbox.WaitAsync(signed.Email, 1, cancellation);
        var outcome = await confirmation.ConfirmAsync(signed.Id, signed.Mark, mail.Code, cancellation);
        if (outcome.Result != ConfirmResult.Done)
            throw new InvalidOperationException($"The confirmation answered {outcome.Result}.");
    }

    /// <summary>Waits until so many have been listed.</summary>
    private Task StandAsync(int signed, CancellationToken cancellation) =>
        ListedAsync(() => services.GetRequiredService<PublishedLetters>().Find(DemoStory.Slug)!.Counts.Signed >= signed, cancellation);

    private static async Task ListedAsync(Func<bool> isSo, CancellationToken cancellation)
    {
        while (!isSo())
            await Task.Delay(10, cancellation);
    }

    /// <summary>Waits until what was decided is in the record, and what is in the record on the page.</summary>
    private async Task WrittenAsync(CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync(cancellation);
        while (await db.Changes.AnyAsync(c => c.LetterId == letterId, cancellation))
            await Task.Delay(20, cancellation);
        var size = await db.Entries.LongCountAsync(e => e.LetterId == letterId, cancellation);
        await ListedAsync(() => services.GetRequiredService<PublishedLetters>().Find(DemoStory.Slug)!.Size >= size, cancellation);
    }

    /// <summary>Waits until everything is listed and every mail has gone; but not for what is told of decisions, an hour after them.</summary>
    private async Task QuietAsync(CancellationToken cancellation)
    {
        await StandAsync(SignHere + Imported, cancellation);
        await using var db = await services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync(cancellation);
        while (await db.Outbox.AnyAsync(m => m.State == MailState.Waiting && m.Kind != MailKind.Decided, cancellation) || await db.Changes.AnyAsync(c => c.LetterId == letterId, cancellation))
            await Task.Delay(20, cancellation);
    }
}

internal sealed record Signed(long Id, string Email, string Mark);
