using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.SignatoryList;

namespace Undersigned.Figures;

/// <summary>The eras that signatories are counted by. They are rules of the letter: after publication a change is an entry of the record.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class ErasModel(UndersignedDb db, FigureQuery query, PublishedLetters published, WorkSignal work, IStringLocalizer<SharedTexts> shared, TimeProvider time) : StaffPage(db, time)
{
    private const int LongestNoun = 40;

    [BindProperty]
    public string? Lines { get; set; }
    [BindProperty]
    public string? One { get; set; }
    [BindProperty]
    public string? Many { get; set; }
    [BindProperty]
    public string? Group { get; set; }
    [BindProperty]
    public string? Groups { get; set; }
    [BindProperty(SupportsGet = true)]
    public bool Kept { get; set; }

    public Figure Figure { get; private set; } = null!;
    /// <summary>What the letter's page says of it; null while there is nothing to say.</summary>
    public string? Sentence { get; private set; }
    public bool IsOpen => Letter.State != LetterState.Closed;

    public Task OnGetAsync(CancellationToken cancellation)
    {
        Lines = EraLines.Write(Letter.Eras);
        (One, Many, Group, Groups) = (Letter.EraWords.Era, Letter.EraWords.Eras, Letter.EraWords.Group, Letter.EraWords.Groups);
        return LoadAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        var (eras, wrong) = EraLines.Read(Lines);
        if (!IsOpen)
            ModelState.AddModelError(nameof(Lines), "The letter is closed: its rules do not change any more.");
        else if (wrong is not null)
            ModelState.AddModelError(nameof(Lines), wrong);
        foreach (var (field, value) in new[] { (nameof(One), One), (nameof(Many), Many), (nameof(Group), Group), (nameof(Groups), Groups) })
            if (value?.Trim() is not { Length: > 0 and <= LongestNoun })
                ModelState.AddModelError(field, $"One or a few words, at most {LongestNoun} characters.");
        if (!ModelState.IsValid)
        {
            await LoadAsync(cancellation);
            return Page();
        }
        Letter.Eras = [.. eras];
        Letter.EraWords = new EraWords { Era = One!.Trim(), Eras = Many!.Trim(), Group = Group!.Trim(), Groups = Groups!.Trim() };
        await Db.ReviseRulesAsync(Letter, Now, cancellation);
        Record("set-eras", detail: $"{eras.Count} eras");
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await published.RefreshAsync(cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{Letter.Id}/eras?kept=true");
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Figure = await query.CountAsync(Letter, null, ListFilter.None, cancellation);
        Sentence = shared.Served([.. Figure.Found.Eras.Select(e => (e.Era, e.Count))], Letter.EraWords, Figure.Found.WithYears);
    }
}
