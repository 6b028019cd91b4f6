using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Glance;

/// <summary>One line of the screen; ticked already where a reason is known.</summary>
public sealed record GlanceLine(Signature Signature, ShownLine Shown, Ruling Ruling)
{
    public bool IsOdd => Ruling.Reasons.Count > 0;
    public string Why => string.Join(" · ", Ruling.Reasons.Select(StaffWords.Oddity));
    public string Seen => $"{Signature.Id.ToString(CultureInfo.InvariantCulture)}.{Shown.Mark()}";
}

/// <summary>What somebody else is looking at.</summary>
public sealed record OthersLoan(string Name, int Lines);

/// <summary>A screen decided within the hour.</summary>
public sealed record DecidedScreen(long Id, DateTimeOffset At, int LetIn, int SetAside);

/// <summary>Names nobody has looked at, forty a screen. GET only shows; a loan, a decision and an undo are posts.</summary>
[StaffOnly(StaffRole.Reviewer)]
public sealed partial class GlanceModel(UndersignedDb db, TimeProvider time, Lending lending, WorkSignal work) : StaffPage(db, time)
{
    public static readonly TimeSpan UndoFor = TimeSpan.FromHours(1);

    public GlanceBatch? Batch { get; private set; }
    public IReadOnlyList<GlanceLine> Lines { get; private set; } = [];
    public int Waiting { get; private set; }
    public int Free { get; private set; }
    public IReadOnlyList<OthersLoan> Others { get; private set; } = [];
    public IReadOnlyList<DecidedScreen> Decided { get; private set; } = [];
    public DecidedScreen? Done { get; private set; }
    public DateTimeOffset ShownAt => Now;

    /// <summary>A closed letter takes no new names.</summary>
    public bool IsClosed => Letter.State == LetterState.Closed;

    /// <summary>Lines that had changed or were decided by somebody else meanwhile, in the decision just made.</summary>
    [BindProperty(SupportsGet = true)]
    public int Skipped { get; set; }

    [BindProperty(SupportsGet = true, Name = "done")]
    public long? DoneBatch { get; set; }

    [BindProperty(SupportsGet = true, Name = "undone")]
    public int? Undone { get; set; }

    /// <summary>Decided again since, so the undo left them alone.</summary>
    [BindProperty(SupportsGet = true, Name = "kept")]
    public int Kept { get; set; }

    /// <summary>What is known of a line in which nothing looks odd.</summary>
    public static string Checked(Signature s) => s switch
    {
        { Source: SignatureSource.Import, ConfirmedAt: null } => "Pasted in; has not confirmed",
        { ConfirmedHow: ConfirmationHow.Telephone } => "Confirmed by telephone",
        { Level: SignatureLevel.Domain } => "Work address confirmed",
        { Level: > SignatureLevel.Email } => $"Address confirmed; {StaffWords.Level(s.Level).ToLowerInvariant()}",
        _ => "Address confirmed",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        Waiting = await Db.Signatures.CountAsync(s => s.LetterId == Letter.Id && s.State == SignatureState.Confirmed, cancellation);
        Free = await lending.FreeAsync(Letter.Id, AccountId, cancellation);
        Batch = await lending.OpenAsync(Letter.Id, AccountId, cancellation);
        if (Batch is not null)
            Lines = await LinesAsync(Batch.Id, cancellation);
        Others = await OthersAsync(cancellation);
        Decided = await DecidedAsync(cancellation);
        Done = Decided.FirstOrDefault(d => d.Id == DoneBatch);
        return Page();
    }

    public async Task<IActionResult> OnPostLoanAsync(CancellationToken cancellation)
    {
        if (!IsClosed)
            await lending.TakeAsync(Letter.Id, AccountId, cancellation);
        return Back();
    }

    private LocalRedirectResult Back(string query = "") => LocalRedirect($"~/desk/letters/{Letter.Id}/glance{query}");

    private async Task<IReadOnlyList<GlanceLine>> LinesAsync(long batchId, CancellationToken cancellation)
    {
        var signatures = await Db.Signatures.AsNoTracking()
            .Where(s => s.GlanceBatchId == batchId && s.State == SignatureState.Confirmed)
            .OrderBy(s => s.Id).ToListAsync(cancellation);
        return await WithReasonsAsync(signatures, cancellation);
    }

    private async Task<IReadOnlyList<GlanceLine>> WithReasonsAsync(IReadOnlyList<Signature> signatures, CancellationToken cancellation)
    {
        var rulings = await Db.RulingsAsync(Letter, signatures, Now, cancellation);
        return [.. signatures.Select(s => new GlanceLine(s, s.ToShown(), rulings[s.Id]))];
    }

    private async Task<IReadOnlyList<OthersLoan>> OthersAsync(CancellationToken cancellation)
    {
        var now = Now;
        var loans = await Db.Signatures
            .Where(s => s.LetterId == Letter.Id && s.State == SignatureState.Confirmed && s.GlanceBatchId != null)
            .Join(Db.GlanceBatches.Where(b => b.AccountId != AccountId && b.DecidedAt == null && b.LentUntil > now), s => s.GlanceBatchId, b => b.Id, (s, b) => b.AccountId)
            .GroupBy(a => a)
            .Select(g => new { Account = g.Key, Lines = g.Count() })
            .Join(Db.Users, g => g.Account, a => a.Id, (g, a) => new { a.DisplayName, g.Lines })
            .ToListAsync(cancellation);
        return [.. loans.Select(l => new OthersLoan(l.DisplayName, l.Lines))];
    }

    private async Task<IReadOnlyList<DecidedScreen>> DecidedAsync(CancellationToken cancellation)
    {
        var since = Now - UndoFor;
        var batches = await Db.GlanceBatches.AsNoTracking()
            .Where(b => b.LetterId == Letter.Id && b.AccountId == AccountId && b.DecidedAt > since && b.UndoneAt == null)
            .OrderByDescending(b => b.Id)
            .Select(b => new
            {
                b.Id,
                At = b.DecidedAt!.Value,
                LetIn = Db.Signatures.Count(s => s.GlanceBatchId == b.Id && s.DecidedAt == b.DecidedAt && (s.State == SignatureState.Admitted || s.State == SignatureState.Listed)),
                SetAside = Db.Signatures.Count(s => s.GlanceBatchId == b.Id && s.DecidedAt == b.DecidedAt && s.State == SignatureState.InReview),
            })
            .ToListAsync(cancellation);
        return [.. batches.Select(b => new DecidedScreen(b.Id, b.At, b.LetIn, b.SetAside))];
    }
}
