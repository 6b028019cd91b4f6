using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>Why one signature was left as it was; of one cell where a column is named.</summary>
public sealed record Left(long Id, string Why, GridColumn? Column = null);

/// <summary>What came of an act: its number for the undo, null where it changed nothing.</summary>
public sealed record GridOutcome(long? ActId, string What, IReadOnlyList<long> Done, IReadOnlyList<Left> Left);

/// <summary>
/// Acts on the signatures of a letter that were picked in the grid. Each is one act that can be undone; whatever cannot take part is left as it
/// is and says why. Two members of staff act one after the other (the letter's lock), so that the second sees what the first did.
/// </summary>
public sealed class GridActs(UndersignedDb db, TimeProvider time)
{
    public const int LongestHow = 300;
    public const int Most = 20_000;
    private const int Attempts = 8;

    private sealed record Scene(Letter Letter, long AccountId, bool IsAlone, DateTimeOffset Now);

    public Task<GridOutcome> AdmitAsync(Letter letter, long accountId, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        RunAsync(letter, accountId, _ => "admit", null, ids, (scene, s) => Task.FromResult(MayAdmit(scene, s)), (scene, s) =>
        {
            db.Admit(s, scene.Now);
            Decide(scene, s);
            return Task.CompletedTask;
        }, cancellation);

    private static string? MayAdmit(Scene scene, Signature s) => s.State switch
    {
        not (SignatureState.Confirmed or SignatureState.InReview) => $"It is {StaffWords.State(s.State)}.",
        _ when scene.Letter.State == LetterState.Closed => "The letter is closed and takes no new names.",
        _ when IsOwnPaste(scene, s) => "You pasted it in yourself: somebody else lets it in.",
        _ when s.LooksNeeded > 1 || scene.Letter.Admission.LooksFor(s.Level) > 1 => "It needs two people. Decide it in Review.",
        _ => null,
    };

    private static bool IsOwnPaste(Scene scene, Signature s) => s.ImportedBy == scene.AccountId && !scene.IsAlone;

    /// <summary>What stands is removed from the page; what waits, or was let in and is not on the page, is declined.</summary>
    public Task<GridOutcome> RemoveAsync(Letter letter, long accountId, IReadOnlyCollection<long> ids, string reason, CancellationToken cancellation) =>
        RunAsync(letter, accountId, all => all.Any(s => s.State == SignatureState.Listed) ? "remove" : "decline", reason, ids,
            (_, s) => Task.FromResult(s.State is SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed
                ? null : $"It is {StaffWords.State(s.State)}."),
            async (scene, s) =>
            {
                await db.LeaveAsync(s, s.State == SignatureState.Listed ? SignatureState.Removed : SignatureState.Declined, reason, scene.Now, cancellation);
                Decide(scene, s);
            }, cancellation);

    public Task<GridOutcome> SetAsideAsync(Letter letter, long accountId, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        RunAsync(letter, accountId, _ => "set-aside", null, ids, (scene, s) => Task.FromResult(MaySetAside(scene, s)), async (scene, s) =>
        {
            if (s.State == SignatureState.Admitted)
                await db.LeaveAsync(s, SignatureState.InReview, null, scene.Now, cancellation);
            SignatureMoves.SetAside(s, [Oddity.Ticked], scene.Now);
            s.DecisionReason = null;
            Decide(scene, s);
        }, cancellation);

    private static string? MaySetAside(Scene scene, Signature s) => s.State switch
    {
        SignatureState.Confirmed or SignatureState.Admitted => null,
        SignatureState.Declined when scene.Letter.State != LetterState.Closed => null,
        SignatureState.Listed => "It is on the page: remove it with a reason.",
        _ => $"It is {StaffWords.State(s.State)}.",
    };

    public Task<GridOutcome> ReinstateAsync(Letter letter, long accountId, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        RunAsync(letter, accountId, _ => "reinstate", null, ids, async (_, s) =>
            s.State != SignatureState.Removed ? $"It is {StaffWords.State(s.State)}."
            : await HasSignedAgainAsync(s, cancellation) ? "The same address has signed again since."
            : null,
            (scene, s) =>
            {
                db.Admit(s, scene.Now);
                s.DecisionReason = null;
                Decide(scene, s);
                return Task.CompletedTask;
            }, cancellation);

    private async Task<bool> HasSignedAgainAsync(Signature s, CancellationToken cancellation) =>
        s.AddressTag is not null && await db.Signatures.AnyAsync(o => o.LetterId == s.LetterId && o.Id != s.Id && o.AddressTag == s.AddressTag
            && (o.State == SignatureState.Confirmed || o.State == SignatureState.InReview || o.State == SignatureState.Admitted || o.State == SignatureState.Listed), cancellation);

    /// <param name="how">How the person is known; stays on the desk.</param>
    public Task<GridOutcome> MarkKnownAsync(Letter letter, long accountId, IReadOnlyCollection<long> ids, string how, CancellationToken cancellation) =>
        RunAsync(letter, accountId, _ => "mark-known", null, ids, (scene, s) => Task.FromResult(MayBeKnown(scene, s)), async (scene, s) =>
        {
            var known = Evidence.Of(EvidenceKind.Known, s, scene.Now, how);
            known.AccountId = scene.AccountId;
            db.Evidence.Add(known);
            await db.EvidenceChangedAsync(scene.Letter, s, scene.Now, cancellation);
        }, cancellation);

    private static string? MayBeKnown(Scene scene, Signature s) => s.State switch
    {
        not (SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed) => $"It is {StaffWords.State(s.State)}.",
        _ when s.Level == SignatureLevel.Known => "It is known already.",
        _ when IsOwnPaste(scene, s) => "You pasted it in yourself: somebody else says that it is known.",
        _ => null,
    };

    public Task<GridOutcome> NoteAsync(Letter letter, long accountId, IReadOnlyCollection<long> ids, string note, CancellationToken cancellation) =>
        RunAsync(letter, accountId, _ => "note", null, ids,
            (_, s) => Task.FromResult(GridCells.Closed(s, GridColumn.Note)),
            (_, s) =>
            {
                s.Note = note.Length == 0 ? null : note;
                return Task.CompletedTask;
            }, cancellation);

    private static void Decide(Scene scene, Signature s) => (s.DecidedBy, s.DecidedAt) = (scene.AccountId, scene.Now);

    /// <summary>One transaction for all. Where somebody moved one of them meanwhile everything is read anew and asked again.</summary>
    private async Task<GridOutcome> RunAsync(
        Letter letter, long accountId, Func<IReadOnlyList<Signature>, string> what, string? detail, IReadOnlyCollection<long> ids,
        Func<Scene, Signature, Task<string?>> refusal, Func<Scene, Signature, Task> act, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await RunOnceAsync(letter.Id, accountId, what, detail, ids, refusal, act, cancellation);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
            }
        }
    }

    private async Task<GridOutcome> RunOnceAsync(
        long letterId, long accountId, Func<IReadOnlyList<Signature>, string> what, string? detail, IReadOnlyCollection<long> ids,
        Func<Scene, Signature, Task<string?>> refusal, Func<Scene, Signature, Task> act, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        await db.LockAsync(letter, cancellation);
        var scene = new Scene(letter, accountId, await db.IsAloneAsync(letterId, accountId, cancellation), time.GetUtcNow());
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
        var bulk = db.BeginBulk(letter, accountId, verb, scene.Now);
        foreach (var signature in done)
        {
            bulk.About(signature);
            await act(scene, signature);
        }
        var saved = await bulk.SaveAsync(detail, cancellation);
        await transaction.CommitAsync(cancellation);
        return new GridOutcome(saved.Id, verb, [.. done.Select(s => s.Id)], left);
    }
}
