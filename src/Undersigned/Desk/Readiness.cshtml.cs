using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>One line of the evening before: green or red, what was found, and where to mend it.</summary>
public sealed record ReadyLine(string What, bool IsGreen, string Found, string? Button = null, string? Path = null);

/// <summary>Seven lines before publication. They warn and never block; names that nobody has looked at are left out.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class ReadinessModel(UndersignedDb db, TimeProvider time, DeskQuery query, Outbox outbox, Instance instance) : StaffPage(db, time)
{
    private static readonly TimeSpan BackupIsOld = TimeSpan.FromHours(26);
    private static readonly TimeSpan SeenLately = TimeSpan.FromDays(14);
    private const int FewAnswers = 50;
    private const int ManyRefused = 10;

    public IReadOnlyList<ReadyLine> Lines { get; private set; } = [];
    public bool MayTestMail => instance.Smtp is not null;
    /// <summary>What came of the test mail, in the words of `mail test`.</summary>
    public string? MailTested { get; private set; }
    public bool MailWasTaken { get; private set; }

    /// <summary>The second zone in which the time is shown.</summary>
    [BindProperty(SupportsGet = true, Name = "zone")]
    public string? Zone { get; set; }

    public static IReadOnlyList<string> Zones { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    /// <summary>To whoever presses, through the very transport that all mails take.</summary>
    public async Task<IActionResult> OnPostMailAsync(CancellationToken cancellation)
    {
        var me = await Db.Users.Where(u => u.Id == AccountId).Select(u => u.Email ?? "").SingleAsync(cancellation);
        using var dialogue = new StringWriter();
        var status = await MailTest.RunAsync(instance, me, dialogue, cancellation);
        MailWasTaken = status == 0;
        MailTested = dialogue.ToString().TrimEnd().Split("\n\n")[^1];
        Record("test-mail", detail: MailWasTaken ? "taken by the server" : "not taken");
        await Db.SaveChangesAsync(cancellation);
        await LoadAsync(cancellation);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var numbers = await query.NumbersAsync(Letter, cancellation);
        Lines =
        [
            Text(), Names(numbers), Mail(await query.MailAsync(Letter.Id, cancellation)), Hour(), await EditionsAsync(cancellation),
            await OwnersAsync(cancellation), Backup(await Db.LastBackupAsync(cancellation)),
        ];
    }

    private ReadyLine Text()
    {
        List<string> wrong = [.. LetterChecks.Missing(Letter).Select(m => m + " is missing"), .. LetterChecks.Gaps(Letter)];
        return wrong.Count == 0
            ? new("The text", true, $"Title, text, addressees, {StaffWords.Count(Letter.Demands.Count, "demand", "demands")} and the foot of the mails are there, and no part is empty.", "Read it again", "/text")
            : new("The text", false, Sentence(wrong), "Write it", "/text");
    }

    private static ReadyLine Names(DeskNumbers n)
    {
        var (waiting, aside) = (n.WaitForGlance, n.SetAside);
        if (waiting + aside == 0)
            return new("The names", true, $"Everybody who confirmed was looked at: {StaffWords.Count(n.LetIn + n.Standing, "name is", "names are")} let in.");
        List<string> wrong = [];
        if (waiting > 0)
            wrong.Add(StaffWords.Count(waiting, "name was not looked at and is left out", "names were not looked at and are left out"));
        if (aside > 0)
            wrong.Add(StaffWords.Count(aside, "is set aside and left out", "are set aside and left out"));
        return new("The names", false, Sentence(wrong) + " The letter goes out without them; they appear once they are let in.", waiting > 0 ? "Glance" : "Review", waiting > 0 ? "/glance" : "/review");
    }

    private ReadyLine Mail(MailNumbers mail)
    {
        if (instance.Smtp is null || !outbox.IsOpen)
            return new("Mail arriving", false, "No mail server is set, so nobody gets the six digits. Whoever runs this server sets it (--smtp).");
        if (Letter.HoldMail)
            return new("Mail arriving", false, "Mail of this letter is held.", "Lift the hold", "/switches");
        var refused = mail.Asked + mail.Bounced == 0 ? 0 : 100 * mail.Bounced / (mail.Asked + mail.Bounced);
        var found = mail.AnsweredPercent is { } percent ? $"{percent} % of {StaffWords.Count(mail.Asked, "person", "people")} who got our mail confirmed; {StaffWords.Count(mail.Bounced, "mail was", "mails were")} refused, {Printed.Number(mail.Waiting)} wait." : "No confirmation was mailed yet: send yourself a test mail.";
        var isGreen = mail.AnsweredPercent is null or >= FewAnswers && refused < ManyRefused;
        return new("Mail arriving", isGreen, found, "Who has not confirmed", "/unconfirmed");
    }

    private ReadyLine Hour()
    {
        var until = Letter.CloseAt is { } close ? $" Signing ends {InTwoZones(close)}." : " No end of signing is set.";
        if (Letter.IsPublic)
            return new("The hour", true, $"Public since {InTwoZones(Letter.PublishedAt!.Value)}.{until}", "Publication", "/publication");
        return Letter.PublishAt is { } at
            ? new("The hour", true, $"Goes out {InTwoZones(at)}, in {StaffWords.Age(at - Now)}.{until}", "Change it", "/publication")
            : new("The hour", false, "No time is set: it goes out when somebody presses Publish.", "Set a time", "/publication");
    }

    private async Task<ReadyLine> EditionsAsync(CancellationToken cancellation)
    {
        if (Letter.EditionAt is { } at)
            return new("Editions", true, $"{(at == Letter.PublishAt ? "Edition 1 goes out with it" : "The next is published " + Printed.Moment(at))}, then a new one every {Letter.EditionEveryHours} hours while the list changes.", "Change it", "/editions");
        if (await Db.Editions.Where(e => e.LetterId == Letter.Id).MaxAsync(e => (int?)e.Number, cancellation) is { } last)
            return new("Editions", true, $"Edition {last} is published; the next when somebody presses the button.", "Editions", "/editions");
        return Letter.IsPublic
            ? new("Editions", false, "None is published or planned: the press has nothing to cite, and there is no PDF.", "Publish one", "/editions")
            : new("Editions", false, "None is planned: without one the press has nothing to cite, and there is no PDF. Tick it where you publish, or where you set the time.", "Publication", "/publication");
    }

    /// <summary>"1 March 2026, 06:00 UTC (1 March, 07:00 in Europe/Berlin)"</summary>
    private string InTwoZones(DateTimeOffset at)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(Zone ?? "", out var asked) ? asked
            : TimeZoneInfo.Local.BaseUtcOffset != TimeSpan.Zero ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        Zone = zone.Id;
        return $"{Printed.Moment(at)} ({TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM, HH:mm", System.Globalization.CultureInfo.InvariantCulture)} in {zone.Id.Replace('_', ' ')})";
    }

    private async Task<ReadyLine> OwnersAsync(CancellationToken cancellation)
    {
        var owners = await Db.Staff.Where(s => s.LetterId == Letter.Id && s.Role == StaffRole.Owner)
            .Join(Db.Users, s => s.AccountId, u => u.Id, (s, u) => new
            {
                u.DisplayName,
                HasWayIn = u.PasswordHash != null || Db.UserPasskeys.Any(p => p.UserId == u.Id),
                SeenAt = Db.Sessions.Where(x => x.AccountId == u.Id).Max(x => (DateTimeOffset?)x.SeenAt),
            }).ToListAsync(cancellation);
        var able = owners.Where(o => o.HasWayIn && o.SeenAt > Now - SeenLately).ToList();
        var button = IsOwner ? "People" : null;
        if (able.Count >= 2)
            return new("A second owner", true, $"{able.Count} owners can sign in and were seen lately: {string.Join(", ", able.Select(o => o.DisplayName))}.", button, "/people");
        if (owners.Count < 2)
            return new("A second owner", false, "There is one owner. If they lose their phone tonight, nobody can hold or mend anything.", button, "/people");
        List<string> wrong = [.. owners.Except(able).Select(o => o.DisplayName + (!o.HasWayIn ? " has no way in" : o.SeenAt is null ? " has never signed in" : " was not seen for two weeks"))];
        return new("A second owner", false, Sentence(wrong), button, "/people");
    }

    private ReadyLine Backup(DateTimeOffset? last) => last switch
    {
        null => new("Backup", false, "None was made. Whoever runs this server makes one: undersigned backup FILE --passphrase-file FILE."),
        { } at when Now - at > BackupIsOld => new("Backup", false, $"The last one is {StaffWords.Age(Now - at)} old. Whoever runs this server makes one: undersigned backup FILE --passphrase-file FILE."),
        { } at => new("Backup", true, $"The last one was made {StaffWords.AgeAgo(Now - at)}."),
    };

    private static string Sentence(List<string> parts) => string.Join("; ", parts) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] + "." : "";
}
