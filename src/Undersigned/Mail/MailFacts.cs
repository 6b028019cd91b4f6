using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>What the database says, at the moment of writing, of the mails that one round of the outbox writes.</summary>
internal sealed class MailFacts
{
    private readonly Dictionary<long, Letter> letters;
    private readonly Dictionary<long, Signature> signatures;
    private readonly Dictionary<long, Inquiry> inquiries;
    private readonly HashSet<(long? Signature, string Address)> reported;
    private readonly ILookup<string, Signature> counting;
    private readonly HashSet<string> blocked;
    private readonly MailAllowance allowance;

    /// <summary>The latest wording of each update, by the post that is mailed.</summary>
    private Dictionary<long, LetterPost> posts = [];

    private Dictionary<long, FollowUpFacts> followUps = [];

    private ILookup<long, Told> decisions = Array.Empty<Told>().ToLookup(t => t.SignatureId);
    private HashSet<(long Signature, DateTimeOffset At)> refusedCorrections = [];

    private MailFacts(Dictionary<long, Letter> letters, Dictionary<long, Signature> signatures, ILookup<string, Signature> counting,
        HashSet<string> blocked, MailAllowance allowance, Dictionary<long, Inquiry> inquiries, HashSet<(long? Signature, string Address)> reported)
    {
        (this.letters, this.signatures, this.counting, this.blocked, this.allowance) = (letters, signatures, counting, blocked, allowance);
        (this.inquiries, this.reported) = (inquiries, reported);
    }

    public static async Task<MailFacts> ReadAsync(UndersignedDb db, IReadOnlyList<OutboxMail> mails, InstanceKeys keys, DateTimeOffset now, CancellationToken cancellation)
    {
        var letterIds = mails.Select(m => m.LetterId).Distinct().ToList();
        var signatureIds = mails.Where(m => m.SignatureId is not null).Select(m => m.SignatureId!.Value).Distinct().ToList();
        var mailboxes = mails.Select(m => m.MailboxTag).ToList();
        var letters = await db.Letters.AsNoTracking().Where(l => letterIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellation);
        var signatures = await db.Signatures.AsNoTracking().Where(s => signatureIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        var tags = signatures.Values.Where(s => s.AddressTag is not null).Select(s => s.AddressTag!).ToList();
        var counting = await db.Signatures.AsNoTracking()
            .Where(s => letterIds.Contains(s.LetterId) && tags.Contains(s.AddressTag!)
                && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed))
            .ToListAsync(cancellation);
        var blocked = await db.BlockedAddresses.AsNoTracking()
            .Where(b => letterIds.Contains(b.LetterId) && tags.Contains(b.AddressTag)).ToListAsync(cancellation);
        var allowance = await MailAllowance.ReadAsync(db, mailboxes, now, cancellation);
        var (inquiries, reported) = await InquiriesAsync(db, mails, cancellation);
        return new MailFacts(letters, signatures, counting.ToLookup(s => Key(s.LetterId, s.AddressTag!)),
            [.. blocked.Select(b => Key(b.LetterId, b.AddressTag))], allowance, inquiries, reported)
        {
            posts = await PostsAsync(db, mails, cancellation),
            followUps = await FollowUpsAsync(db, mails, letters, signatures, keys, now, cancellation),
            decisions = await DecisionsAsync(db, mails, cancellation),
            refusedCorrections = await RefusedCorrectionsAsync(db, mails, cancellation),
        };
    }

    private static async Task<ILookup<long, Told>> DecisionsAsync(UndersignedDb db, IReadOnlyList<OutboxMail> mails, CancellationToken cancellation)
    {
        var about = AboutDecisions(mails);
        var told = about.Count == 0 ? [] : await db.Outbox.AsNoTracking().Where(m => m.Kind == MailKind.Decided && about.Contains(m.SignatureId!.Value))
            .Select(m => new Told(m.SignatureId!.Value, m.Id, m.State)).ToListAsync(cancellation);
        return told.ToLookup(t => t.SignatureId);
    }

    private static async Task<HashSet<(long, DateTimeOffset)>> RefusedCorrectionsAsync(UndersignedDb db, IReadOnlyList<OutboxMail> mails, CancellationToken cancellation)
    {
        var about = AboutDecisions(mails);
        var refused = about.Count == 0 ? [] : await db.Corrections.AsNoTracking().Where(c => about.Contains(c.SignatureId) && c.State == CorrectionState.Declined && c.DecidedAt != null)
            .Select(c => new { c.SignatureId, c.DecidedAt }).ToListAsync(cancellation);
        return [.. refused.Select(c => (c.SignatureId, c.DecidedAt!.Value))];
    }

    private static List<long> AboutDecisions(IReadOnlyList<OutboxMail> mails) =>
        [.. mails.Where(m => m.Kind == MailKind.Decided).Select(m => m.SignatureId!.Value).Distinct()];

    /// <summary>Something later was decided about the same name, and is told by a mail of its own.</summary>
    public bool IsOvertaken(OutboxMail mail) => decisions[mail.SignatureId!.Value].Any(t => t.MailId > mail.Id);

    /// <summary>A decision about the name was mailed before.</summary>
    public bool WasTold(OutboxMail mail) => decisions[mail.SignatureId!.Value].Any(t => t.MailId < mail.Id && t.State == MailState.Sent);

    /// <summary>The decision that the mail is about refused a correction.</summary>
    public bool IsRefusedCorrection(OutboxMail mail) => refusedCorrections.Contains((mail.SignatureId!.Value, mail.CreatedAt));

