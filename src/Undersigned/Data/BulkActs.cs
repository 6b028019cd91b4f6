using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>What of a signature an act may change and an undo can put back; null where the signature was not there yet.</summary>
internal sealed record SignatureThen
{
    public required SignatureState State { get; init; }
    public required string Name { get; init; }
    public required List<Post> Posts { get; init; }
    public string? Location { get; init; }
    public string? Note { get; init; }
    public List<string> ReviewReasons { get; init; } = [];
    public string? DecisionReason { get; init; }
    public long? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    /// <summary>Evidence that the act added.</summary>
    public List<long> Added { get; init; } = [];
    /// <summary>Decisions of one of two people that the act added.</summary>
    public List<long> Looked { get; init; } = [];

    public static SignatureThen Of(Signature s, IEnumerable<long>? added = null, IEnumerable<long>? looked = null) => new()
    {
        State = s.State,
        Name = s.Name,
        Posts = [.. s.Posts],
        Location = s.Location,
        Note = s.Note,
        ReviewReasons = [.. s.ReviewReasons],
        DecisionReason = s.DecisionReason,
        DecidedBy = s.DecidedBy,
        DecidedAt = s.DecidedAt,
        Added = [.. added ?? []],
        Looked = [.. looked ?? []],
    };

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static SignatureThen? Read(string json) => json.Length == 0 ? null : JsonSerializer.Deserialize<SignatureThen>(json, JsonSerializerOptions.Web);
}

/// <summary>
/// An act on one signature or many that is recorded so that it can be undone as a whole. <see cref="About"/> each signature before it is
/// changed, change them as ever (SignatureMoves), then <see cref="SaveAsync"/>: everything happens in one transaction, or nothing.
/// </summary>
/// <param name="more">An act that was saved before and gets more signatures; null for a new one.</param>
public sealed class BulkWriting(UndersignedDb db, Letter letter, long accountId, string what, DateTimeOffset now, BulkAct? more = null)
{
    private readonly Dictionary<long, (Signature Signature, SignatureThen Before)> known = [];
    private readonly List<Signature> created = [];
    private readonly Dictionary<long, string> otherwise = [];

    /// <summary>How many signatures it is about so far.</summary>
    public int Count => known.Count + created.Count;

    /// <summary>To be called before the signature is changed; the signature is tracked. A second call says nothing new.</summary>
    public void About(Signature signature)
    {
        if (!known.ContainsKey(signature.Id))
            known[signature.Id] = (signature, SignatureThen.Of(signature));
    }

    /// <summary>The record has another verb for this one: it was one of two decisions, and waits for the other.</summary>
    public void As(Signature signature, string verb) => otherwise[signature.Id] = verb;

    /// <summary>It was not changed after all.</summary>
    public void Forget(Signature signature) => known.Remove(signature.Id);

    /// <summary>A signature that this act makes; an undo declines it, or takes it off the list.</summary>
    public void Made(Signature signature) => created.Add(signature);

    /// <summary>Saves the act, what it did and the record of it; inside the caller's transaction, if there is one.</summary>
    /// <param name="detail">Reason or numbers for the record of acts; no personal data.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else moved one of the signatures; nothing happened.</exception>
    public async Task<BulkAct> SaveAsync(string? detail, CancellationToken cancellation)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        var act = more ?? db.BulkActs.Add(new BulkAct { LetterId = letter.Id, AccountId = accountId, At = now, What = what }).Entity;
        act.Count += Count;
        var added = db.ChangeTracker.Entries<Evidence>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        var looks = db.ChangeTracker.Entries<Look>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        await db.SaveChangesAsync(cancellation);
        var (evidenceOf, looksOf) = (added.ToLookup(e => e.SignatureId, e => e.Id), looks.ToLookup(l => l.SignatureId, l => l.Id));
        foreach (var (signature, before) in known.Values)
            Put(act, signature, before, SignatureThen.Of(signature, evidenceOf[signature.Id], looksOf[signature.Id]), detail);
        foreach (var signature in created)
            Put(act, signature, null, SignatureThen.Of(signature, evidenceOf[signature.Id]), detail);
        await db.SaveChangesAsync(cancellation);
        if (transaction is not null)
            await transaction.CommitAsync(cancellation);
        return act;
    }

    private void Put(BulkAct act, Signature signature, SignatureThen? before, SignatureThen after, string? detail)
    {
        db.BulkActItems.Add(new BulkActItem
        {
            BulkActId = act.Id,
            SignatureId = signature.Id,
            LetterId = letter.Id,
            Before = before?.ToJson() ?? "",
            After = after.ToJson(),
        });
        db.Acts.Add(new StaffAct
        {
            LetterId = letter.Id,
            AccountId = accountId,
            At = now,
            What = otherwise.GetValueOrDefault(signature.Id, what),
            SignatureId = signature.Id,
            FromState = before?.State.ToString(),
            ToState = signature.State.ToString(),
            Detail = detail,
            BulkActId = act.Id,
        });
    }
}

