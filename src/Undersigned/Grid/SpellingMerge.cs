using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>Spellings that become one.</summary>
public sealed record Merge(IReadOnlyList<string> From, string To);

/// <summary>Counts the spellings of a letter's lines, and merges them: one act, undone as a whole.</summary>
public sealed class SpellingMerge(UndersignedDb db, GridEdits edits)
{
    /// <summary>Of everything that stands or may come to stand.</summary>
    public async Task<IReadOnlyList<Spelling>> CountAsync(long letterId, GridColumn column, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var posts in Standing(letterId).Select(s => s.Posts).AsAsyncEnumerable().WithCancellation(cancellation))
            foreach (var post in posts)
                if (Part(post, column) is { Length: > 0 } text)
                    counts[text] = counts.GetValueOrDefault(text) + 1;
        return [.. counts.Select(c => new Spelling(c.Key, c.Value))];
    }

    private IQueryable<Signature> Standing(long letterId) => db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId
        && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed));

    public async Task<GridOutcome> MergeAsync(Letter letter, long accountId, GridColumn column, IReadOnlyList<Merge> merges, CancellationToken cancellation)
    {
        var to = merges.SelectMany(m => m.From.Select(from => (from, m.To))).Where(m => m.from != m.To).DistinctBy(m => m.from).ToDictionary(m => m.from, m => m.To, StringComparer.Ordinal);
        var cells = new List<CellEdit>();
        // Names of bodies are shared by many, so a merge is of whole parts and never of a part of one.
        await foreach (var s in Standing(letter.Id).OrderBy(s => s.Id).AsAsyncEnumerable().WithCancellation(cancellation))
            if (s.Posts.Any(p => Part(p, column) is { } text && to.ContainsKey(text)))
                cells.Add(new CellEdit(s.Id, GridCells.Mark(s), column, GridCells.Joined(s.Posts, p => Part(p, column) is { } text ? to.GetValueOrDefault(text, text) : null)));
        return await edits.WriteAsync(letter, accountId, "merge-spellings", "typo", cells, cancellation);
    }

    private static string? Part(Post post, GridColumn column) => (column == GridColumn.Position ? post.Position : post.Organization)?.Trim();
}
