using System.Data;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>
/// Writes the logs of letters, batch by batch: entries, tiles, tree state, lines, states and mails in one transaction; after its commit
/// the checkpoint is signed and published. A crash at any instruction leaves a log that the next start opens and continues.
/// </summary>
internal sealed class Sequencer(
    IDbContextFactory<UndersignedDb> databases, Instance instance, InstanceKeys keys, SignedHeads heads, PublishedLetters published,
    LogTroubles troubles, WorkSignal work, Chance chance, TimeProvider time, ILogger<Sequencer> log)
{
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Longer than any process shows an older size: PublishedLettersRefresh looks every second.
    private static readonly TimeSpan UntilDestroyed = TimeSpan.FromSeconds(3);

    private readonly Dictionary<long, LogState> states = [];

    /// <summary>Forgets what is in memory, as after another process may have written.</summary>
    public void Forget() => states.Clear();

    /// <summary>Opens every log there is, so that a crash's missing checkpoint is signed and trouble is known before anybody asks.</summary>
    public async Task OpenAllAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var letterId in await db.Logs.Select(l => l.LetterId).ToListAsync(cancellation))
            await StateAsync(letterId, cancellation);
    }

    /// <summary>One look at everything that waits.</summary>
    /// <param name="databaseTime">The clock of the database's machine, where it is another one.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>When to look again at the latest, if something waits for its time.</returns>
    public async Task<TimeSpan?> RoundAsync(DateTimeOffset? databaseTime, CancellationToken cancellation)
    {
        TimeSpan? again = null;
        foreach (var letterId in await LettersWithWorkAsync(cancellation))
        {
            var wait = await TurnAsync(letterId, databaseTime, cancellation);
            again = wait < (again ?? TimeSpan.MaxValue) ? wait : again;
        }
        foreach (var state in states.Values.Where(s => s.DestroyFrom <= time.GetUtcNow()))
            await DestroyErasedAsync(state, cancellation);
        return again;
    }

    private async Task<List<long>> LettersWithWorkAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var due = await db.Letters.Where(l => l.PublishAt <= now && (l.State == LetterState.Draft || l.State == LetterState.Private)
            || l.CloseAt <= now && l.State == LetterState.Published).ToListAsync(cancellation);
        foreach (var letter in due)
            await MoveOnAsync(db, letter, cancellation);
        return await db.Letters
            .Where(l => l.State == LetterState.Published || l.State == LetterState.Closing || l.State == LetterState.Closed)
            .Where(l => db.Logs.Any(g => g.LetterId == l.Id && g.PublishedSize < g.TreeSize) || db.Changes.Any(c => c.LetterId == l.Id
                && (!l.HoldPublishing || c.Kind == ChangeKind.Withdraw || c.Kind == ChangeKind.Remove || c.Kind == ChangeKind.Erase)))
            .Select(l => l.Id).ToListAsync(cancellation);
    }

    /// <summary>What a letter's owner has set a time for, if it still holds under the letter's lock: they may be changing it just now.</summary>
    private async Task MoveOnAsync(UndersignedDb db, Letter letter, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(letter, cancellation);
        var now = time.GetUtcNow();
        if (letter.CloseAt <= now)
            letter.CloseSigning();
        if (letter.PublishAt <= now && !letter.IsPublic)
        {
            var missing = LetterChecks.Missing(letter);
            if (missing.Count == 0)
                db.Publish(letter, now);
            else
            {
                // Never an unfinished letter, and not at a moment that nobody chose.
                letter.PublishAt = null;
                db.Acts.Add(new StaffAct { LetterId = letter.Id, AccountId = StaffAct.Console, At = now, What = "publish-at-missed", Detail = string.Join(", ", missing) });
            }
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>One letter's batches; one that fails must not hold up the others.</summary>
    private async Task<TimeSpan?> TurnAsync(long letterId, DateTimeOffset? databaseTime, CancellationToken cancellation)
    {
        try
        {
            if (await StateAsync(letterId, cancellation) is not { } state || IsClockWrong(state, databaseTime))
                return null;
            if (Early(state) is { } wait)
                return wait;
            if (!await WriteAsync(state, cancellation))
                return null;
            await PublishAsync(state, cancellation);
            work.Poke();
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever was committed is found again when the log is opened anew.
            states.Remove(letterId);
            log.LogWarning("Letter {Letter}: a batch was not written ({Error}); it is tried again", letterId, e.GetType().Name);
            return Second;
        }
    }

    private async Task<LogState?> StateAsync(long letterId, CancellationToken cancellation)
    {
        if (states.TryGetValue(letterId, out var known))
            return known;
        if (troubles.Of(letterId) is { Kind: LogTroubleKind.Refused })
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Logs.AsNoTracking().SingleOrDefaultAsync(l => l.LetterId == letterId, cancellation);
        var state = row is null ? await NewAsync(db, letterId, cancellation) : await OpenAsync(db, row, cancellation);
        if (state is null)
            return null;
        states[letterId] = state;
        if (state.PublishedSize < state.Size)
            await PublishAsync(state, cancellation);
        state.DestroyFrom = time.GetUtcNow();
        return state;
    }

    private async Task<LogState?> NewAsync(UndersignedDb db, long letterId, CancellationToken cancellation)
    {
        var slug = await db.Letters.Where(l => l.Id == letterId).Select(l => l.Slug).SingleAsync(cancellation);
        var origin = Origin.Of(instance.Authority, slug);
        if (heads.Last(origin.Text) is not { } head)
            return LogState.New(letterId, origin, LogKey.LetterKey(keys.Seed, origin.Text));
        Report(letterId, origin.Text, LogOpening.Lost(head), LogTroubleKind.Refused);
        return null;
    }

    private async Task<LogState?> OpenAsync(UndersignedDb db, LetterLog row, CancellationToken cancellation)
    {
        while (true)
        {
            var (state, refusal) = await LogOpening.OpenAsync(db, row, LogKey.LetterKey(keys.Seed, row.Origin), heads, cancellation);
            if (refusal is null)
                return state;
            var now = await db.Logs.AsNoTracking().SingleAsync(l => l.LetterId == row.LetterId, cancellation);
            if ((now.TreeSize, now.PublishedSize) == (row.TreeSize, row.PublishedSize))
            {
                Report(row.LetterId, row.Origin, refusal, LogTroubleKind.Refused);
                return null;
            }
            // Another server wrote while it was read, as when the writer's lock goes over: what did not fit was of two moments.
            row = now;
        }
    }

    private void Report(long letterId, string origin, Refusal refusal, LogTroubleKind kind)
    {
        if (troubles.Of(letterId)?.What == refusal.What)
            return;
        troubles.Report(new LogTrouble(letterId, origin, refusal.What, refusal.Remedy, kind, time.GetUtcNow()));
        log.LogError("{Origin} is not written: {What} {Remedy}", origin, refusal.What, refusal.Remedy);
    }

    private bool IsClockWrong(LogState state, DateTimeOffset? databaseTime)
    {
        var now = time.GetUtcNow();
        var last = state.Replay.LastTime;
        if (databaseTime is { } there && (now - there).Duration() > Jump)
            Report(state.LetterId, state.Origin.Text, new Refusal($"This machine's clock says {EntryTime.Format(now)}, the database's {EntryTime.Format(there)}.", "Set the clocks; writing then goes on by itself."), LogTroubleKind.Clock);
        else if (state.Size > 0 && last - now > Jump)
            Report(state.LetterId, state.Origin.Text, new Refusal($"The clock says {EntryTime.Format(now)}, but the last entry is of {EntryTime.Format(last)}.", "Set the clock; writing then goes on by itself."), LogTroubleKind.Clock);
        else
        {
            if (troubles.Of(state.LetterId) is { Kind: LogTroubleKind.Clock })
                troubles.Clear(state.LetterId);
            return false;
        }
        return true;
    }

    /// <summary>
    /// How long until a new batch can bear a time later than the last one's without lying ahead of the clock. A clock that was set
    /// back a little holds nobody up: then a batch a second goes on from the last entry's time.
    /// </summary>
    private TimeSpan? Early(LogState state)
    {
        var due = state.Replay.LastTime + Second - time.GetUtcNow();
        if (state.LastBatch is not { } last || due <= TimeSpan.Zero)
            return null;
        var pause = Second - time.GetElapsedTime(last);
        if (pause <= TimeSpan.Zero)
            return null;
        return due < pause ? due : pause;
    }

    private DateTimeOffset BatchTime(LogState state)
    {
        var now = new DateTimeOffset(time.GetUtcNow().UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        return state.Size > 0 && now <= state.Replay.LastTime ? state.Replay.LastTime + Second : now;
    }

    /// <summary>Writes one batch; false if nothing may go now.</summary>
    private async Task<bool> WriteAsync(LogState state, CancellationToken cancellation)
    {
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            // On SQLite this is the one writer's turn; on PostgreSQL a row that somebody changed meanwhile fails the whole batch.
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var letter = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == state.LetterId, cancellation);
            if (await BatchChanges.GatherAsync(db, letter, state, cancellation) is not { } changes)
                return false;
            var batch = new Batch(state, changes, db, chance, time.GetUtcNow(), BatchTime(state));
            if (batch.Encode() is { } refused)
            {
                Refuse(state, refused.Change, refused.Why);
                continue;
            }
            if (batch.Closes)
                await db.TellTheLeftOverAsync(letter.Id, time.GetUtcNow(), cancellation);
            state.LastBatch = time.GetTimestamp();
            await SaveAsync(db, state, batch, cancellation);
            await transaction.CommitAsync(cancellation);
            var wrote = batch.Entries.Count > 0;
            state.Advance(batch);
            if (batch.Erases)
                state.DestroyFrom = time.GetUtcNow() + UntilDestroyed;
            return wrote;
        }
    }

    private void Refuse(LogState state, Change change, string why)
    {
        state.Refused.Add(change.Id);
        Report(state.LetterId, state.Origin.Text, new Refusal(
            $"Change {change.Id} ({change.Kind}, signature {change.SignatureId}) cannot stand in the record: {why}.",
            "All others go on. Correct or decline this signature; the change is then looked at again after a restart."), LogTroubleKind.Change);
    }

    private static async Task SaveAsync(UndersignedDb db, LogState state, Batch batch, CancellationToken cancellation)
    {
        batch.Put();
        if (batch.Entries.Count > 0)
        {
            var row = await TreeRowAsync(db, state, cancellation);
            (row.TreeSize, row.Root, row.LastEntryAt, row.Counts) = (batch.Append.Edge.Size, batch.Append.Edge.Root.ToArray(), batch.Time, batch.Counts);
        }
        await db.SaveChangesAsync(cancellation);
    }

    // The tree's size is compared and swapped when the row is saved.
    private static async Task<LetterLog> TreeRowAsync(UndersignedDb db, LogState state, CancellationToken cancellation)
    {
        if (state.Size == 0)
            return db.Logs.Add(new LetterLog { LetterId = state.LetterId, Origin = state.Origin.Text, Root = [] }).Entity;
        var row = await db.Logs.SingleAsync(l => l.LetterId == state.LetterId, cancellation);
        return row.TreeSize == state.Size ? row : throw new DBConcurrencyException($"Size {state.Size} is {row.TreeSize} in the database.");
    }

    /// <summary>Signs the tree that was committed. The file comes first: whatever happens after it, no other tree of this size can be signed.</summary>
    private async Task PublishAsync(LogState state, CancellationToken cancellation)
    {
        var head = state.Head;
        heads.Keep(head);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Checkpoints.Add(new LogCheckpoint
        {
            LetterId = state.LetterId,
            Size = head.Size,
            Root = head.Root.ToArray(),
            EntryAt = state.Replay.LastTime,
            Note = state.Signer.Sign(head.Text),
            Revision = (int)state.Replay.Revision,
            Counts = state.Counts,
        });
        await db.SaveChangesAsync(cancellation);
        var moved = await db.Logs.Where(l => l.LetterId == state.LetterId && l.PublishedSize == state.PublishedSize)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.PublishedSize, head.Size), cancellation);
        if (moved == 0)
            throw new DBConcurrencyException($"Published size {state.PublishedSize} was moved by another writer.");
        await transaction.CommitAsync(cancellation);
        state.PublishedSize = head.Size;
        await published.RefreshAsync(cancellation);
    }

    /// <summary>Destroys the openings of erased entries once no answer can still name a size at which they were shown.</summary>
    private async Task DestroyErasedAsync(LogState state, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var lines = db.Lines
            .Where(l => l.LetterId == state.LetterId && l.EndIndex < state.PublishedSize)
            .Where(l => db.Signatures.Any(s => s.Id == l.SignatureId && s.State == SignatureState.Erased))
            .Where(l => !db.Changes.Any(c => c.SignatureId == l.SignatureId && c.Kind == ChangeKind.Erase));
        await db.LinePosts.Where(p => lines.Any(l => l.LetterId == p.LetterId && l.LeafIndex == p.LeafIndex)).ExecuteDeleteAsync(cancellation);
        await lines.ExecuteDeleteAsync(cancellation);
        state.DestroyFrom = null;
    }
}
