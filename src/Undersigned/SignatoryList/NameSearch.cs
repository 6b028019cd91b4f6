using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

/// <summary>What a search found: signatories of that name, or else the nearest, where one is near.</summary>
public sealed record NamesFound(IReadOnlyList<RollLine> Lines, RollLine? Nearest, bool MayBeMore);

/// <summary>
/// Looks a name up on the list. Candidates come from the engine's index of three-letter pieces (the files .Sqlite and .Postgres);
/// which of them is the name is decided here, the same on both.
/// </summary>
public sealed partial class NameSearch(UndersignedDb db)
{
    private const int MostCandidates = 500;
    private const int MostShown = 200;
    private const int MostWords = 6;
    private const double NearEnough = 0.2;

    public async Task<NamesFound> FindAsync(AskedList list, string query, CancellationToken cancellation)
    {
        string[] words = [.. NameMatch.Fold(query).Take(MostWords)];
        var pieces = words.SelectMany(NameMatch.Pieces).Distinct().ToList();
        if (pieces.Count == 0)
            return new NamesFound([], null, false);
        var letter = list.Letter;
        var fitting = list.Filter.Apply(db.Lines.StandingAt(letter), db, letter.Letter.Eras);
        var candidates = await (db.Database.IsNpgsql() ? PostgresCandidates(letter, pieces) : SqliteCandidates(letter, pieces))
            .AsNoTracking().Select(l => new
            {
                Line = new RollLine(l.Number, l.Level, l.Record, l.SortName, l.Since),
                l.FoldedName,
                Fits = fitting.Any(f => f.LetterId == l.LetterId && f.LeafIndex == l.LeafIndex),
            }).ToListAsync(cancellation);
        var found = candidates.Where(c => c.Fits).Select(c => (c.Line, Slips: NameMatch.Slips(words, c.FoldedName))).Where(c => c.Slips is not null)
            .OrderBy(c => c.Slips).ThenBy(c => c.Line.SortName, StringComparer.Ordinal).ThenBy(c => c.Line.Number).Select(c => c.Line).ToList();
        var nearest = found.Count > 0
            ? null
            : candidates.Where(c => c.Fits).Select(c => (c.Line, Near: NameMatch.Nearness(words, c.FoldedName))).Where(c => c.Near >= NearEnough)
                .OrderByDescending(c => c.Near).Select(c => c.Line).FirstOrDefault();
        return new NamesFound([.. found.Take(MostShown)], nearest, found.Count > MostShown || candidates.Count == MostCandidates && found.Count > 0);
    }

    /// <summary>How many signatures of the letter no person has looked at yet.</summary>
    public Task<int> WaitingAsync(PublishedLetter letter, CancellationToken cancellation)
    {
        var id = letter.Letter.Id;
        return db.Signatures.CountAsync(s => s.LetterId == id && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview), cancellation);
    }
}
