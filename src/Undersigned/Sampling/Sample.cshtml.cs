using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Sampling;

/// <summary>One drawn line in the list of them.</summary>
/// <param name="Line">What was found.</param>
/// <param name="Signature">As it is now; its person may have left and been forgotten.</param>
public sealed record DrawnLine(SampledLine Line, Signature Signature)
{
    public bool HasLeft => Signature.State is not SignatureState.Listed;
}

/// <summary>A sample that has ended.</summary>
public sealed record EndedSample(SampleDraw Draw, PostWords Announced, PostWords? Statement, long? Entry);

/// <summary>The auditor's page: announces a draw, takes its value, keeps what was found, and publishes the statement.</summary>
[StaffOnly(StaffRole.Auditor, AuditorAlone = true)]
public sealed class SampleModel(UndersignedDb db, TimeProvider time, SampleWriter writer, PublishedLetters published) : StaffPage(db, time)
{
    public const int LongestAuditor = 200;
    public const int LongestRemarks = 4000;
    private static readonly int[] Sizes = [20, 59, 100, 300, 1000];

    [BindProperty]
    public DrawForm Form { get; set; } = new();
    [BindProperty]
    public string? Value { get; set; }
    [BindProperty]
    public string? Again { get; set; }
    [BindProperty]
    public string? Auditor { get; set; }
    [BindProperty]
    public string? Remarks { get; set; }
    [BindProperty]
    public string? Reason { get; set; }
    [FromQuery]
    public string? Done { get; set; }

    public SampleDraw? Open { get; private set; }
    public LetterPost? Post { get; private set; }
    public PostWords? Announced { get; private set; }
    /// <summary>There is no entry and will be none: the value was known first.</summary>
    public bool IsLost { get; private set; }
    public bool IsDue => Announced?.KnownAt <= Now;
    public IReadOnlyList<DrawnLine> Lines { get; private set; } = [];
    public IReadOnlyList<EndedSample> Ended { get; private set; } = [];
    public int Marked => Lines.Count(l => l.Line.Finding is not null);
    public int Bad => Lines.Count(l => l.Line.Finding is SampleFinding.False or SampleFinding.Unreached);
    public int Standing => published.Find(Letter.Slug)?.Counts.Standing ?? 0;
    public int Of(SampleFinding finding) => Lines.Count(l => l.Line.Finding == finding);

    /// <summary>How many lines, and what could be said if none of them is false.</summary>
    public IEnumerable<(int Count, string Bound)> Suggestions =>
        Sizes.Where(n => n < Standing).Append(Standing).Where(n => n is > 0 and <= DrawForm.Most).Select(n => (n, AuditSample.BoundInPercent(n, 0)));

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Auditor = await NameAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAnnounceAsync(CancellationToken cancellation)
    {
        if (!Letter.IsPublic)
            return Back("not-public");
        if (Form.Read(Standing, Now, ModelState) is not { } draw)
            return await AgainAsync(cancellation);
        var did = await writer.AnnounceAsync(Letter, draw, AccountId, Now, () => Record("announce-draw", detail: $"{draw.Count} lines, at {draw.Moment}"), cancellation);
        return Back(did ? "announced" : "already");
    }

    /// <summary>Typed twice: a slip would draw other lines, and could not be taken back.</summary>
    public async Task<IActionResult> OnPostValueAsync(long draw, CancellationToken cancellation)
    {
        var value = Value?.Trim();
        if (!AuditSample.IsValue(value))
            ModelState.AddModelError("Value", "Type the value in one line, exactly as the announcement says it is written.");
        else if (Again?.Trim() != value)
            ModelState.AddModelError("Again", "The two are not the same. Compare both with the source.");
        if (!ModelState.IsValid)
            return await AgainAsync(cancellation);
        var did = await writer.DrawAsync(Letter, draw, value!, Now, () => Record("enter-draw-value"), cancellation);
        return Back(did ? "drawn" : "already");
    }

