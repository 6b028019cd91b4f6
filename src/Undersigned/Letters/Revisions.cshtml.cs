using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>One revision among all.</summary>
/// <param name="Difference">What it changed of the words; null for the first, and where the rules alone changed.</param>
/// <param name="Standing">How many who stand signed these words; null where the rules alone changed.</param>
public sealed record RevisionEntry(Revision Revision, RevisionDifference? Difference, int? Standing);

/// <summary>What was signed: every revision of the letter, what each changed, and how many signed which words.</summary>
[PublicPage]
public sealed class RevisionsModel(PublishedLetters letters, UndersignedDb db, IStringLocalizer<LettersTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    /// <summary>Newest first.</summary>
    public IReadOnlyList<RevisionEntry> All { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        Published = letter;
        All = await RevisionsAsync(letter, cancellation);
        ViewData.Frame(LayoutModel.Of(letter, texts["revisions-title", letter.Words.Title], "letter"));
        return Page();
    }

    private async Task<IReadOnlyList<RevisionEntry>> RevisionsAsync(PublishedLetter letter, CancellationToken cancellation)
    {
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.LetterId == letter.Letter.Id && r.Number <= letter.Revision.Number).OrderBy(r => r.Number).ToListAsync(cancellation);
        var signed = await db.Lines.StandingAt(letter).Join(db.Signatures, l => l.SignatureId, s => s.Id, (l, s) => s.Revision)
            .GroupBy(r => r).Select(g => new { Revision = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Revision, g => g.Count, cancellation);
        var entries = new List<RevisionEntry>();
        foreach (var revision in revisions)
        {
            var count = signed.GetValueOrDefault(revision.Number);
            if (entries.Count > 0 && revision.TextHash.AsSpan().SequenceEqual(entries[^1].Revision.TextHash))
            {
                // The same words under other rules: who signed meanwhile signed those words.
                var words = entries.FindLastIndex(e => e.Standing is not null);
                entries[words] = entries[words] with { Standing = entries[words].Standing + count };
                entries.Add(new RevisionEntry(revision, null, null));
            }
            else
            {
                var difference = entries.Count == 0 ? null : RevisionDifference.Of(LetterWords.Of(entries[^1].Revision), LetterWords.Of(revision));
                entries.Add(new RevisionEntry(revision, difference, count));
            }
        }
        entries.Reverse();
        return entries;
    }
}
