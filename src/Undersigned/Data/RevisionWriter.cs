using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Fixes a letter's words as the revision that signers agree to (sections 2 and 3 of the signatory log).</summary>
public static class RevisionWriter
{
    private static readonly JsonSerializerOptions Format = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>
    /// The letter's current revision, made as number 1 if there is none yet; the caller saves. Two first signers at once collide
    /// on the revision's key: the loser's transaction fails as a whole and is tried again by whoever began it.
    /// </summary>
    public static int Fix(UndersignedDb db, Letter letter, DateTimeOffset now)
    {
        if (letter.CurrentRevision > 0)
            return letter.CurrentRevision;
        Add(db, letter, TextOf(letter), RulesOf(letter), null, now);
        return letter.CurrentRevision;
    }

    /// <summary>The revision that somebody signs: the one that they read, also where a correction came since; the current one where that is none of this letter's.</summary>
    public static int Signed(UndersignedDb db, Letter letter, int read, DateTimeOffset now)
    {
        var current = Fix(db, letter, now);
        return read >= 1 && read <= current ? read : current;
    }

    /// <summary>
    /// After a correction of the letter's words that somebody has signed: a new revision with the same rules, and the change that publishes it,
    /// which waits where the letter is not public yet. False where the words are what they were. The caller saves.
    /// </summary>
    public static async Task<bool> ReviseWordsAsync(this UndersignedDb db, Letter letter, string reason, DateTimeOffset now, CancellationToken cancellation)
    {
        var current = await db.Revisions.SingleAsync(r => r.LetterId == letter.Id && r.Number == letter.CurrentRevision, cancellation);
        var text = TextOf(letter);
        if (text.AsSpan().SequenceEqual(current.Text))
            return false;
        Revise(db, letter, text, current.Rules, reason, now);
        return true;
    }

    /// <summary>
    /// After a change of the letter's rules (who is let in how, domains, eras, retention): a new revision with the same words, and the
    /// change that publishes it where the letter is public. Nothing while nobody has signed, or where the rules are what they were. The caller saves.
    /// </summary>
    public static async Task ReviseRulesAsync(this UndersignedDb db, Letter letter, DateTimeOffset now, CancellationToken cancellation)
    {
        if (letter.CurrentRevision == 0)
            return;
        var current = await db.Revisions.SingleAsync(r => r.LetterId == letter.Id && r.Number == letter.CurrentRevision, cancellation);
        var rules = RulesOf(letter);
        if (rules.AsSpan().SequenceEqual(current.Rules))
            return;
        if (!letter.IsPublic)
        {
            // Nothing of it was published: the rules of the revision that signers agree to are put right.
            (current.Rules, current.RulesHash) = (rules, SHA256.HashData(rules));
            return;
        }
        Revise(db, letter, current.Text, rules, "update", now);
    }

    private static void Revise(UndersignedDb db, Letter letter, byte[] text, byte[] rules, string reason, DateTimeOffset now)
    {
        Add(db, letter, text, rules, reason, now);
        db.Changes.Add(new Change { LetterId = letter.Id, Kind = ChangeKind.Revise, Revision = letter.CurrentRevision, Reason = reason, At = now });
    }

    private static void Add(UndersignedDb db, Letter letter, byte[] text, byte[] rules, string? reason, DateTimeOffset now) => db.Revisions.Add(new Revision
    {
        LetterId = letter.Id,
        Number = ++letter.CurrentRevision,
        Text = text,
        TextHash = SHA256.HashData(text),
        Rules = rules,
        RulesHash = SHA256.HashData(rules),
        MadeAt = now,
        Reason = reason,
    });

    private static byte[] TextOf(Letter letter) => JsonSerializer.SerializeToUtf8Bytes(
        new { letter.Title, letter.Body, letter.Addressees, letter.Demands, letter.Language, letter.Organiser }, Format);

    private static byte[] RulesOf(Letter letter) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            letter.Eligibility,
            Levels = Enum.GetValues<SignatureLevel>().Select(l => new { Level = l.ToString().ToLowerInvariant(), People = letter.Admission.LooksFor(l) }),
            Admission = letter.GlanceRequired ? "A person looks at each name before it is shown." : "Names are shown once their address is confirmed.",
            Groups = Array.Empty<object>(),
            letter.Eras,
            Domains = letter.Domains.Select(d => new { d.Domain, d.Controller, Addressee = d.IsAddressee }),
            Retention = $"{letter.RetentionDays} days after closing",
        }, Format);
}
