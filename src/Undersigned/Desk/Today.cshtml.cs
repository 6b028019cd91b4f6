using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>One thing to do, with one way to it.</summary>
public sealed record DeskTask(string What, string Why, string Button, string Path);

/// <summary>What needs the organiser, and how the letter stands. Reviewers see what they can do something about.</summary>
[StaffOnly(StaffRole.Reviewer, AuditorReads = true)]
public sealed class TodayModel(UndersignedDb db, TimeProvider time, DeskQuery query, Outbox outbox, LogTroubles troubles, InstanceKeys keys, UrgentTasks urgent)
    : StaffPage(db, time)
{
    /// <summary>Decisions reach the page within a second; after this long something is wrong.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);
    private const int SecondsAName = 4;

    public DeskNumbers Numbers { get; private set; } = null!;
    public HourlyChart Hours { get; private set; } = null!;
    public MailNumbers? Mail { get; private set; }
    public IReadOnlyList<DeskTask> Tasks { get; private set; } = [];
    public string? Trouble { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Numbers = await query.NumbersAsync(Letter, cancellation);
        Hours = await query.HoursAsync(Letter.Id, cancellation);
        if (MayEdit)
            Mail = await query.MailAsync(Letter.Id, cancellation);
        Trouble = TroubleNow();
        Tasks = Role == StaffRole.Auditor ? [] : [.. MayEdit ? await urgent.ReadAsync(Letter, cancellation) : [], .. IsOwner ? await urgent.ForOwnerAsync(Letter, AccountId, cancellation) : [], .. PeopleTasks(), .. MayEdit ? OrganiserTasks() : []];
    }

    /// <summary>"Open since 16 February 2026, 06:00 UTC": the word, its tone, and from when.</summary>
    public (string Word, string Tone, DateTimeOffset Since) State => Letter.State switch
    {
        LetterState.Draft => ("Draft", "idle", Letter.CreatedAt),
        LetterState.Private => (Letter.PrivateLinkOn ? "Private" : "Private, link off", Letter.PrivateLinkOn ? "sound" : "idle", Letter.CreatedAt),
        LetterState.Published => (Letter.HoldSigning ? "Signing held" : "Open", Letter.HoldSigning ? "heed" : "sound", Letter.PublishedAt ?? Letter.CreatedAt),
        LetterState.Closing => ("Closing", "heed", Letter.PublishedAt ?? Letter.CreatedAt),
        _ => ("Closed", "idle", Letter.ClosedAt ?? Letter.CreatedAt),
    };

    /// <summary>Where others see the letter; null while nobody can.</summary>
    public string? PublicPath =>
        Letter.IsPublic ? "/letters/" + Letter.Slug
        : MayEdit && Letter is { State: LetterState.Private, PrivateLinkOn: true } ? "/private/" + keys.Token(TokenPurpose.PrivateLetter, Letter.Id, Letter.PrivateLinkRound)
        : null;

    /// <summary>More wait than the owner wants to see waiting.</summary>
    public bool IsAlarm => Letter.State != LetterState.Closed && Numbers.WaitForGlance + Numbers.SetAside > Letter.Admission.AlarmAbove;

    private string? TroubleNow()
    {
        if (troubles.Of(Letter.Id) is { } trouble)
            return (trouble.Kind == LogTroubleKind.Change
                ? $"One decision cannot be brought to the page since {Printed.Moment(trouble.Since)}; all others are. "
                : $"The list cannot be brought up to date since {Printed.Moment(trouble.Since)}. Nothing is lost: what is decided is kept and follows. ")
                + "Whoever runs this server finds the reason, and what to do, in its state and in what it prints.";
        var isLate = Letter is { IsPublic: true, HoldPublishing: false } && Numbers.UndoneSince < Now - Late;
        return isLate
            ? $"The list cannot be brought up to date: decisions since {Printed.Moment(Numbers.UndoneSince!.Value)} do not show yet. Nothing is lost; they follow as soon as the server gets to them."
            : null;
    }

    private IEnumerable<DeskTask> PeopleTasks()
    {
        if (Numbers.WaitForGlance > 0 && Letter.State != LetterState.Closed)
            yield return new DeskTask(StaffWords.Count(Numbers.WaitForGlance, "name", "names") + " that nobody has looked at", GlanceTakes(Numbers.WaitForGlance), "Glance", "/glance");
        if (Numbers.ForTwo > 0)
            yield return new DeskTask(
                StaffWords.Count(Numbers.ForTwo, "name waits", "names wait") + " for two people",
                "Prominent names and high offices: each decides alone. The letter goes on without them meanwhile.", "Decide", "/review");
        if (Numbers.LikelyPairs > 0)
            yield return new DeskTask(StaffWords.Count(Numbers.LikelyPairs, "pair", "pairs") + " that may be one person", "Side by side, twenty a screen.", "Compare", "/duplicates");
        if (Numbers.SetAside > Numbers.ForTwo)
            yield return new DeskTask(StaffWords.Count(Numbers.SetAside - Numbers.ForTwo, "name", "names") + " set aside", $"The oldest waits {StaffWords.AgeFor(Now - Numbers.OldestSetAside!.Value)}.", "Review", "/review");
        if (Numbers.Corrections > 0)
            yield return new DeskTask(
                StaffWords.Count(Numbers.Corrections, "correction that its signer asks for", "corrections that their signers ask for"),
                $"The oldest waits {StaffWords.AgeFor(Now - Numbers.OldestCorrection!.Value)}. Until then the line stands as it is.", "Compare", "/review");
    }

    private static string GlanceTakes(int names) => (names * SecondsAName + 30) / 60 is var minutes and > 1
        ? $"About {minutes} minutes for one person, on a phone too."
        : "About a minute for one person, on a phone too.";

    private IEnumerable<DeskTask> OrganiserTasks()
    {
        if (Letter.State == LetterState.Draft && Letter.PublishAt is null)
            yield return new DeskTask("Nobody can sign yet", "A private link can be sent round before anything is public.", "Make the link", "/private-link");
        if (Letter.PublishAt is { } at)
            yield return new DeskTask($"Goes public on {Printed.Moment(at)}", at - Now is { Ticks: > 0 } left ? $"In {StaffWords.Age(left)}. Names that nobody has looked at are left out." : "The time has come; it follows within a moment.", "Change", "/publication");
        if (Numbers.Unconfirmed > 0)
            yield return new DeskTask(
                Numbers.Unconfirmed == 1 ? "1 has not confirmed" : $"{Printed.Number(Numbers.Unconfirmed)} have not confirmed",
                Numbers.UnconfirmedMostlyAt is { Count: > 1 } domain ? $"{Printed.Number(domain.Count)} of them at {domain.Domain}." : "Their mail may not have arrived.", "Send again", "/unconfirmed");
        if (!outbox.IsOpen && Mail!.Waiting > 0)
            yield return new DeskTask(
                $"Mail is not set up: {StaffWords.Count(Mail.Waiting, "mail waits", "mails wait")}",
                "They leave by themselves once it is. Until then you can confirm people by telephone.", "Who waits", "/unconfirmed");
    }
}