    // What was corrected while it was on its way goes out as corrected.
    private static async Task<Dictionary<long, LetterPost>> PostsAsync(UndersignedDb db, IReadOnlyList<OutboxMail> mails, CancellationToken cancellation)
    {
        var posts = new Dictionary<long, LetterPost>();
        foreach (var id in mails.Where(m => m.PostId is not null).Select(m => m.PostId!.Value).Distinct())
        {
            var latest = await db.Posts.AsNoTracking().SingleAsync(p => p.Id == id, cancellation);
            while (await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.ReplacesId == latest.Id && p.LeafIndex != null, cancellation) is { } later)
                latest = later;
            posts.Add(id, latest);
        }
        return posts;
    }

    // Asked of each mail by itself, at the last moment: who has signed by another way meanwhile, left, or wants no mail, gets none.
    private static async Task<Dictionary<long, FollowUpFacts>> FollowUpsAsync(
        UndersignedDb db, IReadOnlyList<OutboxMail> mails, Dictionary<long, Letter> letters, Dictionary<long, Signature> signatures, InstanceKeys keys, DateTimeOffset now, CancellationToken cancellation)
    {
        var facts = new Dictionary<long, FollowUpFacts>();
        foreach (var mail in mails.Where(m => m.Kind == MailKind.FollowUp))
        {
            // It was under way when a server died: it may have arrived, and rather none than two.
            if (mail is { Attempts: > 1, Verdict: null })
                continue;
            var (letter, signature) = (letters[mail.LetterId], signatures[mail.SignatureId!.Value]);
            if (!letter.IsOpenForSigning || !EmailAddress.TryParse(signature.Email, out var address, out _))
                continue;
            var tag = keys.AddressTag(letter.Id, address);
            var mailing = await db.FollowUpMailings.AsNoTracking().SingleAsync(m => m.LetterId == letter.Id, cancellation);
            var earlier = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == mailing.EarlierLetterId, cancellation);
            if (await db.MayBeAsked(earlier, now).AnyAsync(s => s.Id == signature.Id, cancellation) && !await db.CountingOf(letter.Id, tag).AnyAsync(cancellation)
                && !await db.BlockedAddresses.AnyAsync(b => b.LetterId == letter.Id && b.AddressTag == tag, cancellation))
                facts.Add(mail.Id, new FollowUpFacts(earlier, mailing.Words, address));
        }
        return facts;
    }

    /// <summary>Null where this person is not to be asked any more.</summary>
    public FollowUpFacts? FollowUpOf(OutboxMail mail) => followUps.GetValueOrDefault(mail.Id);

    public LetterPost? PostOf(OutboxMail mail) => mail.PostId is { } id ? posts.GetValueOrDefault(id) : null;

    private static async Task<(Dictionary<long, Inquiry>, HashSet<(long?, string)>)> InquiriesAsync(UndersignedDb db, IReadOnlyList<OutboxMail> mails, CancellationToken cancellation)
    {
        var ids = mails.Where(m => m.InquiryId is not null).Select(m => m.InquiryId!.Value).Distinct().ToList();
        if (ids.Count == 0)
            return ([], []);
        var inquiries = await db.Inquiries.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
        var lines = inquiries.Values.Select(i => i.SignatureId).Distinct().ToList();
        var reported = await db.Inquiries.AsNoTracking()
            .Where(i => lines.Contains(i.SignatureId) && (i.Kind == InquiryKind.NotMe || i.Kind == InquiryKind.Wrong) && (i.State == InquiryState.Waiting || i.State == InquiryState.Answered)
                && i.AddressTag != null)
            .Select(i => new { i.SignatureId, i.AddressTag }).ToListAsync(cancellation);
        return (inquiries, [.. reported.Select(r => (r.SignatureId, Convert.ToHexString(r.AddressTag!)))]);
    }

    /// <summary>What the mail is about, where it goes to whoever sent that.</summary>
    public Inquiry? InquiryOf(OutboxMail mail) => mail.InquiryId is { } id ? inquiries.GetValueOrDefault(id) : null;

    /// <summary>Whether this address has reported this line already.</summary>
    public bool HasReported(Inquiry inquiry) => inquiry.AddressTag is { } tag && reported.Contains((inquiry.SignatureId, Convert.ToHexString(tag)));

    public Letter LetterOf(OutboxMail mail) => letters[mail.LetterId];

    /// <exception cref="KeyNotFoundException">The mail is about no line.</exception>
    public Signature SignatureOf(OutboxMail mail) => LineOf(mail) ?? throw new KeyNotFoundException($"Mail {mail.Id} is about no line.");

    public Signature? LineOf(OutboxMail mail) => mail.SignatureId is { } id ? signatures[id] : null;

    /// <summary>The signature of this address that counts on the letter already, if there is one.</summary>
    public Signature? CountingOf(Signature signature) =>
        signature.AddressTag is { } tag ? counting[Key(signature.LetterId, tag)].FirstOrDefault() : null;

    public bool IsBlocked(Signature signature) => signature.AddressTag is { } tag && blocked.Contains(Key(signature.LetterId, tag));

    public bool IsOverBudget(OutboxMail mail) => allowance.IsSpentFor(mail);

    /// <summary>Of a mail that is not sent, where the mailbox is why; null where its time has passed.</summary>
    public string? RefusalOf(OutboxMail mail) =>
        mail.InquiryId is null && LineOf(mail) is { } line && IsBlocked(line) ? OutboxMail.Blocked
        : IsOverBudget(mail) ? OutboxMail.OverBudget
        : null;

    private static string Key(long letterId, byte[] addressTag) => $"{letterId}/{Convert.ToHexString(addressTag)}";

    internal sealed record FollowUpFacts(Letter Earlier, string Words, EmailAddress Address);

    private sealed record Told(long SignatureId, long MailId, MailState State);
}
