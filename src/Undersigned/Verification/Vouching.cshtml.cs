using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>Somebody the signer vouched for.</summary>
public sealed record GivenVouch(Evidence Vouch, Signature For);

/// <summary>A checked signatory says of others that they know them: first the line, then the word.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class VouchingModel(UndersignedDb db, PublishedLetters published, InstanceKeys keys, VouchActs acts) : TokenPage(db, published, keys)
{
    [BindProperty]
    public string? Who { get; set; }

    /// <summary>The line that is asked about.</summary>
    public Signature? Other { get; private set; }
    public VouchResult? Refused { get; private set; }
    public bool LacksTick { get; private set; }
    public IReadOnlyList<GivenVouch> Given { get; private set; } = [];

    public string Here => $"signature/{Token}/vouching";
    public int Left => Signature.MostVouches - Given.Count;

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostLineAsync()
    {
        if (!await OpenAsync())
            return NotFound();
        await LookAsync();
        return Show();
    }

    public async Task<IActionResult> OnPostWordAsync(bool sure, string? seen)
    {
        if (!await OpenAsync())
            return NotFound();
        await LookAsync();
        LacksTick = Other is not null && !sure;
        if (Other is null || LacksTick)
            return Show();
        var result = await acts.VouchAsync(Signature.Id, Other.Id, seen, HttpContext.RequestAborted);
        if (result == VouchResult.Done)
            return LocalRedirect("~/" + Here);
        Refused = result;
        Other = result == VouchResult.LineChanged ? Other : null;
        return Show();
    }

    public async Task<IActionResult> OnPostBackAsync(long vouch)
    {
        if (!await OpenAsync())
            return NotFound();
        await acts.TakeBackAsync(Signature.Id, vouch, HttpContext.RequestAborted);
        return LocalRedirect("~/" + Here);
    }

    private async Task LookAsync()
    {
        Other = await acts.FindAsync(Db, Letter.Id, Who, HttpContext.RequestAborted);
        Refused = Other is null ? VouchResult.Nobody : await VouchActs.RefusalAsync(Db, Signature, Other, HttpContext.RequestAborted);
        if (Refused is not null)
            Other = null;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show()
    {
        if (Refused is not null || LacksTick)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> OpenAsync()
    {
        if (!await FindAsync(TokenPurpose.Own) || !Signature.MayVouch(Evidence))
            return false;
        var rows = await Db.Evidence.AsNoTracking().Where(e => e.VoucherId == Signature.Id && e.EndedAt == null)
            .Join(Db.Signatures, e => e.SignatureId, s => s.Id, (e, s) => new { Vouch = e, For = s }).ToListAsync(HttpContext.RequestAborted);
        Given = [.. rows.OrderBy(r => r.Vouch.Id).Select(r => new GivenVouch(r.Vouch, r.For))];
        return true;
    }
}
