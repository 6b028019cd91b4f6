using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>Corrects the line: before it is confirmed (from the tab or the mail's link) and afterwards (from the signer's own page).</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class LinePageModel(
    UndersignedDb db, PublishedLetters published, InstanceKeys keys, FormCheck check, OwnActs acts, Attempts attempts) : TokenPage(db, published, keys)
{
    private const int MostRowsShown = 20;

    [BindProperty]
    public SignForm Form { get; set; } = new();

    public TypedLine Typed { get; private set; } = null!;
    public int? Minutes { get; private set; }

    public bool Stands => Signature.State == SignatureState.Listed;
    /// <summary>The page that this one belongs to.</summary>
    public string Back => $"{Request.Path.Value!.Split('/')[1].ToLowerInvariant()}/{Token}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync())
            return NotFound();
        if (!OwnActs.MayCorrect(Signature))
            return LocalRedirect("~/" + Back);
        Form = SignForm.Of(Signature);
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(string? preview, string? add, int? drop)
    {
        if (!await OpenAsync())
            return NotFound();
        ModelState.Clear();
        Form.ReadServed(check.ThisYear);
        Form.Rows = [.. Form.Rows.Take(MostRowsShown)];
        if (add is not null)
            Form.Rows.Add(new PostRow());
        if (drop is { } row && row >= 0 && row < Form.Rows.Count)
            Form.Rows.RemoveAt(row);
        Typed = check.Line(Form, Letter.Asks, ModelState);
        if (preview is not null || !ModelState.IsValid)
            return Show();
        if (add is not null || drop is not null)
            return Show();
        Minutes = attempts.Count(Attempt.Form, Letter, HttpContext.Connection.RemoteIpAddress);
        if (Minutes is not null)
            return Show(StatusCodes.Status429TooManyRequests);
        await acts.CorrectAsync(Signature.Id, Typed, HttpContext.RequestAborted);
        return LocalRedirect("~/" + Back);
    }

    // A token of the tab or of the mail changes a line in pencil, and no other.
    private async Task<bool> OpenAsync() => Request.Path.Value!.Split('/')[1].ToLowerInvariant() switch
    {
        "confirmation" => await FindAsync(TokenPurpose.Tab) && Signature.State == SignatureState.Submitted,
        "confirm" => await FindAsync(TokenPurpose.Confirm) && Signature.State == SignatureState.Submitted,
        _ => await FindAsync(TokenPurpose.Own),
    };

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show(int? status = null)
    {
        Typed ??= check.Line(Form, Letter.Asks, new());
        Response.StatusCode = status ?? (ModelState.IsValid ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        return Page();
    }
}
