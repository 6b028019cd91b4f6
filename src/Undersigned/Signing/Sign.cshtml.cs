using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Signing;

/// <summary>The form. Buttons that read, add and remove posts the same form back; only one button signs.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
public sealed class SignModel(
    UndersignedDb db, PublishedLetters published, InstanceKeys keys, Instance instance, FormToken tokens, FormCheck check, Intake intake, Attempts attempts, ProofOfWork work) : PageModel
{
    private const int MostRowsShown = 20;

    [BindProperty]
    public SignForm Form { get; set; } = new();

    /// <summary>See <see cref="FormToken"/>.</summary>
    [BindProperty]
    public string? Proof { get; set; }

    /// <summary>See <see cref="ProofOfWork"/>.</summary>
    [BindProperty]
    public string? Work { get; set; }

    /// <summary>What the browser is asked to work on; null where nothing is suspicious.</summary>
    public string? Asked { get; private set; }

    public Letter Letter { get; private set; } = null!;
    public LetterWords Words { get; private set; } = null!;
    public PublishedLetter? Published { get; private set; }
    public int Revision { get; private set; }
    /// <summary>The line as far as it was read, in pencil.</summary>
    public TypedLine? Line { get; private set; }
    public IReadOnlyList<string> FirstNames { get; private set; } = [];
    public IntakeResult? Refusal { get; private set; }
    /// <summary>Opened when nobody can sign: nothing was typed, and there is no form to type into.</summary>
    public bool IsShut => HttpMethods.IsGet(Request.Method) && Refusal is not null;
    /// <summary>Text key of what stands on top of a form that came back for a reason of its own.</summary>
    public string? Notice { get; private set; }
    public int Minutes { get; private set; }

    public string LetterPath => Published is null ? "private/" + RouteData.Values["token"] : "letters/" + Letter.Slug;
    private System.Net.IPAddress? Network => HttpContext.Connection.RemoteIpAddress;
    private SignatureSource Source => RouteData.Values.ContainsKey("token") ? SignatureSource.PrivateLink : SignatureSource.Form;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        if (Published is not null && Source == SignatureSource.PrivateLink)
            return LocalRedirect($"~/letters/{Letter.Slug}/sign");
        if (Published is null && !Letter.PrivateLinkOn)
            return NotFound();
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync(string? preview, string? add, int? drop)
    {
        if (!await FindAsync())
            return NotFound();
        // What the fields show from here on is the form, not what the binder kept of it.
        ModelState.Clear();
        Form.ReadServed(check.ThisYear);
        Form.Rows = [.. Form.Rows.Take(MostRowsShown)];
        if (Origin.IsForeign(Request, instance))
            return await ShowAsync("once-more", StatusCodes.Status400BadRequest);
        if (preview is not null || add is not null || drop is not null)
            return await ReadAsync(preview is not null, add is not null, drop);
        return await SignAsync();
    }

    private async Task<IActionResult> ReadAsync(bool preview, bool add, int? drop)
    {
        if (add)
            Form.Rows.Add(new PostRow());
        if (drop is { } row && row >= 0 && row < Form.Rows.Count)
            Form.Rows.RemoveAt(row);
        var line = check.Line(Form, Letter.Asks, ModelState);
        if (!preview)
            ModelState.Clear();
        return await ShowAsync(line: line);
    }

    private async Task<IActionResult> SignAsync()
    {
        if (tokens.NonceOf(Proof, Letter.Id) is not { } nonce)
            return await ShowAsync("once-more", StatusCodes.Status400BadRequest);
        var line = check.Line(Form, Letter.Asks, ModelState);
        var address = check.Address(Form, ModelState);
        check.Ticks(Form.Ticks, ModelState);
        check.Agreement(Form, ModelState);
        if (!ModelState.IsValid)
            return await ShowAsync(status: StatusCodes.Status422UnprocessableEntity, line: line);
        if (attempts.CountForm(Letter, Network, address!) is { } over)
            return await ShowAsync(NoticeOf(over.Of), StatusCodes.Status429TooManyRequests, line, over.Minutes);
        var isSuspect = attempts.IsUnderSuspicion(Letter, Network, address!.Domain) && !work.IsDone(Work, nonce);
        var outcome = await intake.TakeAsync(Letter.Id, Source, line, address, nonce, new(Form.Revision, attempts.NetworkTag(Letter, Network), isSuspect), Form.Ticks, HttpContext.RequestAborted);
        if (outcome.Result != IntakeResult.Taken)
            return await ShowAsync("refused", StatusCodes.Status409Conflict, line);
        return LocalRedirect(RequestTongue.Carry(HttpContext) + "/confirmation/" + keys.Token(TokenPurpose.Tab, outcome.SignatureId));
    }

    private static string NoticeOf(LimitOf limit) => limit switch
    {
        LimitOf.Domain => "too-many-domain",
        LimitOf.Letter => "too-many-letter",
        _ => "too-many",
    };

    private async Task<bool> FindAsync()
    {
        if (RouteData.Values["slug"] is string slug)
            Published = published.Find(slug);
        else if (await PrivateAsync((string?)RouteData.Values["token"]) is { } found)
            (Letter, Published) = (found, found.IsPublic ? published.Find(found.Slug) : null);
        Letter = Published?.Letter ?? Letter;
        if (Letter is null)
            return false;
        Words = Published?.Words ?? LetterWords.Of(Letter);
        Revision = Published?.Revision.Number ?? Math.Max(1, Letter.CurrentRevision);
        return true;
    }

    private async Task<Letter?> PrivateAsync(string? token)
    {
        if (!InstanceKeys.TryReadId(token, out var id))
            return null;
        var letter = await db.Letters.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, HttpContext.RequestAborted);
        return letter is { State: not LetterState.Draft } && keys.IsToken(token, TokenPurpose.PrivateLetter, id, letter.PrivateLinkRound) ? letter : null;
    }

    private async Task<IActionResult> ShowAsync(string? notice = null, int status = StatusCodes.Status200OK, TypedLine? line = null, int minutes = 0)
    {
        Refusal = await Intake.RefusalAsync(db, Letter, Source, HttpContext.RequestAborted);
        (Notice, Minutes, Line) = (notice, minutes, line ?? LineOf());
        // A form that was posted well keeps its one-time number, or pressing twice would be two signatures.
        if (tokens.NonceOf(Proof, Letter.Id) is null)
            Proof = tokens.For(Letter.Id);
        if (attempts.IsUnderSuspicion(Letter, Network))
            Asked = work.For(tokens.NonceOf(Proof, Letter.Id)!);
        if (Form.Rows.Count == 0 && Form.Served is null && Form.Name is not null && Letter.Asks.HasFlag(Asks.Service))
            Form.Rows.Add(new PostRow());
        await FirstAsync();
        ModelState.Remove(nameof(Proof));
        Response.Headers.CacheControl = "no-store";
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>What will stand beside the name once the six digits are typed, as far as the address tells. The roster is never told.</summary>
    public SignatureLevel Level =>
        EmailAddress.TryParse(Form.Email, out var address, out _) && Letter.DomainOf(address.Domain) is not null ? SignatureLevel.Domain : SignatureLevel.Email;

    /// <summary>Domains of which the letter says that an address there is a work address.</summary>
    public IReadOnlyList<ListedDomain> WorkDomains => [.. Letter.Domains.Where(d => Letter.DomainOf(d.Domain) == d)];

    private TypedLine? LineOf() => Form.Name is null ? null : check.Line(Form, Letter.Asks, new());

    private async Task FirstAsync()
    {
        if (Published is { Counts.Standing: > 0 } published)
            FirstNames = [.. (await db.FirstAsync(published, 3, HttpContext.RequestAborted)).Select(l => l.Name)];
    }
}
