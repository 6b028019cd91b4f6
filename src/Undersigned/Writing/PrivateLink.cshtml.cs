using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>The link with which the first people sign before anything is public: made, capped, switched off, replaced.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class PrivateLinkModel(UndersignedDb db, Instance instance, InstanceKeys keys, TimeProvider time) : StaffPage(db, time)
{
    public const int LargestCap = 10_000;

    [BindProperty]
    public string? Cap { get; set; }

    public bool IsMade => Letter is { State: LetterState.Private, PrivateLinkRound: > 0 };
    public string Link => instance.UrlIn(Letter.Language, "/private/" + keys.Token(TokenPurpose.PrivateLetter, Letter.Id, Letter.PrivateLinkRound));
    public int Signed { get; private set; }
    public int NotConfirmed { get; private set; }
    public IReadOnlyList<string> Missing { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Cap = Letter.PrivateLinkCap.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await LoadAsync();
    }

    /// <summary>The first link of a draft, or a new one in the place of the old, which dies.</summary>
    public Task<IActionResult> OnPostMakeAsync() => ActAsync("private-link-made", () =>
    {
        if (LetterChecks.Missing(Letter).Count > 0)
            return false;
        (Letter.State, Letter.PrivateLinkOn) = (LetterState.Private, true);
        Letter.PrivateLinkRound++;
        return true;
    });

    public Task<IActionResult> OnPostSwitchAsync(bool on) => ActAsync(on ? "private-link-on" : "private-link-off", () =>
    {
        Letter.PrivateLinkOn = on;
        return IsMade;
    });

    public Task<IActionResult> OnPostCapAsync() => ActAsync("private-link-cap", () =>
    {
        if (!int.TryParse(Cap, System.Globalization.CultureInfo.InvariantCulture, out var cap) || cap is < 1 or > LargestCap)
        {
            ModelState.AddModelError("cap", "A number from 1 to 10,000.");
            return false;
        }
        Letter.PrivateLinkCap = cap;
        return true;
    });

    private async Task<IActionResult> ActAsync(string what, Func<bool> act)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(HttpContext.RequestAborted);
        await Db.LockAsync(Letter, HttpContext.RequestAborted);
        if (Letter.State is LetterState.Draft or LetterState.Private && act())
        {
            Record(what);
            await Db.SaveChangesAsync(HttpContext.RequestAborted);
            await transaction.CommitAsync(HttpContext.RequestAborted);
            return RedirectToPage();
        }
        await transaction.RollbackAsync(HttpContext.RequestAborted);
        await Db.Entry(Letter).ReloadAsync(HttpContext.RequestAborted);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Missing = LetterChecks.Missing(Letter);
        var through = Db.Signatures.Where(s => s.LetterId == Letter.Id && s.Source == SignatureSource.PrivateLink);
        Signed = await through.CountAsync(s => s.State == SignatureState.Confirmed || s.State == SignatureState.InReview
            || s.State == SignatureState.Admitted || s.State == SignatureState.Listed, HttpContext.RequestAborted);
        NotConfirmed = await through.CountAsync(s => s.State == SignatureState.Submitted, HttpContext.RequestAborted);
    }
}
