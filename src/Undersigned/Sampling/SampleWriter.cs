using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Shared;
using PostKind = Undersigned.Model.PostKind;

namespace Undersigned.Sampling;

/// <summary>
/// The steps of a sample, each in one transaction under the letter's lock, so that of two presses at once one does it. What is public of them are
/// two documents in the record; between them stands the public value, which nobody could know at the first.
/// </summary>
public sealed class SampleWriter(UndersignedDb db, WorkSignal work, Instance instance, IStringLocalizer<SharedTexts> shared, IStringLocalizer<SamplingTexts> texts)
{
    public Task<SampleDraw?> OpenAsync(long letterId, CancellationToken cancellation) =>
        db.Samples.SingleOrDefaultAsync(d => d.LetterId == letterId && (d.State == SampleState.Announced || d.State == SampleState.Drawn), cancellation);

    /// <summary>False where one is open already.</summary>
    public Task<bool> AnnounceAsync(Letter letter, PostWords draw, long accountId, DateTimeOffset now, Action alongside, CancellationToken cancellation) => StepAsync(letter, async () =>
    {
        if (await OpenAsync(letter.Id, cancellation) is not null)
            return false;
        var words = Tongue.In(letter.Language, () => draw with { Title = texts["draw-title"], Body = shared.Announced(draw), Time = Printed.Machine(now), Language = Tongue.Of(letter.Language) });
        var post = await db.PostAsync(letter.Id, PostKind.Draw, words, null, now, cancellation);
        db.Samples.Add(new SampleDraw { LetterId = letter.Id, State = SampleState.Announced, StateAt = now, Count = draw.Count!.Value, AnnouncedBy = accountId, DrawPostId = post.Id });
        alongside();
        return true;
    }, cancellation);

    /// <summary>The value is known: whom it falls on follows from the record alone. False where the draw has moved on.</summary>
    public Task<bool> DrawAsync(Letter letter, long drawId, string value, DateTimeOffset now, Action alongside, CancellationToken cancellation) => StepAsync(letter, async () =>
    {
        if (await OpenAsync(letter.Id, cancellation) is not { State: SampleState.Announced } draw || draw.Id != drawId || await PostOf(draw, cancellation) is not { LeafIndex: { } index } post || PostWords.Parse(post.Text).KnownAt > now)
            return false;
        var bytes = await db.Entries.Where(e => e.LetterId == letter.Id && e.LeafIndex == index).Select(e => e.Bytes).SingleAsync(cancellation);
        var entry = Entry.Parse(bytes);
        var stood = await StoodAtAsync(letter.Id, entry.Size!.Value, cancellation);
        var drawn = AuditSample.Draw(entry.Root!.Value, Encoding.UTF8.GetBytes(value), stood, draw.Count);
        var numbers = drawn.Select(n => (int?)n).ToList();
        var signatures = await db.Signatures.Where(s => s.LetterId == letter.Id && numbers.Contains(s.Number)).ToDictionaryAsync(s => (long)s.Number!, s => s.Id, cancellation);
        db.SampledLines.AddRange(drawn.Select((number, i) => new SampledLine { LetterId = letter.Id, DrawId = draw.Id, Ordinal = i + 1, Number = (int)number, SignatureId = signatures[number] }));
        (draw.State, draw.StateAt, draw.Value) = (SampleState.Drawn, now, value);
        alongside();
        return true;
    }, cancellation);

    /// <summary>False where a line is still to be marked, or the draw has moved on.</summary>
    public Task<bool> StateAsync(Letter letter, long drawId, string auditor, string remarks, DateTimeOffset now, Action alongside, CancellationToken cancellation) => StepAsync(letter, async () =>
    {
        if (await OpenAsync(letter.Id, cancellation) is not { State: SampleState.Drawn } draw || draw.Id != drawId)
            return false;
        var findings = await db.SampledLines.Where(l => l.DrawId == draw.Id).Select(l => l.Finding).ToListAsync(cancellation);
        if (findings.Contains(null))
            return false;
        var words = await WordsAsync(letter, draw, auditor, now, cancellation);
        words = words with
        {
            Value = draw.Value,
            Drawn = findings.Count,
            Reached = findings.Count(f => f != SampleFinding.Unreached),
            Confirmed = findings.Count(f => f == SampleFinding.Confirmed),
            False = findings.Count(f => f == SampleFinding.False),
            Unreached = findings.Count(f => f == SampleFinding.Unreached),
            Bound = AuditSample.BoundInPercent(findings.Count, findings.Count(f => f != SampleFinding.Confirmed)),
        };
        words = Tongue.In(letter.Language, () => words with { Title = texts["audit-title"], Body = string.Join("\n\n", new[] { shared.Found(words), texts["audit-by", auditor].Value, remarks, texts["audit-check", $"`undersigned-verify audit {instance.UrlOf("/letters/" + letter.Slug)}`"] }.Where(p => p.Length > 0)) });
        await EndAsync(letter, draw, words, SampleState.Stated, now, cancellation);
        alongside();
        return true;
    }, cancellation);

