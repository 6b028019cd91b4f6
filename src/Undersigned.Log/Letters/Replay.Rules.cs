using System.Globalization;

namespace Undersigned.Log.Letters;

// The rules, in the order of the specification's tables.
public sealed partial class Replay
{
    /// <summary>What an entry changes of one signatory, and whether it is about a withheld one.</summary>
    private readonly record struct Effect(long Signatory, Change? Change, bool AboutWithheld);

    private RuleException Broken(string expected, string found) => Broken(now.Size, expected, found);

    private RuleException Broken(string expected, long found) => Broken(expected, found.ToString(CultureInfo.InvariantCulture));

    /// <summary>The position after the entry's time has been looked at: in the batch before, or at the beginning of a new one.</summary>
    private Position Enter(Entry entry)
    {
        var next = now;
        if (now.Size >= MaxSize) throw Broken("fewer than 2^24 entries", now.Size + 1);
        if (now.Retired) throw Broken("no entry after retire", entry.Type.Code());
        if (now.Size == 0 != (entry.Type == EntryType.Open)) throw Broken("open as the first entry and only there", entry.Type.Code());
        if (now.Size > 0 && entry.Time < now.Time) throw Broken($"a time not before {EntryTime.Format(now.Time)}", EntryTime.Format(entry.Time));
        if (now.Size > 0 && entry.Time > now.Time) EndBatch(ref next);
        next.Time = entry.Time;
        next.Size++;
        return next;
    }

    private void EndBatch(ref Position next)
    {
        RequireWholeBatch(now);
        if (now.BatchWithheld.Count > 0 && !now.BatchOpens && !now.BatchCloses) next.WithheldDay = Day(now.Time);
        next.BatchStart = now.Size;
        next.BatchOpens = next.BatchReopens = next.BatchCloses = next.BatchNeedsCompany = false;
        if (now.BatchWithheld.Count > 0) next.BatchWithheld = [];
    }

