using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

/// <summary>What a search found: signatories of that name, or else the nearest, where one is near.</summary>
public sealed record NamesFound(IReadOnlyList<RollLine> Lines, RollLine? Nearest, bool MayBeMore);

/// <summary>
/// Looks a name up on the list: names that have each word as it was typed; where they do not fill a page, also those that have a word one slip
/// away; where there are none, the nearest. What was typed is turned into words of the list (<see cref="NameWords"/>), names are found by the
/// engine's index of their words (the files .Sqlite and .Postgres); which of what was found is the name is decided here, the same on both.
/// </summary>
public sealed partial class NameSearch(UndersignedDb db, NameWords vocabulary)
{
    private const int MostCandidates = 500;
    private const int MostShown = 200;
    private const int MostWords = 6;
    /// <summary>Of the words that begin as one word does, as many of the commonest are looked for.</summary>
    private const int MostBegun = 1_000;
    /// <summary>Of the words that one word can mean, the commonest are looked for; short ones have hundreds of neighbours.</summary>
    private const int MostMeant = 20;
    private const int MostNear = 5;
    private const double NearEnough = 0.2;

    public async Task<NamesFound> FindAsync(AskedList list, string query, CancellationToken cancellation)
    {
        string[] asked = [.. NameMatch.Fold(query).Take(MostWords)];
        // An initial is found in the names that the other words find.
        var words = asked.Where(w => w.Length > 1).ToList();
        if (words.Count == 0)
            return new NamesFound([], null, false);
        var known = await vocabulary.OfAsync(list.Letter, cancellation);
        var typed = words.Select(w => known.Beginning(w, MostBegun)).ToList();
        var meant = words.Select(w => known.OneSlipFrom(w, MostMeant)).ToList();
        var candidates = await CandidatesAsync(list, typed, cancellation);
        var found = Ordered(candidates, asked);
        if (found.Count < MostShown && meant.Any(m => m.Count > 0))
        {
            candidates = [.. candidates, .. await CandidatesAsync(list, [.. typed.Zip(meant, (t, m) => (string[])[.. t, .. m])], cancellation)];
            found = Ordered(candidates.DistinctBy(c => c.Line.Number), asked);
        }
        var nearest = found.Count > 0 ? null : await NearestAsync(list, known, words, cancellation);
        return new NamesFound([.. found.Take(MostShown)], nearest, found.Count > MostShown || candidates.Count >= MostCandidates && found.Count > 0);
    }

    private static List<RollLine> Ordered(IEnumerable<Candidate> candidates, string[] asked) =>
        [.. candidates.Select(c => (c.Line, Slips: NameMatch.Slips(asked, c.FoldedName))).Where(c => c.Slips is not null)
            .OrderBy(c => c.Slips).ThenBy(c => c.Line.SortName, StringComparer.Ordinal).ThenBy(c => c.Line.Number).Select(c => c.Line)];

    // Among the names that are near in their rarest word.
    private async Task<RollLine?> NearestAsync(AskedList list, Vocabulary known, List<string> words, CancellationToken cancellation)
    {
        var near = words.Select(w => known.NearestTo(w, MostNear)).Where(n => n.Names > 0).OrderBy(n => n.Names).Select(n => n.Words).FirstOrDefault();
        if (near is null)
            return null;
        var candidates = await CandidatesAsync(list, [near], cancellation);
        return candidates.Select(c => (c.Line, Near: NameMatch.Nearness(words, c.FoldedName))).Where(c => c.Near >= NearEnough)
            .OrderByDescending(c => c.Near).ThenBy(c => c.Line.Number).Select(c => c.Line).FirstOrDefault();
    }

    private sealed record Candidate(RollLine Line, string FoldedName);

    /// <param name="list">Whose names.</param>
    /// <param name="all">Words: a name has at least one of each; none where one is empty.</param>
    /// <param name="cancellation">Of the request.</param>
    private async Task<List<Candidate>> CandidatesAsync(AskedList list, IReadOnlyList<IReadOnlyList<string>> all, CancellationToken cancellation)
    {
        if (all.Any(any => any.Count == 0))
            return [];
        var letter = list.Letter;
        var fitting = list.Filter.Apply(db.Lines.StandingAt(letter), db, letter.Letter.Eras);
        // Where the list is narrowed, most of those of the name may not fit.
        var most = list.Filter.IsNone ? MostCandidates : 10 * MostCandidates;
        var candidates = await (db.Database.IsNpgsql() ? PostgresCandidates(letter, all, most) : SqliteCandidates(letter, all, most))
            .AsNoTracking().Select(l => new
            {
                Line = new RollLine(l.Number, l.Level, l.Record, l.SortName, l.Since),
                l.FoldedName,
                Fits = fitting.Any(f => f.LetterId == l.LetterId && f.LeafIndex == l.LeafIndex),
            }).ToListAsync(cancellation);
        return [.. candidates.Where(c => c.Fits).Select(c => new Candidate(c.Line, c.FoldedName))];
    }

    /// <summary>How many signatures of the letter no person has looked at yet.</summary>
    public Task<int> WaitingAsync(PublishedLetter letter, CancellationToken cancellation)
    {
        var id = letter.Letter.Id;
        return db.Signatures.CountAsync(s => s.LetterId == id && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview), cancellation);
    }
}
