using Microsoft.EntityFrameworkCore;
using Undersigned.Linkage;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// Brings the lines in memory up to the database: all of them once, then those that the database itself has noted as changed
/// (standing_change), so that a start, a restored backup, an undone act and another process's writes are the same to it.
/// </summary>
public static class LikenessReading
{
    /// <summary>A longer letter is read by its worker and not while somebody waits for a page.</summary>
    private const int ReadByAPage = 20_000;

    public static async Task CatchUpAsync(this UndersignedDb db, long letterId, CancellationToken cancellation)
    {
        var likenesses = db.Likenesses.Of(letterId);
        var from = likenesses.ReadTo;
        var to = await db.StandingReadToAsync(letterId, cancellation);
        var rows = db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId);
        if (from is not null)
        {
            var changed = await db.StandingChanges.AsNoTracking().Where(c => c.LetterId == letterId && c.At >= from).Select(c => c.SignatureId).ToListAsync(cancellation);
            likenesses.Take(new LikenessRead(to, All: false, changed, changed.Count == 0 ? [] : await SignatoriesAsync(rows.Where(s => changed.Contains(s.Id)), cancellation)));
            return;
        }
        var standing = await SignatoriesAsync(rows, cancellation);
        var ids = standing.Select(s => s.Id).ToHashSet();
        var paired = await db.Pairs.AsNoTracking().Where(p => p.LetterId == letterId && p.State == PairState.Waiting).Select(p => new { p.FirstId, p.SecondId }).ToListAsync(cancellation);
        likenesses.Take(new LikenessRead(to, All: true, [.. paired.SelectMany(p => new[] { p.FirstId, p.SecondId }).Where(id => !ids.Contains(id)).Distinct()], standing));
    }

    /// <summary>
    /// For a page. Not within a transaction: what that wrote and may take back must not be remembered.
    /// </summary>
    internal static async Task<LetterLikenesses> LikenessesAsync(this UndersignedDb db, long letterId, CancellationToken cancellation)
    {
        var likenesses = db.Likenesses.Of(letterId);
        if (db.Database.CurrentTransaction is null
            && (likenesses.ReadTo is not null || await db.Signatures.Where(s => s.LetterId == letterId).OrderBy(s => s.Id).Take(ReadByAPage + 1).CountAsync(cancellation) <= ReadByAPage))
            await db.CatchUpAsync(letterId, cancellation);
        return likenesses;
    }

    /// <summary>
    /// SQLite's numbers are in the order of commits. On PostgreSQL a transaction that began earlier may commit later, so the next
    /// reading begins with the oldest that still runs; what is read twice does no harm.
    /// </summary>
    private static async Task<long> StandingReadToAsync(this UndersignedDb db, long letterId, CancellationToken cancellation) => db.Database.IsNpgsql()
        ? await db.Database.SqlQuery<long>($"SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS \"Value\"").SingleAsync(cancellation)
        : (await db.StandingChanges.Where(c => c.LetterId == letterId).MaxAsync(c => (long?)c.At, cancellation) ?? 0) + 1;

    private static async Task<List<Signatory>> SignatoriesAsync(IQueryable<Signature> rows, CancellationToken cancellation) =>
        [.. (await rows.Where(s => s.Name != ""
                && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed))
            .OrderBy(s => s.Id).Select(s => new { s.Id, s.Name, s.Posts, s.Location, s.EmailDomain, s.Level }).ToListAsync(cancellation))
            .Select(s => SignatoryOf(s.Id, s.Name, s.Posts, s.Location, s.EmailDomain, s.Level))];

    /// <summary>The line as the library of likenesses reads it: no address, only its domain.</summary>
    public static Signatory ToSignatory(this Signature signature) =>
        SignatoryOf(signature.Id, signature.Name, signature.Posts, signature.Location, signature.EmailDomain, signature.Level);

    private static Signatory SignatoryOf(long id, string name, List<Model.Post> posts, string? location, string? domain, SignatureLevel level) => new(id, name)
    {
        Posts = [.. posts.Select(p => new Linkage.Post(p.Position, p.Organization, p.Years?.From, p.Years?.To))],
        Location = location,
        EmailDomain = domain,
        Assurance = (int)level,
    };
}
