using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>Why one signature was left as it was; of one cell where a column is named.</summary>
public sealed record Left(long Id, string Why, GridColumn? Column = null);

/// <summary>What came of an act: its number for the undo, null where it changed nothing.</summary>
public sealed record GridOutcome(long? ActId, string What, IReadOnlyList<long> Done, IReadOnlyList<Left> Left)
{
    /// <summary>Of what was done, how many need two people, so that this was one of the two decisions.</summary>
    public int Looks { get; init; }

    /// <summary>Of what was left, how many lines somebody else has on their screen at the glance.</summary>
    public int Lent => Left.Count(l => l.Why == GridActs.IsLent);
}

/// <summary>
/// Acts on the signatures of a letter that were picked in the grid. Each is one act that can be undone; whatever cannot take part is left as it
/// is and says why. Two members of staff act one after the other (the letter's lock), so that the second sees what the first did.
/// </summary>
public sealed class GridActs(UndersignedDb db, TimeProvider time)
{
    public const int LongestHow = 300;
    public const int Most = 20_000;
    private const int Attempts = 8;

    /// <summary>Somebody else decides it just now, at the glance.</summary>
    public const string IsLent = "Somebody else has it on their screen at the glance.";

    private sealed record Scene(Letter Letter, (long Id, StaffRole Role) Who, bool IsAlone, DateTimeOffset Now, IReadOnlySet<long> Lent, ILookup<long, Look> Looks)
    {
        public long AccountId => Who.Id;

        public LooksSoFar LooksAt(Signature s)
        {
            var mark = s.ToShown().Mark();
            return new LooksSoFar([.. Looks[s.Id].Where(l => l.Mark == mark)]);
        }

        public bool NeedsTwo(Signature s) =>
            s.State is SignatureState.Confirmed or SignatureState.InReview && (s.LooksNeeded > 1 || Letter.Admission.LooksFor(s.Level) > 1);
    }

