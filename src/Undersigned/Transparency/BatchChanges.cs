using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>The changes that go into one batch, with the signatures and lines they are about, as they stand in this transaction.</summary>
internal sealed class BatchChanges
{
    /// <summary>The most changes of one batch; only a letter's publication, which is one batch, may hold more.</summary>
    public const int Most = 2000;

    private readonly UndersignedDb db;
    private readonly IReadOnlyList<Change> changes;
    private readonly Dictionary<long, Signature> signatures;
    private readonly Dictionary<long, List<Line>> lines;

    private readonly List<Revision> revisions;
    private readonly List<LetterPost> posts;

    private BatchChanges(
        UndersignedDb db, IReadOnlyList<Change> changes, Dictionary<long, Signature> signatures, Dictionary<long, List<Line>> lines, List<Revision> revisions, List<LetterPost> posts)
    {
        this.db = db;
        this.changes = changes;
        this.signatures = signatures;
        this.lines = lines;
        this.revisions = revisions;
        this.posts = posts;
    }

    /// <summary>Of the letter's words and rules that an `open` or a `revise` publishes.</summary>
    public Revision RevisionOf(Act act) => revisions.Single(r => r.Number == (act.Change.Revision ?? 1));

    public LetterPost PostOf(Act act) => posts.Single(p => p.Id == act.Change.PostId);

    /// <summary>Null where nothing may go now.</summary>
    public static async Task<BatchChanges?> GatherAsync(UndersignedDb db, Letter letter, LogState state, CancellationToken cancellation)
    {
        var taken = await WaitingAsync(db, letter, state, cancellation);
        if (taken.Count == 0 || state.Size == 0 && taken.All(c => c.Kind != ChangeKind.Open))
            return null;
        var (first, last) = (taken[0].Id, taken[^1].Id);
        var about = db.Changes.Where(c => c.LetterId == letter.Id && c.Id >= first && c.Id <= last);
        var signatures = await db.Signatures.Where(s => about.Any(c => c.SignatureId == s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        var listed = about.Where(c => c.Kind != ChangeKind.Sign);
        var lines = await db.Lines.Where(l => l.LetterId == letter.Id && listed.Any(c => c.SignatureId == l.SignatureId)).OrderBy(l => l.LeafIndex).ToListAsync(cancellation);
        var revisions = state.Size > 0 && taken.All(c => c.Kind != ChangeKind.Revise) ? []
            : await db.Revisions.AsNoTracking().Where(r => r.LetterId == letter.Id).ToListAsync(cancellation);
        var posts = taken.All(c => c.PostId is null) ? [] : await db.Posts.Where(p => about.Any(c => c.PostId == p.Id)).ToListAsync(cancellation);
        return new BatchChanges(db, taken, signatures, lines.GroupBy(l => l.SignatureId).ToDictionary(g => g.Key, g => g.ToList()), revisions, posts);
    }

    private static async Task<List<Change>> WaitingAsync(UndersignedDb db, Letter letter, LogState state, CancellationToken cancellation)
    {
        var refused = state.Refused.ToArray();
        var waiting = db.Changes.Where(c => c.LetterId == letter.Id && !refused.Contains(c.Id));
        if (letter.HoldPublishing)
            waiting = waiting.Where(c => c.Kind == ChangeKind.Withdraw || c.Kind == ChangeKind.Remove || c.Kind == ChangeKind.Erase);
        if (state.IsClosed)
            waiting = waiting.Where(c => c.Kind != ChangeKind.Sign);
        waiting = waiting.OrderBy(c => c.Id);
        var found = await (state.Size == 0 ? waiting : waiting.Take(Most)).ToListAsync(cancellation);
        return [.. OneBatch(found)];
    }

    // A `close` ends its batch and a `reopen` stands alone, so that no batch has both.
    private static IEnumerable<Change> OneBatch(IEnumerable<Change> waiting)
    {
        var any = false;
        foreach (var change in waiting)
        {
            if (change.Kind == ChangeKind.Reopen && any)
                yield break;
            yield return change;
            any = true;
            if (change.Kind is ChangeKind.Close or ChangeKind.Reopen)
                yield break;
        }
    }

    /// <summary>What is to become an entry. A change that time has overtaken, such as the second of two publications, becomes none.</summary>
    public List<Act> Acts(Replay replay, DateTimeOffset time)
    {
        var acts = new List<Act>();
        foreach (var change in changes)
        {
            var signature = change.SignatureId is { } id ? signatures[id] : null;
            if (change.Kind == ChangeKind.Erase)
                acts.AddRange(Records(signature!).Where(i => !replay.IsRecordErased(i)).Select(i => new Act(change, EntryType.Erase, signature, i)));
            else if (IsDue(change, signature, replay, time, acts))
                acts.Add(new Act(change, TypeOf(change.Kind), signature));
        }
        return acts;
    }

    private bool IsDue(Change change, Signature? signature, Replay replay, DateTimeOffset time, List<Act> acts) => change.Kind switch
    {
        ChangeKind.Open => replay.Size == 0 && acts.All(a => a.Type != EntryType.Open),
        ChangeKind.Close => replay.ClosedAt is null,
        ChangeKind.Reopen => replay.ClosedAt is not null,
        ChangeKind.Sign => signature!.State == SignatureState.Admitted && signature.Number is null,
        ChangeKind.Reinstate => signature!.State == SignatureState.Admitted,
        ChangeKind.Amend => signature!.State == SignatureState.Listed,
        // Announced once its value is known, or of more than stand, it would prove nothing; the auditor is told, and announces another.
        ChangeKind.Draw => posts.Single(p => p.Id == change.PostId) is var draw && PostWords.Parse(draw.Text) is var words && words.KnownAt > time && words.Count <= replay.Standing,
        _ => true,
    };

    private IEnumerable<long> Records(Signature signature) =>
        lines.TryGetValue(signature.Id, out var theirs) ? theirs.Select(l => l.RecordIndex).Distinct() : [];

    /// <summary>The line that stands of the signature an act is about.</summary>
    public Line? Standing(Act act) => Last(act) is { EndIndex: null } line ? line : null;

    /// <summary>The line that stands or stood last.</summary>
    public Line? Last(Act act) => lines.TryGetValue(act.Signature!.Id, out var theirs) ? theirs[^1] : null;

    /// <summary>A new line of the list.</summary>
    public void Stands(Line line)
    {
        db.Lines.Add(line);
        if (!lines.TryGetValue(line.SignatureId, out var theirs))
            lines.Add(line.SignatureId, theirs = []);
        theirs.Add(line);
    }

    public bool WasAmended(Act act) => lines[act.Signature!.Id].Any(l => l.Superseded);

    /// <summary>Takes the changes out of the line, in the transaction that writes their entries.</summary>
    public void Done() => db.Changes.RemoveRange(changes);

    private static EntryType TypeOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Open => EntryType.Open,
        ChangeKind.Sign => EntryType.Sign,
        ChangeKind.Amend => EntryType.Amend,
        ChangeKind.Withdraw => EntryType.Withdraw,
        ChangeKind.Remove => EntryType.Remove,
        ChangeKind.Reinstate => EntryType.Reinstate,
        ChangeKind.Erase => EntryType.Erase,
        ChangeKind.Revise => EntryType.Revise,
        ChangeKind.Post => EntryType.Post,
        ChangeKind.Draw => EntryType.Draw,
        ChangeKind.Close => EntryType.Close,
        _ => EntryType.Reopen,
    };
}
