using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;

namespace Undersigned.Translations;

/// <summary>A published translation on the desk.</summary>
public sealed record DeskTranslation(LetterPost Post, PostWords Words);

/// <summary>Writes translations of the words that are signed, shows them before they are published, and says which have been overtaken by a newer revision.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(1024 * 1024)]
public sealed class TranslationDeskModel(UndersignedDb db, TimeProvider time, TranslationWriter writer) : StaffPage(db, time)
{
    [BindProperty]
    public TranslationForm Form { get; set; } = new();

    /// <summary>Null before anybody has signed.</summary>
    public Revision? Revision { get; private set; }
    public LetterWords Words { get; private set; } = null!;
    public IReadOnlyList<DeskTranslation> All { get; private set; } = [];
    public LetterView? Preview { get; private set; }
    [FromQuery]
    public string? Done { get; set; }

    public async Task OnGetAsync(long? correct, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (All.SingleOrDefault(t => t.Post.Id == correct) is { } translation)
            Form = TranslationForm.Of(translation.Post);
    }

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Preview = new LetterView(Form.AsLetter(Words));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!Letter.IsPublic)
            return Back("not-public");
        await LoadAsync(cancellation);
        foreach (var (field, problem) in Form.Problems(Words))
            ModelState.AddModelError(field, problem);
        if (!ModelState.IsValid)
            return Page();
        var outcome = await writer.PublishAsync(Letter, Form, _ => Record(Form.Replaces is null ? "publish-translation" : "correct-translation", detail: Form.Language), cancellation);
        if (outcome is TranslationOutcome.Published or TranslationOutcome.AlreadyThere)
            return Back(outcome == TranslationOutcome.Published ? "published" : "already");
        ModelState.AddModelError("language", outcome == TranslationOutcome.LanguageTaken
            ? "There is a translation in this language already: correct that one, below."
            : "Somebody corrected this meanwhile. What you typed is still here: open theirs below, and correct that.");
        return Page();
    }

    private LocalRedirectResult Back(string done) => LocalRedirect($"~/desk/letters/{Letter.Id}/translations?done={done}");

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Revision = Letter.IsPublic ? await TranslationWriter.RevisionAsync(Db, Letter.Id, cancellation) : null;
        Words = Revision is null ? LetterWords.Of(Letter) : LetterWords.Of(Revision);
        All = [.. (await TranslationWriter.CurrentAsync(Db, Letter.Id, cancellation)).Select(p => new DeskTranslation(p, PostWords.Parse(p.Text)))];
    }
}
