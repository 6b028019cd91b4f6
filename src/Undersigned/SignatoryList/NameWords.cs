using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

/// <summary>
/// The words that the names of a letter's list are made of, each once, in memory: a million names have some ten thousand. A word that was
/// mistyped is looked for among them, and only what it can mean among the names. They are read once and then as the list grows; a word whose
/// last name has left stays until the next start and finds nothing.
/// </summary>
public sealed class NameWords(IDbContextFactory<UndersignedDb> databases)
{
    private readonly ConcurrentDictionary<long, Vocabulary> known = new();

    /// <summary>The words of the letter's list at its size, or a little later.</summary>
    public async Task<Vocabulary> OfAsync(PublishedLetter letter, CancellationToken cancellation)
    {
        var words = known.GetOrAdd(letter.Letter.Id, _ => new Vocabulary());
        var (id, from, to) = (letter.Letter.Id, words.Size, letter.LatestSize);
        if (from < to)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var came = new Dictionary<string, int>(StringComparer.Ordinal);
            await foreach (var name in db.Lines.Where(l => l.LetterId == id && l.LeafIndex >= from && l.LeafIndex < to).Select(l => l.FoldedName).AsAsyncEnumerable().WithCancellation(cancellation))
                foreach (var word in NameMatch.WordsOf(name))
                    came[word] = came.GetValueOrDefault(word) + 1;
            words.Grow(came, from, to);
        }
        return words;
    }
}
