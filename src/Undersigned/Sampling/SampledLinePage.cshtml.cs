using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Sampling;

/// <summary>One drawn line with all that an auditor may know of it, opened for as long as the sample is; each opening is recorded.</summary>
[StaffOnly(StaffRole.Auditor, AuditorAlone = true)]
public sealed class SampledLineModel(UndersignedDb db, TimeProvider time, SampleWriter writer) : StaffPage(db, time)
{
    public const int LongestNote = 1000;

    [FromRoute]
    public int Ordinal { get; set; }
    [BindProperty]
    public SampleFinding? Finding { get; set; }
    [BindProperty]
    public string? Note { get; set; }

    public SampledLine Line { get; private set; } = null!;
    public Signature Signature { get; private set; } = null!;
    public IReadOnlyList<Evidence> Evidence { get; private set; } = [];
    public int Count { get; private set; }
    public bool HasLeft => Signature.State != SignatureState.Listed;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotFound();
        (Finding, Note) = (Line.Finding, Line.Note);
        await LookedAtAsync(Signature, "address and evidence of a drawn line", cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        // Not while the statement is being made.
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        if (!await FindAsync(cancellation))
            return NotFound();
        if (Finding is null || !Enum.IsDefined(Finding.Value))
            ModelState.AddModelError("Finding", "What did you find? Choose one; you can change it until the statement is published.");
        if (Note?.Length > LongestNote)
            ModelState.AddModelError("Note", "At most 1,000 characters.");
        if (!ModelState.IsValid)
            return Page();
        (Line.Finding, Line.FoundAt, Line.Note) = (Finding, Now, DrawForm.Text(Note));
        Record("mark-drawn", Signature, detail: Finding.ToString()!.ToLowerInvariant());
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        var next = await Db.SampledLines.Where(l => l.DrawId == Line.DrawId && l.Finding == null).OrderBy(l => l.Ordinal <= Ordinal).ThenBy(l => l.Ordinal).Select(l => (int?)l.Ordinal).FirstOrDefaultAsync(cancellation);
        return LocalRedirect(next is null ? $"~/desk/letters/{Letter.Id}/sample?done=all-marked" : $"~/desk/letters/{Letter.Id}/sample/lines/{next}");
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await writer.OpenAsync(Letter.Id, cancellation) is not { State: SampleState.Drawn } draw
            || await Db.SampledLines.SingleOrDefaultAsync(l => l.DrawId == draw.Id && l.Ordinal == Ordinal, cancellation) is not { } line)
            return false;
        Line = line;
        Count = draw.Count;
        Signature = await Db.Signatures.AsNoTracking().SingleAsync(s => s.Id == line.SignatureId, cancellation);
        Evidence = await Db.Evidence.AsNoTracking().Where(e => e.SignatureId == line.SignatureId && e.EndedAt == null).OrderBy(e => e.Id).ToListAsync(cancellation);
        return true;
    }
}