/// <summary>What came of an undo.</summary>
/// <param name="Restored">Signatures that are as they were before.</param>
/// <param name="Left">Signatures that have moved on since, in what the act changed, and stay as they are.</param>
/// <param name="WasUndone">Somebody had undone it before, or there is no such act.</param>
public sealed record BulkUndone(int Restored, int Left, bool WasUndone);

/// <summary>Acts on many signatures that can be undone. An undo leads through <see cref="SignatureMoves"/>, so what stood on the page leaves or returns by entries of its own.</summary>
public static class BulkActs
{
    private const int Attempts = 8;

    /// <summary>An act of so many signatures that it is done, and undone, piece by piece; <see cref="UndoBulkAsync"/> leaves it alone.</summary>
    public const string Import = "import";

    public static BulkWriting BeginBulk(this UndersignedDb db, Letter letter, long accountId, string what, DateTimeOffset now, BulkAct? more = null) =>
        new(db, letter, accountId, what, now, more);

    /// <summary>Undoes an act of the letter, whoever did it. Forgets what the context tracked.</summary>
    public static async Task<BulkUndone> UndoBulkAsync(this UndersignedDb db, Letter letter, long bulkActId, long accountId, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await db.UndoOnceAsync(letter.Id, bulkActId, accountId, now, cancellation);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Somebody moved one of the signatures, or its mailbox signed again, while we read.
            }
        }
    }

    private static async Task<BulkUndone> UndoOnceAsync(this UndersignedDb db, long letterId, long bulkActId, long accountId, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        await db.LockAsync(letter, cancellation);
        var act = await db.BulkActs.SingleOrDefaultAsync(a => a.Id == bulkActId && a.LetterId == letterId && a.UndoneAt == null && a.What != Import, cancellation);
        if (act is null)
            return new BulkUndone(0, 0, WasUndone: true);
        (act.UndoneAt, act.UndoneBy) = (now, accountId);
        var items = await db.BulkActItems.Where(i => i.BulkActId == act.Id).OrderBy(i => i.SignatureId).ToListAsync(cancellation);
        var about = db.BulkActItems.Where(i => i.BulkActId == act.Id);
        var signatures = await db.Signatures.Where(s => about.Any(i => i.SignatureId == s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        var restored = 0;
        foreach (var item in items)
            restored += await db.RestoreAsync(letter, act, signatures[item.SignatureId], item, accountId, now, cancellation) ? 1 : 0;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new BulkUndone(restored, act.Count - restored, WasUndone: false);
    }

    /// <summary>
    /// Undoes the next piece of an act, after this signature; the caller's transaction holds it. How many are as before, and the last signature looked at;
    /// null at the end, and the act is undone.
    /// </summary>
    public static async Task<(int Restored, long? Last)> UndoNextAsync(
        this UndersignedDb db, Letter letter, long bulkActId, long after, int atMost, long accountId, DateTimeOffset now, CancellationToken cancellation)
    {
        await db.LockAsync(letter, cancellation);
        var act = await db.BulkActs.SingleAsync(a => a.Id == bulkActId && a.LetterId == letter.Id, cancellation);
        var items = await db.BulkActItems.Where(i => i.BulkActId == act.Id && i.SignatureId > after).OrderBy(i => i.SignatureId).Take(atMost).ToListAsync(cancellation);
        var ids = items.Select(i => i.SignatureId).ToList();
        var signatures = await db.Signatures.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        var restored = 0;
        foreach (var item in items)
            restored += await db.RestoreAsync(letter, act, signatures[item.SignatureId], item, accountId, now, cancellation) ? 1 : 0;
        if (items.Count == 0)
            (act.UndoneAt, act.UndoneBy) = (now, accountId);
        await db.SaveChangesAsync(cancellation);
        return (restored, items.Count == 0 ? null : ids[^1]);
    }

    private static async Task<bool> RestoreAsync(
        this UndersignedDb db, Letter letter, BulkAct act, Signature signature, BulkActItem item, long accountId, DateTimeOffset now, CancellationToken cancellation)
    {
        var (before, after) = (SignatureThen.Read(item.Before), SignatureThen.Read(item.After)!);
        var undo = new BulkRestoring(db, letter, signature, before, after, accountId, now);
        if (!await undo.IsStillAsItWasLeftAsync(cancellation))
            return false;
        var from = signature.State;
        await undo.RestoreAsync(cancellation);
        db.Acts.Add(new StaffAct
        {
            LetterId = letter.Id,
            AccountId = accountId,
            At = now,
            What = "undo-" + (undo.IsLookOnly ? "first-look" : act.What),
            SignatureId = signature.Id,
            FromState = from.ToString(),
            ToState = signature.State.ToString(),
            BulkActId = act.Id,
        });
        return true;
    }

    /// <summary>Of people who are forgotten nothing stays in the memory of acts either. The caller saves.</summary>
    public static async Task ForgetInBulkActsAsync(this UndersignedDb db, IReadOnlyCollection<long> signatures, CancellationToken cancellation) =>
        db.BulkActItems.RemoveRange(await db.BulkActItems.Where(i => signatures.Contains(i.SignatureId)).ToListAsync(cancellation));
}
