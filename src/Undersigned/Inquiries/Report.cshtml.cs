using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Inquiries;

/// <summary>"This is not me, or this is wrong": a report about one line that stands.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class ReportModel(
    UndersignedDb db, PublishedLetters published, InstanceKeys keys, Attempts attempts, Reports reports, IStringLocalizer<InquiriesTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public Line Line { get; private set; } = null!;
    public int? Minutes { get; private set; }

    [BindProperty]
    public string? Kind { get; set; }
    [BindProperty]
    public string? Text { get; set; }
    [BindProperty]
    public string? Email { get; set; }

    public async Task<IActionResult> OnGetAsync(string slug, int number) => await FindAsync(slug, number) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, int number)
    {
        if (!await FindAsync(slug, number))
            return NotFound();
        ModelState.Clear();
        var (kind, text, address) = Read();
        if (!ModelState.IsValid)
            return Again(StatusCodes.Status422UnprocessableEntity);
        Minutes = attempts.CountForm(Published.Letter, HttpContext.Connection.RemoteIpAddress, address!)?.Minutes;
        if (Minutes is not null)
            return Again(StatusCodes.Status429TooManyRequests);
        var id = await reports.TakeAsync(Published.Letter.Id, Line.SignatureId, kind, text, address!, HttpContext.RequestAborted);
        return LocalRedirect(RequestTongue.Carry(HttpContext) + "/report/" + keys.Token(TokenPurpose.Inquiry, id));
    }

    private (InquiryKind Kind, string Text, EmailAddress? Address) Read()
    {
        if (Kind is not (nameof(InquiryKind.NotMe) or nameof(InquiryKind.Wrong)))
            ModelState.AddModelError(nameof(Kind), texts["kind-missing"]);
        var text = string.Concat((Text ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))).Trim();
        if (text.Length == 0)
            ModelState.AddModelError(nameof(Text), texts["text-missing"]);
        else if (text.Length > Inquiry.LongestText)
            ModelState.AddModelError(nameof(Text), texts["text-long", Inquiry.LongestText]);
        if (!EmailAddress.TryParse(Email, out var address, out var problem))
            ModelState.AddModelError(nameof(Email), problem == EmailProblem.Missing ? texts["email-missing"] : texts["email-bad"]);
        return (Kind == nameof(InquiryKind.NotMe) ? InquiryKind.NotMe : InquiryKind.Wrong, text, address);
    }

    private async Task<bool> FindAsync(string slug, int number)
    {
        if (published.Find(slug) is not { } letter)
            return false;
        Published = letter;
        Line = (await db.Lines.AsNoTracking().StandingAt(letter).FirstOrDefaultAsync(l => l.Number == number, HttpContext.RequestAborted))!;
        return Line is not null;
    }

    private PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