    public async Task<IActionResult> OnPostPublishAsync(long draw, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (DrawForm.Text(Auditor) is not { Length: <= LongestAuditor })
            ModelState.AddModelError("Auditor", "Who states this? A name or a body, at most 200 characters.");
        if (Remarks?.Length > LongestRemarks)
            ModelState.AddModelError("Remarks", "At most 4,000 characters.");
        if (Open is { State: SampleState.Drawn } && Marked < Lines.Count)
            ModelState.AddModelError("publish", $"{StaffWords.Count(Lines.Count - Marked, "line is", "lines are")} not marked yet. Whom you could not reach, mark as not reached.");
        if (!ModelState.IsValid)
            return await AgainAsync(cancellation);
        var did = await writer.StateAsync(Letter, draw, DrawForm.Text(Auditor)!, Remarks?.Trim() ?? "", Now, () => Record("publish-audit"), cancellation);
        return Back(did ? "stated" : "already");
    }

    public async Task<IActionResult> OnPostGiveUpAsync(long draw, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        var reason = DrawForm.Text(Reason);
        if (!IsLost && reason is not { Length: <= 600 })
            ModelState.AddModelError("Reason", "Say why, in at most 600 characters: it stands in the record.");
        if (!ModelState.IsValid)
            return await AgainAsync(cancellation);
        var did = await writer.GiveUpAsync(Letter, draw, await NameAsync(cancellation), reason ?? "", Now, () => Record("give-up-draw", detail: reason), cancellation);
        return Back(did ? "given-up" : "already");
    }

    /// <summary>The drawn lines as a sheet, to be worked at elsewhere. A post, since whoever takes the addresses is recorded.</summary>
    public async Task<IActionResult> OnPostTakeAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (Open is not { State: SampleState.Drawn })
            return Back("already");
        Record("take-sample", detail: $"{Lines.Count} lines");
        await Db.SaveChangesAsync(cancellation);
        var text = new StringBuilder(Csv.Line(["number", "name", "offices", "place", "checked", "state", "address", "found", "note"]));
        foreach (var (line, s) in Lines)
            text.Append(Csv.Line([line.Number.ToString(CultureInfo.InvariantCulture), s.Name, string.Join("; ", s.ToShown().Posts), s.Location, StaffWords.Level(s.Level), StaffWords.State(s.State), s.Email, line.Finding is { } found ? Words(found) : "", line.Note]));
        return File([.. Csv.ByteOrderMark, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8", $"{Letter.Slug}-sample-{Open.Id}.csv");
    }

    public static string Words(SampleFinding finding) => finding switch
    {
        SampleFinding.Confirmed => "confirmed",
        SampleFinding.False => "did not sign this",
        _ => "not reached",
    };

    private Task<string> NameAsync(CancellationToken cancellation) => Db.Users.Where(u => u.Id == AccountId).Select(u => u.DisplayName).SingleAsync(cancellation);

    private LocalRedirectResult Back(string done) => LocalRedirect($"~/desk/letters/{Letter.Id}/sample?done={done}");

    private async Task<IActionResult> AgainAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Auditor ??= await NameAsync(cancellation);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Open = await writer.OpenAsync(Letter.Id, cancellation);
        if (Open is not null)
        {
            Post = await writer.PostOf(Open, cancellation);
            Announced = PostWords.Parse(Post.Text);
            IsLost = await writer.IsLostAsync(Open, cancellation);
            var rows = await Db.SampledLines.AsNoTracking().Where(l => l.DrawId == Open.Id).OrderBy(l => l.Ordinal)
                .Join(Db.Signatures.AsNoTracking(), l => l.SignatureId, s => s.Id, (l, s) => new { l, s }).ToListAsync(cancellation);
            Lines = [.. rows.OrderBy(r => r.l.Ordinal).Select(r => new DrawnLine(r.l, r.s))];
        }
        var ended = await Db.Samples.AsNoTracking().Where(d => d.LetterId == Letter.Id && (d.State == SampleState.Stated || d.State == SampleState.GivenUp)).OrderByDescending(d => d.Id).ToListAsync(cancellation);
        var ids = ended.SelectMany(d => new[] { d.DrawPostId, d.StatementPostId ?? 0 }).ToList();
        var posts = await Db.Posts.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        Ended = [.. ended.Select(d => new EndedSample(d, PostWords.Parse(posts[d.DrawPostId].Text), d.StatementPostId is { } id ? PostWords.Parse(posts[id].Text) : null, d.StatementPostId is { } post ? posts[post].LeafIndex : null))];
    }
}
