using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>What others wait for, or what looks like an attack: requests with their promise, held acts, trends, mail that came back.</summary>
public sealed class UrgentTasks(UndersignedDb db, Instance instance, TimeProvider time)
{
    public async Task<IReadOnlyList<DeskTask>> ReadAsync(Letter letter, CancellationToken cancellation)
    {
        var waiting = await db.Inquiries.AsNoTracking().Where(i => i.LetterId == letter.Id && i.State == InquiryState.Waiting)
            .OrderBy(i => i.DueAt).Select(i => new Waits(i.Kind, i.EmailDomain, i.SignatureId, i.SubmittedAt, i.DueAt)).ToListAsync(cancellation);
        var requests = waiting.Where(w => !w.IsHeld).ToList();
        var held = waiting.Where(w => w.IsHeld).GroupBy(w => w.Domain).ToList();
        return
        [
            .. requests.Count > 0 ? [await RequestsAsync(letter, requests, cancellation)] : Array.Empty<DeskTask>(),
            .. held.Select(g => Held(g.Key, [.. g])),
            .. await TrendsAsync(letter, cancellation),
            .. await MailAsync(letter, cancellation),
        ];
    }

    /// <summary>What one owner proposed and another must confirm.</summary>
    public async Task<IReadOnlyList<DeskTask>> ForOwnerAsync(Letter letter, long accountId, CancellationToken cancellation)
    {
        var proposal = await db.ChannelProposals.AsNoTracking().SingleOrDefaultAsync(p => p.LetterId == letter.Id && p.State == ProposalState.Waiting && p.ProposedBy != accountId, cancellation);
        var hooks = await db.Webhooks.AsNoTracking().Where(h => h.LetterId == letter.Id && h.State == WebhookState.GivenUp).OrderBy(h => h.Id).Take(3).ToListAsync(cancellation);
        return
        [
            .. proposal is null ? [] : new[] { new DeskTask("A change of “Where to report” waits for a second owner", $"Proposed {StaffWords.AgeAgo(time.GetUtcNow() - proposal.ProposedAt)}. Nothing of it is shown before another owner confirms it.", "Look", "/where-to-report") },
            .. hooks.Select(h => new DeskTask($"A webhook is switched off: {h.Host}", $"Nothing arrived there any more. It is off since {Printed.Moment(h.StateAt)}; once it is on again it is told of all that became public meanwhile.", "Look", $"/webhooks/{h.Id}")),
        ];
    }

    private async Task<DeskTask> RequestsAsync(Letter letter, List<Waits> requests, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var overdue = requests.Count(r => r.Due <= now);
        var oldest = requests[0];
        var number = oldest.SignatureId is { } id ? await db.Signatures.Where(s => s.Id == id).Select(s => s.Number).SingleAsync(cancellation) : null;
        var what = requests.Count > 1 ? $"{StaffWords.Count(requests.Count, "request waits", "requests wait")} for an answer" : Words(oldest.Kind) + (number is { } no ? $" on {Printed.Signature(no)}" : "");
        return new DeskTask(
            overdue > 0 ? $"Overdue: {what}" : what,
            overdue > 0
                ? $"{(overdue == 1 ? "One answer was" : $"{overdue} answers were")} promised within {letter.PromiseHours} hours; the oldest is late by {StaffWords.Age(now - oldest.Due!.Value)}."
                : $"{(requests.Count > 1 ? "The oldest came" : "Came")} {StaffWords.AgeAgo(now - oldest.At)}. We promise an answer within {letter.PromiseHours}.",
            "Answer", "/requests");
    }

    private static string Words(InquiryKind kind) => kind switch
    {
        InquiryKind.NotMe => "“This is not me”",
        InquiryKind.Wrong => "“This is wrong”",
        _ => "A reply to our mail",
    };

    private static DeskTask Held(string domain, List<Waits> held) => new(
        $"{StaffWords.Count(held.Count, "withdrawal or objection", "withdrawals and objections")} from {domain} wait for a person",
        $"More than {Inquiry.MostAtOnce} came from there within an hour. Whoever runs a mail server can press every button in its mail.", "Look", "/requests");

    private async Task<IEnumerable<DeskTask>> TrendsAsync(Letter letter, CancellationToken cancellation)
    {
        if (!letter.IsOpenForSigning)
            return [];
        var trends = await db.TrendsAsync(letter, time.GetUtcNow(), cancellation);
        var domains = trends.Domains.Where(d => d is { IsNew: true, Hour: > 0 } or { IsRising: true }).Select(d => new DeskTask(
            d.IsNew ? $"{d.Day} signatures in a day from {d.Domain}, which is new here" : $"{d.Hour} signatures in an hour from {d.Domain}, far more than before",
            "It may be a works council, or somebody’s joke.", "Look", "/trends"));
        var networks = trends.Networks.Where(n => n.IsMany && n.Hour >= Trends.Many).Select(n => new DeskTask($"{n.Hour} signatures in an hour from one network", "It may be an office, or one person.", "Look", "/trends"));
        return domains.Concat(networks).Take(3);
    }

    private async Task<IEnumerable<DeskTask>> MailAsync(Letter letter, CancellationToken cancellation)
    {
        var tasks = new List<DeskTask>();
        foreach (var breaker in await db.OpenBreakers().Where(b => db.Outbox.Any(m => m.LetterId == letter.Id && m.Domain == b.Domain && m.State == MailState.Waiting)).OrderBy(b => b.Domain).Take(3).ToListAsync(cancellation))
            tasks.Add(new DeskTask($"Mail to {breaker.Domain} is held", $"{breaker.Refused} of {breaker.Tried} came back.", "Look", "/mail"));
        if (await db.Outbox.AnyAsync(m => m.LetterId == letter.Id && m.State == MailState.Waiting, cancellation)
            && (await MailBudget.ReadAsync(db, instance, time.GetUtcNow(), cancellation)).IsSpent(letter.Id))
            tasks.Add(new DeskTask("The budget of mails is used up", "What waits leaves by itself when there is room again.", "Look", "/mail"));
        return tasks;
    }

    private sealed record Waits(InquiryKind Kind, string Domain, long? SignatureId, DateTimeOffset At, DateTimeOffset? Due)
    {
        public bool IsHeld => Kind is InquiryKind.Withdrawal or InquiryKind.Erasure or InquiryKind.Objection;
    }
}
