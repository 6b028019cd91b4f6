using System.Text;
using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>The letter's words and settings. The words are frozen once somebody has signed them.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(3 * PastedDocument.Longest)]
public sealed class TextModel(UndersignedDb db, Instance instance, TimeProvider time) : StaffPage(db, time)
{
    [BindProperty]
    public TextForm Form { get; set; } = new();
    [BindProperty]
    public IFormFile? Upload { get; set; }

    public LetterView? Preview { get; private set; }
    public bool IsFrozen => Letter.CurrentRevision > 0;
    public bool IsSaved { get; private set; }
    public string AddressBegin => instance.UrlOf("/letters/");

    public void OnGet(bool saved)
    {
        Form = TextForm.Of(Letter);
        IsSaved = saved;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(HttpContext.RequestAborted);
        await Db.LockAsync(Letter, HttpContext.RequestAborted);
        await CheckAsync();
        if (!ModelState.IsValid)
            return Again();
        if (!IsFrozen)
            Form.WriteWords(Letter);
        if (!Letter.IsPublic)
            Letter.Slug = Form.Slug!.Trim();
        Form.WriteSettings(Letter);
        Record("text", detail: IsFrozen ? "settings" : "words and settings");
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
        await transaction.CommitAsync(HttpContext.RequestAborted);
        return RedirectToPage(new { letterId = Letter.Id, saved = true });
    }

    /// <summary>Without script: the page with what was typed and how it will read; nothing is saved.</summary>
    public IActionResult OnPostPreview()
    {
        Preview = Shown();
        return Again();
    }

    /// <summary>For the script: only how it will read.</summary>
    public IActionResult OnPostPreviewPart() => Partial("/Letters/_LetterText.cshtml", Shown());

    /// <summary>The clipboard's HTML as CommonMark.</summary>
    public IActionResult OnPostPasted(string? html) => Content(PastedDocument.ToCommonMark(html ?? ""), "text/plain", Encoding.UTF8);

    /// <summary>Without script: the text of a file that a word processor saved as a web page, or of a plain one.</summary>
    public async Task<IActionResult> OnPostFileAsync()
    {
        if (Upload is null || Upload.Length > PastedDocument.Longest)
            ModelState.AddModelError("file", Upload is null ? "Choose a file first." : "At most two megabytes.");
        else if (!IsFrozen)
        {
            using var reader = new StreamReader(Upload.OpenReadStream());
            var text = await reader.ReadToEndAsync(HttpContext.RequestAborted);
            Form.Body = text.TrimStart().StartsWith('<') ? PastedDocument.ToCommonMark(text) : text;
            Preview = Shown();
        }
        return Again();
    }

    private async Task CheckAsync()
    {
        foreach (var (field, problem) in Form.Problems(IsFrozen))
            ModelState.AddModelError(field, problem);
        if (!Letter.IsPublic && await Slugs.ProblemAsync(Db, Form.Slug?.Trim() ?? "", Letter.Id, HttpContext.RequestAborted) is { } wrong)
            ModelState.AddModelError("slug", wrong);
    }

    // Fields of frozen words do not come back with the form.
    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Again()
    {
        if (IsFrozen)
            (Form.Title, Form.Body, Form.Demands, Form.Organiser) = (Letter.Title, Letter.Body, string.Join('\n', Letter.Demands), Letter.Organiser);
        return Page();
    }

    private LetterView Shown() => new(IsFrozen ? LetterWords.Of(Letter) : Form.Words);
}