    public Task<GridOutcome> AdmitAsync(Letter letter, (long Id, StaffRole Role) who, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        RunAsync(letter, who, _ => "admit", null, ids, (scene, s) => Task.FromResult(MayAdmit(scene, s)), async (scene, s) =>
        {
            if (scene.NeedsTwo(s))
                return await LookAsync(scene, s, LookVerdict.Admit, null, cancellation);
            db.Admit(s, scene.Now);
            Decide(scene, s);
            return null;
        }, cancellation);

    private static string? MayAdmit(Scene scene, Signature s) => s.State switch
    {
        not (SignatureState.Confirmed or SignatureState.InReview) => $"It is {StaffWords.State(s.State)}.",
        _ when scene.Letter.State == LetterState.Closed => "The letter is closed and takes no new names.",
        _ when PastedIn.IsOwnPaste(s, scene.AccountId, scene.IsAlone) => "You pasted it in yourself: somebody else lets it in.",
        _ => MayLook(scene, s, LookVerdict.Admit),
    };

    /// <summary>Where two people decide, whether this person may be one of them now.</summary>
    private static string? MayLook(Scene scene, Signature s, LookVerdict verdict)
    {
        if (scene.Lent.Contains(s.Id))
            return IsLent;
        if (!scene.NeedsTwo(s))
            return null;
        var looks = scene.LooksAt(s);
        if (looks.IsDisputed)
            return scene.Who.Role == StaffRole.Owner && (verdict == LookVerdict.Decline || looks.Of(scene.AccountId) is null)
                ? null : "Two people did not agree. An owner decides, and one who has looked already cannot let it in.";
        return looks.Of(scene.AccountId) is null ? null : "You have decided already: another person does too.";
    }

    /// <summary>One of two decisions, as in Review; the verb of the record where the line only waits for the other.</summary>
    private async Task<string?> LookAsync(Scene scene, Signature s, LookVerdict verdict, string? reason, CancellationToken cancellation)
    {
        if (s.State == SignatureState.Confirmed)
            SignatureMoves.SetAside(s, [Oddity.LevelNeedsTwo], scene.Now);
        s.LooksNeeded = Math.Max(2, s.LooksNeeded);
        return await db.DecideAsync(scene.Letter, s, scene.Who, verdict, reason, scene.Now, cancellation) switch
        {
            LookOutcome.WaitsForSecond => "first-look",
            LookOutcome.WaitsForOwner => "second-look",
            _ => null,
        };
    }

    /// <summary>What stands is removed from the page; what waits, or was let in and is not on the page, is declined.</summary>
    public Task<GridOutcome> RemoveAsync(Letter letter, (long Id, StaffRole Role) who, IReadOnlyCollection<long> ids, string reason, CancellationToken cancellation) =>
        RunAsync(letter, who, all => all.Any(s => s.State == SignatureState.Listed) ? "remove" : "decline", reason, ids,
            (scene, s) => Task.FromResult(s.State is SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed
                ? MayLook(scene, s, LookVerdict.Decline) : $"It is {StaffWords.State(s.State)}."),
            async (scene, s) =>
            {
                if (scene.NeedsTwo(s))
                    return await LookAsync(scene, s, LookVerdict.Decline, reason, cancellation);
                await db.LeaveAsync(s, s.State == SignatureState.Listed ? SignatureState.Removed : SignatureState.Declined, reason, scene.Now, cancellation);
                Decide(scene, s);
                return null;
            }, cancellation);

    public Task<GridOutcome> SetAsideAsync(Letter letter, (long Id, StaffRole Role) who, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        RunAsync(letter, who, _ => "set-aside", null, ids, (scene, s) => Task.FromResult(MaySetAside(scene, s)), async (scene, s) =>
        {
            if (s.State == SignatureState.Admitted)
                await db.LeaveAsync(s, SignatureState.InReview, null, scene.Now, cancellation);
            SignatureMoves.SetAside(s, [Oddity.Ticked], scene.Now);
            s.DecisionReason = null;
            Decide(scene, s);
            return null;
        }, cancellation);

    private static string? MaySetAside(Scene scene, Signature s) => s.State switch
    {
        _ when scene.Lent.Contains(s.Id) => IsLent,
        SignatureState.Confirmed or SignatureState.Admitted => null,
        SignatureState.Declined when scene.Letter.State != LetterState.Closed => null,
        SignatureState.Listed => "It is on the page: remove it with a reason.",
        _ => $"It is {StaffWords.State(s.State)}.",
    };

    public Task<GridOutcome> ReinstateAsync(Letter letter, (long Id, StaffRole Role) who, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        RunAsync(letter, who, _ => "reinstate", null, ids, async (_, s) =>
            s.State != SignatureState.Removed ? $"It is {StaffWords.State(s.State)}."
            : await HasSignedAgainAsync(s, cancellation) ? "The same address has signed again since."
            : null,
            (scene, s) =>
            {
                db.Admit(s, scene.Now);
                s.DecisionReason = null;
                Decide(scene, s);
                return Nothing;
            }, cancellation);

    private async Task<bool> HasSignedAgainAsync(Signature s, CancellationToken cancellation) =>
        s.AddressTag is not null && await db.Signatures.AnyAsync(o => o.LetterId == s.LetterId && o.Id != s.Id && o.AddressTag == s.AddressTag
            && (o.State == SignatureState.Confirmed || o.State == SignatureState.InReview || o.State == SignatureState.Admitted || o.State == SignatureState.Listed), cancellation);

    /// <param name="how">How the person is known; stays on the desk.</param>
    public Task<GridOutcome> MarkKnownAsync(Letter letter, (long Id, StaffRole Role) who, IReadOnlyCollection<long> ids, string how, CancellationToken cancellation) =>
        RunAsync(letter, who, _ => "mark-known", null, ids, (scene, s) => Task.FromResult(MayBeKnown(scene, s)), async (scene, s) =>
        {
            var known = Evidence.Of(EvidenceKind.Known, s, scene.Now, how);
            known.AccountId = scene.AccountId;
            db.Evidence.Add(known);
            await db.EvidenceChangedAsync(scene.Letter, s, scene.Now, cancellation);
            return null;
        }, cancellation);

    private static string? MayBeKnown(Scene scene, Signature s) => s.State switch
    {
        not (SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed) => $"It is {StaffWords.State(s.State)}.",
        _ when s.Level == SignatureLevel.Known => "It is known already.",
        _ when PastedIn.IsOwnPaste(s, scene.AccountId, scene.IsAlone) => "You pasted it in yourself: somebody else says that it is known.",
        _ => null,
    };

    public Task<GridOutcome> NoteAsync(Letter letter, (long Id, StaffRole Role) who, IReadOnlyCollection<long> ids, string note, CancellationToken cancellation) =>
        RunAsync(letter, who, _ => "note", null, ids,
            (_, s) => Task.FromResult(GridCells.Closed(s, GridColumn.Note)),
            (_, s) =>
            {
                s.Note = note.Length == 0 ? null : note;
                return Nothing;
            }, cancellation);

    private static void Decide(Scene scene, Signature s) => (s.DecidedBy, s.DecidedAt) = (scene.AccountId, scene.Now);

    private static readonly Task<string?> Nothing = Task.FromResult<string?>(null);

    /// <summary>
    /// One transaction for all. Where somebody moved one of them meanwhile everything is read anew and asked again. What <paramref name="act"/>
    /// returns is the verb of the record for that line, where it is not that of all.
    /// </summary>
    private async Task<GridOutcome> RunAsync(
        Letter letter, (long Id, StaffRole Role) who, Func<IReadOnlyList<Signature>, string> what, string? detail, IReadOnlyCollection<long> ids,
        Func<Scene, Signature, Task<string?>> refusal, Func<Scene, Signature, Task<string?>> act, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await RunOnceAsync(letter.Id, who, what, detail, ids, refusal, act, cancellation);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
            }
        }
    }

    private async Task<GridOutcome> RunOnceAsync(
        long letterId, (long Id, StaffRole Role) who, Func<IReadOnlyList<Signature>, string> what, string? detail, IReadOnlyCollection<long> ids,
        Func<Scene, Signature, Task<string?>> refusal, Func<Scene, Signature, Task<string?>> act, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        await db.LockAsync(letter, cancellation);
        var scene = await SceneAsync(letter, who, ids, cancellation);
        var picked = await db.Signatures.Where(s => s.LetterId == letterId && ids.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync(cancellation);
        var (done, left) = (new List<Signature>(), new List<Left>());
        foreach (var signature in picked)
            if (await refusal(scene, signature) is { } why)
                left.Add(new Left(signature.Id, why));
            else
                done.Add(signature);
        var verb = what(done);
        if (done.Count == 0)
            return new GridOutcome(null, verb, [], left);
        var looks = 0;
        var bulk = db.BeginBulk(letter, who.Id, verb, scene.Now);
        foreach (var signature in done)
        {
            bulk.About(signature);
            if (await act(scene, signature) is { } other)
            {
                bulk.As(signature, other);
                looks++;
            }
        }
        var saved = await bulk.SaveAsync(detail, cancellation);
        await transaction.CommitAsync(cancellation);
        return new GridOutcome(saved.Id, verb, [.. done.Select(s => s.Id)], left) { Looks = looks };
    }

    private async Task<Scene> SceneAsync(Letter letter, (long Id, StaffRole Role) who, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var lent = await db.Signatures.Where(s => s.LetterId == letter.Id && s.State == SignatureState.Confirmed && ids.Contains(s.Id)
            && db.GlanceBatches.Any(b => b.Id == s.GlanceBatchId && b.AccountId != who.Id && b.DecidedAt == null && b.LentUntil > now)).Select(s => s.Id).ToListAsync(cancellation);
        var looks = await db.Looks.AsNoTracking().Where(l => l.LetterId == letter.Id && ids.Contains(l.SignatureId)).OrderBy(l => l.Id).ToListAsync(cancellation);
        return new Scene(letter, who, await db.IsAloneAsync(letter.Id, who.Id, cancellation), now, lent.ToHashSet(), looks.ToLookup(l => l.SignatureId));
    }
}
