using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Inquiries;

/// <summary>Where a report is confirmed by its six digits, and where its sender reads what became of it. Opening changes nothing.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class ReportedModel(UndersignedDb db, InstanceKeys keys, Attempts attempts, Reports reports) : PageModel
{
    public Inquiry Report { get; private set; } = null!;
    public Letter Letter { get; private set; } = null!;
    public int? Number { get; private set; }
    public ReportOutcome? Outcome { get; private set; }
    public int? Minutes { get; private set; }
    public bool SentAgain { get; private set; }

    public string Token => (string)RouteData.Values["token"]!;
    public string Masked => EmailAddress.TryParse(Report.Email, out var address, out _) ? address.Masked : "";

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        if (!await OpenAsync())
            return NotFound();
        Minutes = attempts.Count(Attempt.Code, Letter, HttpContext.Connection.RemoteIpAddress);
        if (Minutes is not null)
            return Again(StatusCodes.Status429TooManyRequests);
        Outcome = await reports.ConfirmAsync(Report.Id, code, HttpContext.RequestAborted);
        if (Outcome.Result is ReportResult.Done or ReportResult.NotWaiting)
            return LocalRedirect("~/report/" + Token);
        return Again(Outcome.Result == ReportResult.ReportedBefore ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    public async Task<IActionResult> OnPostAgainAsync()
    {
        if (!await OpenAsync())
            return NotFound();
        Minutes = attempts.Count(Attempt.Form, Letter, HttpContext.Connection.RemoteIpAddress);
        if (Minutes is not null)
            return Again(StatusCodes.Status429TooManyRequests);
        await reports.SendAgainAsync(Report.Id, HttpContext.RequestAborted);
        SentAgain = true;
        return Page();
    }

    private async Task<bool> OpenAsync()
    {
        if (!InstanceKeys.TryReadId(Token, out var id) || !keys.IsToken(Token, TokenPurpose.Inquiry, id))
            return false;
        var row = await db.Inquiries.AsNoTracking().Where(i => i.Id == id)
            .Join(db.Letters, i => i.LetterId, l => l.Id, (i, l) => new { Report = i, Letter = l }).SingleOrDefaultAsync(HttpContext.RequestAborted);
        if (row is null || !row.Report.IsReport)
            return false;
        (Report, Letter) = (row.Report, row.Letter);
        Number = await db.Signatures.Where(s => s.Id == Report.SignatureId).Select(s => s.Number).SingleOrDefaultAsync(HttpContext.RequestAborted);
        return true;
    }

    private PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
