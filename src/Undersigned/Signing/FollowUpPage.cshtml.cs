using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>
/// Behind the link mailed to a signatory of an earlier letter: the letter, their line as it will stand, one button. Opening changes nothing;
/// the button demands the same tick as the form does, which no program that follows links sets.
/// </summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class FollowUpPageModel(UndersignedDb db, PublishedLetters published, InstanceKeys keys, FormCheck check, FollowUpSigning signing, Attempts attempts) : PageModel
{
    private const int MostRowsShown = 20;

    [BindProperty]
    public SignForm Form { get; set; } = new();

    public Letter Letter { get; private set; } = null!;
    public Letter Earlier { get; private set; } = null!;
    /// <summary>On the earlier letter.</summary>
    public Signature Signature { get; private set; } = null!;
    public LetterView View { get; private set; } = null!;
    public TypedLine Typed { get; private set; } = null!;
    /// <summary>What was checked there and comes along while the name stays the same; whether they are on the roster is the desk's own business.</summary>
    public IReadOnlyList<Evidence> Carried { get; private set; } = [];
    public SignatureLevel Level { get; private set; }
    /// <summary>Of their signature under this letter, if there is one.</summary>
    public string? OwnPage { get; private set; }
    public bool IsDeclined { get; private set; }
    /// <summary>Text key of what stands on top.</summary>
    public string? Notice { get; private set; }
    public int Minutes { get; private set; }
    /// <summary>Of the words that the page shows.</summary>
    public int Revision { get; private set; }
    public bool Stands => Signature is { State: SignatureState.Listed, Email: not null };
    public bool MaySign => Stands && OwnPage is null && Letter is { IsOpenForSigning: true, HoldSigning: false };
    public string? EarlierPath => Earlier.IsPublic && Signature.Number is { } number ? $"letters/{Earlier.Slug}/signatories/{number}" : null;

    private string Token => (string)RouteData.Values["token"]!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotFound();
        Form = SignForm.Of(Signature);
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(string? preview, string? add, int? drop, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotFound();
        ModelState.Clear();
        Form.ReadServed(check.ThisYear);
        Form.Rows = [.. Form.Rows.Take(MostRowsShown)];
        if (add is not null)
            Form.Rows.Add(new PostRow());
        if (drop is { } row && row >= 0 && row < Form.Rows.Count)
            Form.Rows.RemoveAt(row);
        Typed = check.Line(Form, Letter.Asks, ModelState);
        if (add is not null || drop is not null)
            ModelState.Clear();
        if (preview is not null || add is not null || drop is not null || !MaySign)
            return Show();
        check.Ticks(Form.Ticks, ModelState);
        check.Agreement(Form, ModelState);
        if (!ModelState.IsValid)
            return Show();
        if (attempts.Count(Attempt.Form, Letter, HttpContext.Connection.RemoteIpAddress) is { } minutes)
        {
            (Notice, Minutes) = (minutes == 1 ? "notice-too-many-one" : "notice-too-many", minutes);
            return Show(StatusCodes.Status429TooManyRequests);
        }
        var outcome = await signing.SignAsync(Letter.Id, Signature.Id, Typed, Form.Ticks, new FormOrigin(Form.Revision, attempts.NetworkTag(Letter, HttpContext.Connection.RemoteIpAddress)), cancellation);
        if (outcome.Result is FollowUpResult.Done or FollowUpResult.SignedBefore)
            return LocalRedirect("~/signature/" + keys.Token(TokenPurpose.Own, outcome.SignatureId));
        return await FindAsync(cancellation) ? Show(StatusCodes.Status409Conflict) : NotFound();
    }

    public async Task<IActionResult> OnPostNoAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotFound();
        if (OwnPage is null)
            await signing.DeclineAsync(Letter.Id, Signature.Id, cancellation);
        return LocalRedirect("~/follow-up/" + Token);
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (!InstanceKeys.TryReadId(Token, out var id))
            return false;
        var signature = await db.Signatures.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation);
        if (signature is null or { State: SignatureState.Erased })
            return false;
        var letters = await db.FollowUpMailings.Where(m => m.EarlierLetterId == signature.LetterId).Select(m => m.LetterId).ToListAsync(cancellation);
        var letterId = letters.SingleOrDefault(l => keys.IsToken(Token, TokenPurpose.FollowUp, id, (int)l));
        if (letterId == 0)
            return false;
        Signature = signature;
        Letter = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == letterId, cancellation);
        Earlier = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == signature.LetterId, cancellation);
        (View, Revision) = Letter.IsPublic && published.Find(Letter.Slug) is { } letter
            ? (LetterView.Of(letter), letter.Revision.Number)
            : (LetterView.Of(Letter), Math.Max(1, Letter.CurrentRevision));
        Carried = await db.Evidence.AsNoTracking().Where(e => e.SignatureId == id && e.EndedAt == null && e.Kind != EvidenceKind.Roster).OrderBy(e => e.Id).ToListAsync(cancellation);
        Carried = [.. Carried.Where(e => e.Kind != EvidenceKind.Domain || e.What is { } domain && !Letter.IsAddressees(domain))];
        IsDeclined = await db.FollowUpDeclines.AnyAsync(d => d.LetterId == letterId && d.SignatureId == id, cancellation);
        var own = EmailAddress.TryParse(signature.Email, out var address, out _)
            ? await db.CountingOf(letterId, keys.AddressTag(letterId, address)).Select(s => s.Id).FirstOrDefaultAsync(cancellation) : 0;
        OwnPage = own == 0 ? null : "signature/" + keys.Token(TokenPurpose.Own, own);
        return true;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show(int? status = null)
    {
        Typed ??= check.Line(Form, Letter.Asks, new());
        if (NameFolding.Fold(Typed.Name) != Signature.FoldedName)
            Carried = [];
        Level = Signature.LevelFrom(Carried);
        if (Level < SignatureLevel.Domain && Letter.DomainOf(Signature.EmailDomain) is not null)
            Level = SignatureLevel.Domain;
        Response.StatusCode = status ?? (ModelState.IsValid ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        return Page();
    }
}
