using System.Text;
using Undersigned.Data;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>Salts and the order within a batch.</summary>
internal sealed record Chance(Func<byte[]> Salt, Func<int, int> Below)
{
    public static readonly Chance System = new(
        () => global::System.Security.Cryptography.RandomNumberGenerator.GetBytes(Commitment.SaltBytes),
        global::System.Security.Cryptography.RandomNumberGenerator.GetInt32);
}

/// <summary>
/// Turns the waiting changes of one letter into the entries of one batch, and into the rows of the list that go with them.
/// It changes only the tracked objects of its database context; saving them, in one transaction, is what makes it happen.
/// </summary>
internal sealed class Batch(LogState state, BatchChanges changes, UndersignedDb db, Chance chance, DateTimeOffset now, DateTimeOffset time)
{
    private readonly List<Entry> entries = [];
    private readonly List<Act> acts = [];
    private readonly List<ReadOnlyMemory<byte>> bytes = [];
    private ListCounts counts = state.Counts;

    public IReadOnlyList<Entry> Entries => entries;
    public TreeAppend Append { get; private set; } = null!;
    public ListCounts Counts => counts;
    public DateTimeOffset Time => time;
    public bool Closes => acts.Any(a => a.Type == EntryType.Close);
    public bool Erases => acts.Any(a => a.Type == EntryType.Erase);

    private long NextIndex => state.Size + entries.Count;

    /// <summary>Encodes the batch; the change that no rule allows, if there is one, and then this batch must not be saved.</summary>
    public (Change Change, string Why)? Encode()
    {
        foreach (var act in BatchOrder.Arrange(changes.Acts(state.Replay, time), a => a.Type, a => a.Change.SignatureId, chance.Below))
        {
            acts.Add(act);
            if (Write(act) is { } why)
                return (act.Change, why);
        }
        if (state.Replay.CheckBatch(entries) is { } broken)
            return (acts[(int)(broken.Entry - state.Size)].Change, $"expected {broken.Expected}, found {broken.Found}");
        Append = state.Edge.Append(bytes);
        return null;
    }

    private string? Write(Act act) => act.Type switch
    {
        EntryType.Open => Add(Members(act, letter: state.Origin.Slug, revision: 1, text: new Hash(changes.RevisionOf(act).TextHash), rules: new Hash(changes.RevisionOf(act).RulesHash))),
        EntryType.Sign => Sign(act),
        EntryType.Amend => Amend(act),
        EntryType.Withdraw or EntryType.Remove => End(act),
        EntryType.Reinstate => Reinstate(act),
        EntryType.Erase => Add(Members(act, index: act.Erases)),
        EntryType.Revise => Add(Members(act, revision: act.Change.Revision, text: new Hash(changes.RevisionOf(act).TextHash), rules: new Hash(changes.RevisionOf(act).RulesHash))),
        EntryType.Post => Post(act),
        EntryType.Draw => Draw(act),
        _ => Add(Members(act)),
    };

    private string? Post(Act act)
    {
        var post = changes.PostOf(act);
        post.LeafIndex = NextIndex;
        return Add(Members(act, text: new Hash(post.TextHash), kind: KindOf(post.Kind)));
    }

    /// <summary>From the tree as it was before this batch, whose checkpoint is public.</summary>
    private string? Draw(Act act)
    {
        var post = changes.PostOf(act);
        post.LeafIndex = NextIndex;
        return Add(Members(act, text: new Hash(post.TextHash), size: state.Size, root: state.Edge.Root, count: PostWords.Parse(post.Text).Count));
    }

    // The log has no kind of its own for an event: it is an update that tells of a day.
    private static Log.Letters.PostKind KindOf(Model.PostKind kind) =>
        kind == Model.PostKind.Event ? Log.Letters.PostKind.Update : Enum.Parse<Log.Letters.PostKind>(kind.ToString());

    private string? Sign(Act act)
    {
        var signature = act.Signature!;
        var number = counts.Signed + 1;
        var (line, commitment, why) = Show(signature, number, time);
        if (why is not null)
            return why;
        counts = counts.With(signature.Level, +1) with { Signed = number, Standing = counts.Standing + 1 };
        Add(Members(act, signatory: number, revision: signature.Revision, record: commitment, level: LevelOf(signature)));
        changes.Stands(line!);
        signature.Number = number;
        signature.ListedAt = now;
        ToList(signature);
        db.Queue(signature, signature.Source == SignatureSource.Import ? MailKind.Imported : MailKind.Listed, now);
        return null;
    }

    private string? Amend(Act act)
    {
        var before = changes.Standing(act);
        if (before is null)
            return "a signatory who stands";
        var (line, commitment, why) = Show(act.Signature!, before.Number, before.Since);
        if (why is not null)
            return why;
        counts = counts.With(before.Level, -1).With(line!.Level, +1);
        if (!changes.WasAmended(act))
            counts = counts with { Amended = counts.Amended + 1 };
        (before.EndIndex, before.Superseded) = (NextIndex, true);
        changes.Stands(line);
        return Add(Members(act, signatory: before.Number, record: commitment, level: LevelOf(act.Signature!)));
    }

