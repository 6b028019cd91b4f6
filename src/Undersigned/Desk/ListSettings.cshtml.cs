using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Desk;

/// <summary>One whom the organiser puts first.</summary>
public sealed record FirstOne(long Id, int? Number, string Name, SignatureState State);

/// <summary>Who stands first under the letter, and by what its names are sorted. Shown alone: the record says nothing of it.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class ListSettingsModel(UndersignedDb db, TimeProvider time, PublishedLetters published) : StaffPage(db, time)
{
    public IReadOnlyList<FirstOne> First { get; private set; } = [];

    /// <summary>A number, or a name as it stands, typed by hand.</summary>
    [BindProperty]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    /// <summary>One that was found here or on their own page of the desk, behind the others.</summary>
    public async Task<IActionResult> OnPostAddAsync(long? signature, CancellationToken cancellation)
    {
        var found = signature is { } id ? await MayStand().Where(s => s.Id == id).ToListAsync(cancellation) : await FindAsync(cancellation);
        if (found is not [var one])
            return await WrongAsync(found.Count == 0 ? "Nobody who is let in has this number or, written just so, this name." : $"{found.Count} people bear this name. Write the number, or open the person in the grid.", cancellation);
        if (Letter.FirstSignatures.Count >= Letter.MostFirst)
            return await WrongAsync($"At most {Letter.MostFirst} can stand first. Take somebody off.", cancellation);
        return await ChangeAsync("first-signatory", one.Id, ids => ids.Contains(one.Id) || ids.Count >= Letter.MostFirst ? ids : [.. ids, one.Id], cancellation);
    }

    public Task<IActionResult> OnPostUpAsync(long signature, CancellationToken cancellation) => ChangeAsync("first-signatory-moved", signature, ids => Moved(ids, signature, -1), cancellation);

    public Task<IActionResult> OnPostDownAsync(long signature, CancellationToken cancellation) => ChangeAsync("first-signatory-moved", signature, ids => Moved(ids, signature, 1), cancellation);

    public Task<IActionResult> OnPostOffAsync(long signature, CancellationToken cancellation) => ChangeAsync("first-signatory-off", signature, ids => [.. ids.Where(i => i != signature)], cancellation);

    public async Task<IActionResult> OnPostOrderAsync(ListOrder order, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(order))
            return NotFound();
        if (Letter.ListOrder != order)
        {
            Letter.ListOrder = order;
            Record("list-order", detail: order == ListOrder.Time ? "as they came" : "by family name");
            await Db.SaveChangesAsync(cancellation);
            await published.RefreshAsync(cancellation);
        }
        return Here("order");
    }

    private static List<long> Moved(List<long> ids, long id, int by)
    {
        var (from, moved) = (ids.IndexOf(id), new List<long>(ids));
        if (from < 0 || from + by < 0 || from + by >= ids.Count)
            return ids;
        (moved[from], moved[from + by]) = (moved[from + by], moved[from]);
        return moved;
    }

    private async Task<IActionResult> ChangeAsync(string what, long signatureId, Func<List<long>, List<long>> change, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        var changed = change(Letter.FirstSignatures);
        if (!changed.SequenceEqual(Letter.FirstSignatures) && await Db.Signatures.SingleOrDefaultAsync(s => s.Id == signatureId && s.LetterId == Letter.Id, cancellation) is { } signature)
        {
            Letter.FirstSignatures = changed;
            var place = changed.IndexOf(signatureId) + 1;
            Record(what, signature, detail: place == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"place {place}"));
            await Db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            await published.RefreshAsync(cancellation);
        }
        return Here("first");
    }

    private async Task<List<Signature>> FindAsync(CancellationToken cancellation)
    {
        var typed = (Who ?? "").Trim().TrimStart('№', '#').Trim();
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return await MayStand().Where(s => s.Number == number).ToListAsync(cancellation);
        var folded = NameFolding.Fold(typed);
        return folded.Length == 0 ? [] : await MayStand().Where(s => s.FoldedName == folded).ToListAsync(cancellation);
    }

    private IQueryable<Signature> MayStand() =>
        Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id && (s.State == SignatureState.Listed || s.State == SignatureState.Admitted));

    private LocalRedirectResult Here(string did) => LocalRedirect($"~/desk/letters/{Letter.Id}/list?did={did}");

    private async Task<IActionResult> WrongAsync(string why, CancellationToken cancellation)
    {
        ModelState.AddModelError("who", why);
        await LoadAsync(cancellation);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var ids = Letter.FirstSignatures;
        var found = await Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id && ids.Contains(s.Id)).Select(s => new FirstOne(s.Id, s.Number, s.Name, s.State)).ToListAsync(cancellation);
        First = [.. found.OrderBy(f => ids.IndexOf(f.Id))];
    }
}
