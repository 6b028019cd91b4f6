using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Glance;

/// <summary>The unticked in, the ticked aside; then the next screen.</summary>
public sealed partial class GlanceModel
{
    private const int Attempts = 8;

    public async Task<IActionResult> OnPostDecisionAsync(
        long batch, string[] seen, long[] odd, string? all, CancellationToken cancellation)
    {
        var marks = Marks(seen);
        var aside = all == "aside" ? marks.Keys.ToHashSet() : odd.ToHashSet();
        var skipped = await DecideAsync(batch, marks, aside, cancellation);
        work.Poke();
        if (!IsClosed)
            await lending.TakeAsync(Letter.Id, AccountId, cancellation);
        return Back($"?done={batch}{(skipped > 0 ? $"&skipped={skipped}" : "")}");
    }

    /// <summary>
    /// One transaction for the whole screen. Where somebody else moved one of its lines in between, everything is read anew
    /// and decided without it. Returns how many lines were left out.
    /// </summary>
    private async Task<int> DecideAsync(long batchId, Dictionary<long, string> marks, HashSet<long> aside, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await DecideOnceAsync(batchId, marks, aside, cancellation);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                Db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<int> DecideOnceAsync(long batchId, Dictionary<long, string> marks, HashSet<long> aside, CancellationToken cancellation)
    {
        var batch = await Db.GlanceBatches.SingleOrDefaultAsync(b => b.Id == batchId && b.LetterId == Letter.Id && b.AccountId == AccountId, cancellation);
        if (batch is null || batch.DecidedAt is not null || IsClosed)
            return 0;
        var now = Now;
        batch.DecidedAt = now;
        var lent = await Db.Signatures.Where(s => s.GlanceBatchId == batchId && s.State == SignatureState.Confirmed).OrderBy(s => s.Id).ToListAsync(cancellation);
        var lines = await WithReasonsAsync(lent, cancellation);
        // What was corrected since it was shown is free again for another look.
        foreach (var changed in lines.Where(l => marks.GetValueOrDefault(l.Signature.Id) != l.Shown.Mark()))
            changed.Signature.GlanceBatchId = null;
        var asSeen = lines.Where(l => l.Signature.GlanceBatchId is not null).ToList();
        foreach (var line in asSeen)
            Decide(line, aside.Contains(line.Signature.Id), now);
        await Db.SaveChangesAsync(cancellation);
        return marks.Count - asSeen.Count;
    }

    private void Decide(GlanceLine line, bool aside, DateTimeOffset now)
    {
        var (signature, ruling) = (line.Signature, line.Ruling);
        var first = !aside && ruling.LooksNeeded > 1;
        (signature.DecidedBy, signature.DecidedAt, signature.LooksNeeded, signature.Risk) = (AccountId, now, ruling.LooksNeeded, ruling.Risk);
        if (aside || first)
            SignatureMoves.SetAside(signature, line.IsOdd ? ruling.Reasons : [Oddity.Ticked], now);
        else
            Db.Admit(signature, now);
        // Left unticked by one person, it needs one more.
        if (first)
            Db.Looks.Add(new Look { LetterId = Letter.Id, SignatureId = signature.Id, AccountId = AccountId, At = now, Verdict = LookVerdict.Admit, Mark = line.Shown.Mark() });
        Record(first ? "first-look" : aside ? "set-aside" : "admit", signature, SignatureState.Confirmed, signature.State, "glance");
    }

    /// <summary>"17.0a1b2c3d4e": the line's id and the mark of its words as the screen showed them.</summary>
    private static Dictionary<long, string> Marks(string[] seen)
    {
        var marks = new Dictionary<long, string>();
        foreach (var one in seen.Take(Lending.LinesAScreen))
            if (one.Split('.') is [var id, var mark] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                marks[number] = mark;
        return marks;
    }
}
