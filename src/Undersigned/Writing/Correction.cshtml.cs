using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>
/// Corrects words that somebody has signed, where the sense stays: a new revision with a public difference. Who signed before signed
/// the words of then; another sense is another letter.
/// </summary>
[StaffOnly(StaffRole.Owner)]
[RequestSizeLimit(3 * PastedDocument.Longest)]
public sealed class CorrectionModel(UndersignedDb db, WorkSignal work, TimeProvider time) : StaffPage(db, time)
{
    /// <summary>Beyond this share of the words, one in so many, it is another letter.</summary>
    private const int OneIn = 5;
    /// <summary>Words that a short letter may change all the same.</summary>
    private const int AlwaysAllowed = 12;

    public static IReadOnlyList<(string Code, string Words)> Reasons { get; } =
    [
        ("typo", "A slip in the writing"),
        ("error", "A mistake of fact, such as a wrong date"),
        ("update", "Something in it has changed, such as a name or a title"),
        ("legal", "The law requires it"),
        ("other", "Something else"),
    ];

    [BindProperty]
    public TextForm Form { get; set; } = new();
    [BindProperty]
    public string? Reason { get; set; }
    [BindProperty]
    public bool SameSense { get; set; }
    /// <summary>The revision that was open before the owner's eyes.</summary>
    [BindProperty]
    public int Seen { get; set; }
    [BindProperty(SupportsGet = true)]
    public int? Made { get; set; }

    public RevisionDifference? Difference { get; private set; }

    public IActionResult OnGet()
    {
        if (Letter.CurrentRevision == 0 || Letter.State == LetterState.Closed)
            return NotFound();
        (Form, Seen) = (TextForm.Of(Letter), Letter.CurrentRevision);
        return Page();
    }

    public IActionResult OnPostPreview()
    {
        Check(isLast: false);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        if (!Check(isLast: true))
            return Page();
        var words = Form.Words;
        (Letter.Title, Letter.Addressees, Letter.Body, Letter.Demands) = (words.Title, words.Addressees, words.Body, [.. words.Demands]);
        await Db.ReviseWordsAsync(Letter, Reason!, Now, cancellation);
        Record("correct-words", detail: $"revision {Letter.CurrentRevision}, {Reason}");
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{Letter.Id}/text/correction?made={Letter.CurrentRevision}");
    }

    private bool Check(bool isLast)
    {
        (Form.Language, Form.Organiser) = (Letter.Language, Letter.Organiser);
        foreach (var (field, problem) in Form.ProblemsOfWords())
            ModelState.AddModelError(field, problem);
        var (before, after) = (LetterWords.Of(Letter), Form.Words);
        Difference = RevisionDifference.Of(before, after);
        if (Letter.CurrentRevision == 0 || Letter.State == LetterState.Closed)
            ModelState.AddModelError("body", "The words of a letter that nobody has signed are edited as text, and those of a closed one stand.");
        else if (Seen != Letter.CurrentRevision)
            ModelState.AddModelError("body", "The letter was revised while you wrote. What you typed is kept: compare it with the words of now, below, and go on.");
        else if (Difference.IsNone)
            ModelState.AddModelError("body", "Nothing differs from the words that stand.");
        else if (before.Demands.Count != after.Demands.Count)
            ModelState.AddModelError("demands", "A correction has as many demands as the letter. One more, or one less, is another letter.");
        else if (Difference.Changed > Math.Max(AlwaysAllowed, Count(before) / OneIn))
            ModelState.AddModelError("body", $"{Difference.Changed} words differ. That many are no correction: people signed something else. Write a new letter.");
        if (isLast && Reasons.All(r => r.Code != Reason))
            ModelState.AddModelError("reason", "Say why.");
        if (isLast && !SameSense)
            ModelState.AddModelError("samesense", "Tick that the sense is the same, or leave the words as they are.");
        Seen = Letter.CurrentRevision;
        return ModelState.IsValid;
    }

    private static int Count(LetterWords words) =>
        string.Join(' ', [words.Title, words.Addressees, words.Body, .. words.Demands]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
