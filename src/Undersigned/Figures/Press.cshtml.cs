using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Figures;

/// <summary>Somebody who may be called, as far as it is shown without opening the number.</summary>
/// <param name="LastGiven">When, and to which paper, they were last given out.</param>
public sealed record Callable(Signature Signature, StaffAct? LastGiven);

/// <summary>"A signer in Ohio who will talk": those who ticked it. Opening a number, and giving it out, are acts on record.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class PressModel(UndersignedDb db, TimeProvider time) : StaffPage(db, time)
{
    private const string Opened = "open-telephone";
    private const string Given = "given-to-reporter";
    private const int MostShown = 100;
    private const int LongestOutlet = 100;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Asked { get; set; }

    public IReadOnlyList<Callable> Found { get; private set; } = [];
    public int All { get; private set; }
    public int Fitting { get; private set; }
    /// <summary>Whose number is open, on this answer alone.</summary>
    public long? OpenId { get; private set; }
    public string? Outlet { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        // Who may be called, and where: told to the desk alone. The number itself is an act of its own.
        if (Found.Count > 0)
            await LookedAtAsync(null, $"{StaffWords.Count(Found.Count, "signer", "signers")} whom the press may call, with their places", cancellation);
    }

    public async Task<IActionResult> OnPostOpenAsync(long signature, CancellationToken cancellation)
    {
        if (await CallableAsync(signature, cancellation) is not { } callable)
            return NotFound();
        return await ShowNumberAsync(callable, cancellation);
    }

    private async Task<IActionResult> ShowNumberAsync(Signature callable, CancellationToken cancellation)
    {
        Record(Opened, callable);
        await Db.SaveChangesAsync(cancellation);
        OpenId = callable.Id;
        await LoadAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostGivenAsync(long signature, string? outlet, CancellationToken cancellation)
    {
        if (await CallableAsync(signature, cancellation) is not { } callable)
            return NotFound();
        Outlet = outlet?.Trim();
        if (Outlet is not { Length: > 0 and <= LongestOutlet })
        {
            ModelState.AddModelError("outlet", $"To which paper or station? At most {LongestOutlet} characters.");
            return await ShowNumberAsync(callable, cancellation);
        }
        Record(Given, callable, detail: Outlet);
        await Db.SaveChangesAsync(cancellation);
        return LocalRedirect($"~/desk/letters/{Letter.Id}/press{QueryString.Create("q", Asked ?? "")}");
    }

    private IQueryable<Signature> MayBeCalled => Db.Signatures.Where(s =>
        s.LetterId == Letter.Id && s.PressMayCall && (s.State == SignatureState.Admitted || s.State == SignatureState.Listed));

    private Task<Signature?> CallableAsync(long id, CancellationToken cancellation) => MayBeCalled.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation);

    private async Task LoadAsync(CancellationToken cancellation)
    {
        // Where they may be reached is sealed: it is looked through here, not in the database.
        var all = await MayBeCalled.AsNoTracking().OrderBy(s => s.Number).ThenBy(s => s.Id).ToListAsync(cancellation);
        var words = NameFolding.Fold(Asked ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fitting = all.Where(s => words.All(Searched(s).Contains)).ToList();
        (All, Fitting) = (all.Count, fitting.Count);
        var shown = fitting.Take(MostShown).ToList();
        var ids = shown.Select(s => (long?)s.Id).ToList();
        var given = await Db.Acts.AsNoTracking().Where(a => a.LetterId == Letter.Id && a.What == Given && ids.Contains(a.SignatureId)).OrderBy(a => a.Id).ToListAsync(cancellation);
        var last = given.GroupBy(a => a.SignatureId!.Value).ToDictionary(g => g.Key, g => g.Last());
        Found = [.. shown.Select(s => new Callable(s, last.GetValueOrDefault(s.Id)))];
    }

    private static string Searched(Signature s) =>
        NameFolding.Fold(string.Join(' ', [s.Name, s.Place, s.Location, .. s.Posts.SelectMany(p => new[] { p.Position, p.Organization })]));

    public static string DialledAs(string telephone) => "tel:" + string.Concat(telephone.Where(c => char.IsAsciiDigit(c) || c == '+'));

    public string Number(Signature signature) => signature.Number is { } n ? Shared.Printed.Signature(n) : "№ –";

    public string IdOf(Signature signature) => signature.Id.ToString(CultureInfo.InvariantCulture);
}