    /// <summary>
    /// Gives an announced or drawn sample up, with the reason in the record. One whose announcement never came into the record, since its value was
    /// known first, ends without a word. False where the announcement is still on its way.
    /// </summary>
    public Task<bool> GiveUpAsync(Letter letter, long drawId, string auditor, string reason, DateTimeOffset now, Action alongside, CancellationToken cancellation) => StepAsync(letter, async () =>
    {
        if (await OpenAsync(letter.Id, cancellation) is not { } draw || draw.Id != drawId)
            return false;
        if ((await PostOf(draw, cancellation)).LeafIndex is null)
        {
            if (!await IsLostAsync(draw, cancellation))
                return false;
            (draw.State, draw.StateAt) = (SampleState.GivenUp, now);
        }
        else
        {
            var words = await WordsAsync(letter, draw, auditor, now, cancellation);
            words = Tongue.In(letter.Language, () => words with { Title = texts["abandoned-title"], Body = texts["abandoned", reason], Abandoned = reason });
            await EndAsync(letter, draw, words, SampleState.GivenUp, now, cancellation);
        }
        alongside();
        return true;
    }, cancellation);

    /// <summary>The sequencer found its value known, or fewer lines than were to be drawn: there is no entry, and will be none.</summary>
    public async Task<bool> IsLostAsync(SampleDraw draw, CancellationToken cancellation) =>
        !await db.Changes.AnyAsync(c => c.PostId == draw.DrawPostId, cancellation) && await db.Posts.AnyAsync(p => p.Id == draw.DrawPostId && p.LeafIndex == null, cancellation);

    public Task<LetterPost> PostOf(SampleDraw draw, CancellationToken cancellation) => db.Posts.AsNoTracking().SingleAsync(p => p.Id == draw.DrawPostId, cancellation);

    private async Task<bool> StepAsync(Letter letter, Func<Task<bool>> step, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(letter, cancellation);
        if (!await step())
            return false;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return true;
    }

    private async Task<PostWords> WordsAsync(Letter letter, SampleDraw draw, string auditor, DateTimeOffset now, CancellationToken cancellation) => new()
    {
        Kind = "audit",
        Title = "",
        Body = "",
        Time = Printed.Machine(now),
        Language = Tongue.Of(letter.Language),
        Draw = (await PostOf(draw, cancellation)).LeafIndex,
        Auditor = auditor,
    };

    private async Task EndAsync(Letter letter, SampleDraw draw, PostWords words, SampleState state, DateTimeOffset now, CancellationToken cancellation)
    {
        var post = await db.PostAsync(letter.Id, PostKind.Audit, words, null, now, cancellation);
        (draw.State, draw.StateAt, draw.StatementPostId) = (state, now, post.Id);
    }

    // By the entries, as everybody else counts them: the rows of whoever was erased since are gone.
    private async Task<HashSet<long>> StoodAtAsync(long letterId, long size, CancellationToken cancellation)
    {
        var standing = new HashSet<long>();
        await foreach (var bytes in db.Entries.Where(e => e.LetterId == letterId && e.LeafIndex < size).OrderBy(e => e.LeafIndex).Select(e => e.Bytes).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var entry = Entry.Parse(bytes);
            if (entry.Type is EntryType.Sign or EntryType.Reinstate)
                standing.Add(entry.Signatory!.Value);
            else if (entry.Type is EntryType.Withdraw or EntryType.Remove)
                standing.Remove(entry.Signatory!.Value);
        }
        return standing;
    }
}