    private string? End(Act act)
    {
        var line = changes.Standing(act);
        if (line is null)
            return "a signatory who stands";
        line.EndIndex = NextIndex;
        counts = counts.With(line.Level, -1) with { Standing = counts.Standing - 1 };
        counts = act.Type == EntryType.Withdraw ? counts with { Withdrawn = counts.Withdrawn + 1 } : counts with { Removed = counts.Removed + 1 };
        return Add(Members(act, signatory: line.Number));
    }

    private string? Reinstate(Act act)
    {
        var signature = act.Signature!;
        var last = changes.Last(act);
        if (last is null)
            return "a signatory whose line was not erased";
        // The line shows again from this entry on; what was shown at earlier sizes stays as it was.
        changes.Stands(NewLine(signature, last.Number, last.RecordIndex, last.Salt, last.Record, last.Level, last.Since));
        counts = counts.With(last.Level, +1) with { Standing = counts.Standing + 1, Removed = counts.Removed - 1 };
        ToList(signature);
        // The entry brings back the line as it was; words and evidence that are other by now show with the next batch.
        if (signature.Level != last.Level || RecordOf(signature) != last.Record)
            db.Amend(signature, "update", now);
        return Add(Members(act, signatory: last.Number));
    }

    private void ToList(Signature signature) => (signature.State, signature.StateAt) = (SignatureState.Listed, now);

    private (Line? Line, Hash Commitment, string? Why) Show(Signature signature, int number, DateTimeOffset since)
    {
        var salt = chance.Salt();
        var record = RecordOf(signature);
        var text = Encoding.UTF8.GetBytes(record);
        try
        {
            Record.Parse(text, withheld: false);
            RecordsPage.Line(new Opening(NextIndex, salt, record));
        }
        catch (LogFormatException e)
        {
            return (null, default, e.Message);
        }
        var line = NewLine(signature, number, NextIndex, salt, record, signature.Level, since);
        return (line, Commitment.OfRecord(state.Origin.Text, number, salt, text), null);
    }

    private static string RecordOf(Signature signature) => ShownLine.Of(signature.Name, signature.Posts, signature.Location).ToRecord();

    private Line NewLine(Signature signature, int number, long recordIndex, byte[] salt, string record, SignatureLevel level, DateTimeOffset since)
    {
        var shown = ShownLine.FromRecord(record);
        var name = shown.Name;
        db.LinePosts.AddRange(ListedPosts.Of(shown, state.LetterId, NextIndex));
        return new Line
        {
            LetterId = state.LetterId,
            LeafIndex = NextIndex,
            RecordIndex = recordIndex,
            SignatureId = signature.Id,
            Number = number,
            Level = level,
            Salt = salt,
            Record = record,
            Since = since,
            Name = name,
            SortName = NameFolding.SortKey(name),
            FoldedName = NameFolding.Fold(name),
            Location = shown.Location,
            FoldedLocation = shown.Location is { } place ? NameFolding.Fold(place) : null,
        };
    }

    private Entry Members(
        Act act, string? letter = null, long? signatory = null, long? revision = null, Hash? text = null, Hash? rules = null,
        Hash? record = null, Level? level = null, long? index = null, Log.Letters.PostKind? kind = null,
        long? size = null, Hash? root = null, long? count = null) => new()
        {
            Type = act.Type,
            Time = time,
            Standing = counts.Standing,
            Withheld = counts.Withheld,
            Letter = letter,
            Signatory = signatory,
            Revision = revision,
            Text = text,
            Rules = rules,
            Record = record,
            Level = level,
            Index = index,
            Kind = kind,
            Size = size,
            Root = root,
            Count = count,
            What = index is null ? null : Erased.Record,
            Reason = act.Change.Reason is { } reason ? Codes.ParseReason(reason) ?? Reason.Other : null,
        };

    private string? Add(Entry entry)
    {
        entries.Add(entry);
        bytes.Add(entry.Encode());
        return null;
    }

    /// <summary>The rows of the log and of the list; the caller saves.</summary>
    public void Put()
    {
        for (var i = 0; i < bytes.Count; i++)
            db.Entries.Add(new Model.LogEntry { LetterId = state.LetterId, LeafIndex = state.Size + i, Bytes = bytes[i].ToArray() });
        foreach (var (tile, hashes) in Append.Tiles)
        {
            var row = new LogTile { LetterId = state.LetterId, Level = tile.Level, TileIndex = tile.Index, Hashes = hashes };
            // It is there already if the tree had a hash in it before.
            if (state.Size >> (Tile.Height * tile.Level) > tile.Index * Tile.FullWidth)
                db.Tiles.Update(row);
            else
                db.Tiles.Add(row);
        }
        changes.Done();
    }

    private static Level LevelOf(Signature signature) => Enum.Parse<Level>(signature.Level.ToString());
}

/// <summary>What becomes one entry.</summary>
/// <param name="Change">The change that asks for it.</param>
/// <param name="Type">What it will be.</param>
/// <param name="Signature">Whom it is about.</param>
/// <param name="Erases">Of an `erase`, the entry whose opening is destroyed.</param>
internal sealed record Act(Change Change, EntryType Type, Signature? Signature, long? Erases = null);