    private static long Day(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerDay;

    private static void RequireWholeBatch(in Position batch)
    {
        if (batch.BatchWithheld.Count == 0 || batch.BatchOpens || batch.BatchCloses) return;
        if (Day(batch.Time) == batch.WithheldDay)
            throw Broken(batch.Size - 1, "at most one batch of a day with entries about withheld signatories", "a second");
        if (batch.BatchNeedsCompany && batch.BatchWithheld.Count < batch.WithheldBatch)
            throw Broken(batch.Size - 1, $"entries about {batch.WithheldBatch} withheld signatories in the batch", $"{batch.BatchWithheld.Count}");
    }

    private Effect Judge(Entry entry, ref Position next)
    {
        if (now.Size > 0 && next.BatchCloses && entry.Type != EntryType.Retire) throw Broken("close and retire last in their batch", entry.Type.Code());
        var effect = entry.Type switch
        {
            EntryType.Open => JudgeOpen(entry, ref next),
            EntryType.Revise => JudgeRevise(entry),
            EntryType.Sign => JudgeSign(entry, ref next),
            EntryType.Amend => JudgeAmend(entry, ref next),
            EntryType.Withdraw => JudgeEnd(entry, SignatoryStatus.Withdrawn, ref next),
            EntryType.Remove => JudgeEnd(entry, SignatoryStatus.Removed, ref next),
            EntryType.Reinstate => JudgeReinstate(entry, ref next),
            EntryType.Erase => JudgeErase(entry),
            EntryType.Post => JudgeText(entry.Text!.Value),
            EntryType.Draw => JudgeDraw(entry, next),
            EntryType.Close => JudgeClose(ref next),
            EntryType.Reopen => JudgeReopen(ref next),
            _ => JudgeRetire(ref next),
        };
        if (entry.Standing != next.Standing) throw Broken($"standing {next.Standing}", entry.Standing);
        if (entry.Withheld != next.Withheld) throw Broken($"withheld {next.Withheld}", entry.Withheld);
        return effect;
    }

    private Effect JudgeOpen(Entry entry, ref Position next)
    {
        if (entry.Letter != origin.Slug) throw Broken("letter the slug of the origin", "another");
        if (entry.Revision != 1) throw Broken("revision 1", entry.Revision!.Value);
        next.OpenedAt = entry.Time;
        next.WithheldBatch = entry.WithheldBatch;
        next.BatchOpens = true;
        JudgeText(entry.Text!.Value);
        return JudgeText(entry.Rules!.Value);
    }

    private Effect JudgeRevise(Entry entry)
    {
        if (entry.Revision != Revision + 1) throw Broken($"revision {Revision + 1}", entry.Revision!.Value);
        var current = revisions[^1];
        if (entry.Text == current.Text && entry.Rules == current.Rules) throw Broken("another text or other rules", "the same");
        JudgeText(entry.Text!.Value);
        return JudgeText(entry.Rules!.Value);
    }

    private Effect JudgeText(Hash text)
    {
        if (texts.TryGetValue(text, out var known))
            return known.ErasedAt is null ? default : throw Broken("a text that was not erased", $"one erased by entry {known.ErasedAt}");
        return texts.Count < MaxTexts ? default : throw Broken("fewer than 10,000 texts", texts.Count + 1);
    }

    private Effect JudgeSign(Entry entry, ref Position next)
    {
        if (now.ClosedAt is not null) throw Broken("no sign while closed", "sign");
        if (entry.Signatory != Signatories + 1) throw Broken($"signatory {Signatories + 1}", entry.Signatory!.Value);
        if (entry.Revision is < 1 || entry.Revision > Revision) throw Broken($"a revision from 1 to {Revision}", entry.Revision!.Value);
        if (entry.IsWithheld && now.WithheldBatch is null) throw Broken("no name withheld in this log", "withheld");
        if (entry.IsWithheld && entry.Revision != 1 && entry.Revision != Revision) throw Broken($"revision 1 or {Revision} of a withheld sign", entry.Revision!.Value);
        RequireNew(entry.Record!.Value);
        if (entry.Identity is { } identity) RequireNew(identity);
        if (entry.Identity == entry.Record) throw Broken("commitments that differ", "the same twice");
        next.Standing++;
        if (entry.IsWithheld) next.Withheld++;
        next.BatchNeedsCompany |= entry.IsWithheld;
        var change = new Change(now.Size, -1, now.Size, entry.Revision!.Value, SignatoryStatus.Standing, entry.Level!.Value);
        return new Effect(entry.Signatory!.Value, change, entry.IsWithheld);
    }

    private Effect JudgeAmend(Entry entry, ref Position next)
    {
        var before = Current(entry.Signatory!.Value, SignatoryStatus.Standing);
        if (before.Level != Level.Withheld && entry.IsWithheld) throw Broken("shown not from public to withheld", "withheld");
        RequireNew(entry.Record!.Value);
        next.BatchNeedsCompany |= before.Level == Level.Withheld;
        if (before.Level == Level.Withheld && !entry.IsWithheld) next.Withheld--;
        if (before.Record == SignOf(entry.Signatory!.Value)) next.Amended++;
        return Follow(entry, before, before with { Record = (int)now.Size, Revision = revisions.Count, Level = entry.Level!.Value });
    }

    private Effect JudgeEnd(Entry entry, SignatoryStatus status, ref Position next)
    {
        var before = Current(entry.Signatory!.Value, SignatoryStatus.Standing);
        next.Standing--;
        if (before.Level == Level.Withheld) next.Withheld--;
        if (status == SignatoryStatus.Withdrawn) next.Withdrawn++;
        else next.Removed++;
        return Follow(entry, before, before with { Status = status });
    }

    private Effect JudgeReinstate(Entry entry, ref Position next)
    {
        var before = Current(entry.Signatory!.Value, SignatoryStatus.Removed);
        if (erasedRecords.ContainsKey(before.Record)) throw Broken("a record that was not erased", $"that of entry {before.Record}");
        next.Standing++;
        next.Removed--;
        if (before.Level == Level.Withheld) next.Withheld++;
        next.BatchNeedsCompany |= before.Level == Level.Withheld;
        return Follow(entry, before, before with { Status = SignatoryStatus.Standing });
    }

    private Effect JudgeErase(Entry entry)
    {
        var index = entry.Index!.Value;
        if (index >= now.Size) throw Broken($"an entry before {now.Size}", index);
        if (entry.What == Erased.Text) return JudgeErasedText(index);
        var had = kinds[(int)index] & (entry.What == Erased.Record ? Holds.Record : Holds.Identity);
        if (had == Holds.Nothing) throw Broken($"an entry with {entry.What!.Value.Code()}", index);
        var signatory = about[(int)index];
        var state = changes[last[signatory - 1]];
        if (entry.What == Erased.Identity && erasedIdentities.Contains(index)) throw Broken("an identity not erased before", index);
        if (entry.What == Erased.Record && erasedRecords.ContainsKey(index)) throw Broken("a record not erased before", index);
        if (entry.What == Erased.Record && state.Status == SignatoryStatus.Standing && state.Record == index)
            throw Broken("not the current record of one who stands", index);
        return new Effect(signatory, null, state.Level == Level.Withheld);
    }

    private Effect JudgeErasedText(long index)
    {
        if (!textOf.TryGetValue(index, out var hash)) throw Broken("an entry with text", index);
        var text = texts[hash];
        if (text.ErasedAt is { } at) throw Broken("a text not erased before", $"one erased by entry {at}");
        if (text.IsRules) throw Broken("a text that no entry has as rules", index);
        if (now.ClosedAt is null && hash == revisions[^1].Text) throw Broken("not the current revision's text while the letter is open", index);
        return !pendingDraws.Contains(hash) ? default : throw Broken("not the text of a draw before an audit follows", index);
    }

    private Effect JudgeDraw(Entry entry, in Position next)
    {
        var size = entry.Size!.Value;
        if (size > now.Size || !(size == next.BatchStart || IsBatchEnd(size))) throw Broken("a published size", size);
        if (entry.Root != rootAt(size)) throw Broken($"the root at {size}", "another");
        var standing = StandingAt(size);
        if (entry.Count is < 1 || entry.Count > standing) throw Broken($"a count from 1 to {standing}", entry.Count!.Value);
        return JudgeText(entry.Text!.Value);
    }

    private Effect JudgeClose(ref Position next)
    {
        if (now.ClosedAt is not null) throw Broken("an open letter", "close");
        if (next.BatchReopens) throw Broken("no batch with both reopen and close", "close");
        next.ClosedAt = next.Time;
        next.BatchCloses = true;
        return default;
    }

    private Effect JudgeReopen(ref Position next)
    {
        if (now.ClosedAt is null) throw Broken("a closed letter", "reopen");
        if (now.Size != next.BatchStart) throw Broken("reopen first in its batch", "reopen");
        if (texts[revisions[^1].Text].ErasedAt is { } at) throw Broken("the current revision's text not erased", $"erased by entry {at}");
        next.ClosedAt = null;
        next.BatchReopens = true;
        return default;
    }

    private Effect JudgeRetire(ref Position next)
    {
        if (now.ClosedAt is null) throw Broken("a closed letter", "retire");
        next.Retired = true;
        return default;
    }

    private void RequireNew(Hash commitment)
    {
        if (commitments.Contains(commitment)) throw Broken("commitments that differ", "one of an earlier entry");
    }

    private Change Current(long signatory, SignatoryStatus demanded)
    {
        if (signatory < 1 || signatory > Signatories) throw Broken($"a signatory from 1 to {Signatories}", signatory);
        var current = changes[last[(int)signatory - 1]];
        return current.Status == demanded ? current : throw Broken($"a signatory who is {demanded.ToString().ToLowerInvariant()}", current.Status.ToString().ToLowerInvariant());
    }

    private Effect Follow(Entry entry, Change before, Change change) => new(
        entry.Signatory!.Value,
        change with { Entry = (int)now.Size, Previous = last[(int)entry.Signatory!.Value - 1] },
        before.Level == Level.Withheld);
}
