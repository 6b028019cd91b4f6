using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Desk;

/// <summary>The numbers of one letter's day, from the rows themselves; nothing is counted twice or kept apart.</summary>
public sealed record DeskNumbers
{
    public required int Standing { get; init; }
    public required int Imported { get; init; }
    /// <summary>Let in and not on the page: before publication all of them, later for a second.</summary>
    public required int LetIn { get; init; }
    public required int MoreInADay { get; init; }
    public required int WaitForGlance { get; init; }
    public required int SetAside { get; init; }
    public required DateTimeOffset? OldestSetAside { get; init; }
    /// <summary>Of those set aside, how many need two people.</summary>
    public required int ForTwo { get; init; }
    /// <summary>Pairs that are likely one person.</summary>
    public required int LikelyPairs { get; init; }
    public required int Corrections { get; init; }
    public required DateTimeOffset? OldestCorrection { get; init; }
    public required int Unconfirmed { get; init; }
    /// <summary>Where most of the unconfirmed have their mailbox.</summary>
    public required DomainCount? UnconfirmedMostlyAt { get; init; }
    public required int WithdrawnInADay { get; init; }
    /// <summary>The oldest decision that the page does not show yet.</summary>
    public required DateTimeOffset? UndoneSince { get; init; }
}

public sealed record DomainCount(string Domain, int Count);

/// <param name="Asked">Signatures whose confirmation mail was delivered.</param>
/// <param name="Answered">Those of them that confirmed.</param>
public sealed record MailNumbers(int SentInADay, int Waiting, int Bounced, int Asked, int Answered)
{
    public int? AnsweredPercent => Asked == 0 ? null : (int)Math.Round(100.0 * Answered / Asked);
}

public sealed class DeskQuery(UndersignedDb db, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public async Task<DeskNumbers> NumbersAsync(Letter letter, CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - Day;
        var ours = db.Signatures.AsNoTracking().Where(s => s.LetterId == letter.Id);
        var byState = await ours.GroupBy(s => new { s.State, s.Level })
            .Select(g => new { g.Key.State, g.Key.Level, Count = g.Count() }).ToListAsync(cancellation);
        int In(SignatureState state) => byState.Where(x => x.State == state).Sum(x => x.Count);
        var corrections = db.Corrections.Where(c => c.LetterId == letter.Id && c.State == CorrectionState.Waiting);
        return new DeskNumbers
        {
            Standing = In(SignatureState.Listed),
            Imported = byState.Where(x => x is { State: SignatureState.Listed, Level: SignatureLevel.Imported }).Sum(x => x.Count),
            LetIn = In(SignatureState.Admitted),
            MoreInADay = letter.IsPublic
                ? await ours.CountAsync(s => s.State == SignatureState.Listed && s.ListedAt > since, cancellation)
                : await ours.CountAsync(s => s.State == SignatureState.Admitted && s.StateAt > since, cancellation),
            WaitForGlance = In(SignatureState.Confirmed),
            SetAside = In(SignatureState.InReview),
            OldestSetAside = await ours.Where(s => s.State == SignatureState.InReview).OrderBy(s => s.StateAt).Select(s => (DateTimeOffset?)s.StateAt).FirstOrDefaultAsync(cancellation),
            ForTwo = await ours.CountAsync(s => s.State == SignatureState.InReview && s.LooksNeeded > 1, cancellation),
            LikelyPairs = await db.Pairs.CountAsync(p => p.LetterId == letter.Id && p.State == PairState.Waiting && p.IsLikely && !p.MayBeImpersonation, cancellation),
            Corrections = await corrections.CountAsync(cancellation),
            OldestCorrection = await corrections.OrderBy(c => c.Id).Select(c => (DateTimeOffset?)c.ProposedAt).FirstOrDefaultAsync(cancellation),
            Unconfirmed = In(SignatureState.Submitted),
            UnconfirmedMostlyAt = await ours.Where(s => s.State == SignatureState.Submitted && s.EmailDomain != null)
                .GroupBy(s => s.EmailDomain!).OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
                .Select(g => new DomainCount(g.Key, g.Count())).FirstOrDefaultAsync(cancellation),
            WithdrawnInADay = await ours.CountAsync(s => s.State == SignatureState.Withdrawn && s.StateAt > since, cancellation),
            UndoneSince = await db.Changes.Where(c => c.LetterId == letter.Id).OrderBy(c => c.Id).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(cancellation),
        };
    }

    /// <summary>When people confirmed, in the hours that the chart shows.</summary>
    public async Task<HourlyChart> HoursAsync(long letterId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var since = HourlyChart.BeginOf(now);
        var at = await db.Signatures.Where(s => s.LetterId == letterId && s.ConfirmedAt >= since)
            .Select(s => s.ConfirmedAt!.Value).ToListAsync(cancellation);
        return HourlyChart.Of(at, now);
    }

    public async Task<MailNumbers> MailAsync(long letterId, CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - Day;
        var mails = db.Outbox.AsNoTracking().Where(m => m.LetterId == letterId);
        var asked = mails.Where(m => m.Kind == MailKind.Confirmation && m.State == MailState.Sent).Select(m => m.SignatureId).Distinct();
        return new MailNumbers(
            await mails.CountAsync(m => m.State == MailState.Sent && m.SentAt > since, cancellation),
            await mails.CountAsync(m => m.State == MailState.Waiting, cancellation),
            await mails.CountAsync(m => m.State == MailState.Failed, cancellation),
            await asked.CountAsync(cancellation),
            await db.Signatures.CountAsync(s => asked.Contains(s.Id) && s.ConfirmedAt != null, cancellation));
    }

    /// <summary>Domains that refused our mail for good, most first.</summary>
    public async Task<IReadOnlyList<DomainCount>> BouncesAsync(long letterId, CancellationToken cancellation) =>
        await db.Outbox.Where(m => m.LetterId == letterId && m.State == MailState.Failed)
            .GroupBy(m => m.Domain).OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
            .Select(g => new DomainCount(g.Key, g.Count())).Take(50).ToListAsync(cancellation);
}
