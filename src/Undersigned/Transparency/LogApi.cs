using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Transparency;

/// <summary>
/// The log of a letter as section 1 of the specification lays it out: addresses without a query, readable by anybody's program,
/// never beyond the published size, also while the display of the pages is frozen. A letter that is not public answers like one that does not exist.
/// </summary>
internal static class LogApi
{
    private const string Binary = "application/octet-stream";

    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapLog(this WebApplication app)
    {
        var log = app.MapGroup("/letters/{slug}/log").AddEndpointFilter(AllowEveryOriginAsync);
        log.MapMethods("/checkpoint", Reading, Latest);
        log.MapMethods("/checkpoints/{size}", Reading, CheckpointAsync);
        log.MapMethods("/tile/entries/{**bundle}", Reading, EntriesAsync);
        log.MapMethods("/tile/{**tile}", Reading, TileAsync);
        log.MapMethods("/records/{**bundle}", Reading, RecordsAsync);
        log.MapMethods("/texts/{hash}", Reading, TextAsync);
        log.MapMethods("/key", Reading, Key);
    }

    private static ValueTask<object?> AllowEveryOriginAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";
        return next(context);
    }

    private static Results<FileContentHttpResult, NotFound> Latest(string slug, PublishedLetters letters, HttpResponse response) =>
        letters.Find(slug) is { } letter ? Text(response, letter.Latest.Note) : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> CheckpointAsync(
        string slug, string size, PublishedLetters letters, UndersignedDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || !IsNumber(size, out var wanted) || wanted > letter.LatestSize)
            return TypedResults.NotFound();
        var note = await db.Checkpoints.Where(c => c.LetterId == letter.Letter.Id && c.Size == wanted).Select(c => c.Note).SingleOrDefaultAsync(cancellation);
        return note is null ? TypedResults.NotFound() : Text(response, note, forever: true);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> EntriesAsync(
        string slug, string bundle, PublishedLetters letters, UndersignedDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || !EntryBundle.TryParsePath("tile/entries/" + bundle, out var wanted) || !Holds(letter.LatestSize, wanted.Index, wanted.Width))
            return TypedResults.NotFound();
        var first = wanted.Index * Tile.FullWidth;
        var entries = await db.Entries.Where(e => e.LetterId == letter.Letter.Id && e.LeafIndex >= first && e.LeafIndex < first + wanted.Width)
            .OrderBy(e => e.LeafIndex).Select(e => e.Bytes).ToListAsync(cancellation);
        return Answer(response, EntryBundle.Encode(entries.Select(e => new ReadOnlyMemory<byte>(e))), Binary, forever: true);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> TileAsync(
        string slug, string tile, PublishedLetters letters, UndersignedDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || !Tile.TryParsePath("tile/" + tile, out var wanted))
            return TypedResults.NotFound();
        var hashes = wanted.Level > 7 ? 0 : letter.LatestSize >> (Tile.Height * wanted.Level);
        if (!Holds(hashes, wanted.Index, wanted.Width))
            return TypedResults.NotFound();
        var row = await db.Tiles.Where(t => t.LetterId == letter.Letter.Id && t.Level == wanted.Level && t.TileIndex == wanted.Index)
            .Select(t => t.Hashes).SingleOrDefaultAsync(cancellation);
        return row is null || row.Length < wanted.Width * Hash.Size ? TypedResults.NotFound() : Answer(response, row[..(wanted.Width * Hash.Size)], Binary, forever: true);
    }

    /// <summary>The openings at the published size: of each line that stands, and the earlier wordings of those who stand.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound>> RecordsAsync(
        string slug, string bundle, PublishedLetters letters, UndersignedDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || !EntryBundle.TryParsePath("tile/entries/" + bundle, out var wanted) || wanted.IsPartial || !Holds(letter.LatestSize, wanted.Index, 1))
            return TypedResults.NotFound();
        var (id, size, first) = (letter.Letter.Id, letter.LatestSize, wanted.Index * Tile.FullWidth);
        var standing = db.Lines.Where(l => l.LetterId == id && l.LeafIndex < size && (l.EndIndex == null || l.EndIndex >= size));
        var openings = await db.Lines
            .Where(l => l.LetterId == id && l.RecordIndex >= first && l.RecordIndex < first + Tile.FullWidth && l.LeafIndex < size)
            .Where(l => l.EndIndex == null || l.EndIndex >= size || l.Superseded && standing.Any(s => s.Number == l.Number))
            .OrderBy(l => l.RecordIndex).Select(l => new { l.RecordIndex, l.Salt, l.Record }).ToListAsync(cancellation);
        var page = new RecordsPage(size, [.. openings.Select(o => new Opening(o.RecordIndex, o.Salt, o.Record))]);
        return Answer(response, page.Encode(), "application/jsonl; charset=utf-8", forever: false);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> TextAsync(
        string slug, string hash, PublishedLetters letters, UndersignedDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || !Hash.TryParseHex(hash, out var parsed))
            return TypedResults.NotFound();
        var (wanted, revision) = (parsed.ToArray(), letter.Latest.Revision);
        var text = await db.Revisions.Where(r => r.LetterId == letter.Letter.Id && r.Number <= revision && (r.TextHash == wanted || r.RulesHash == wanted))
            .OrderBy(r => r.Number).Select(r => r.TextHash == wanted ? r.Text : r.Rules).FirstOrDefaultAsync(cancellation)
            ?? await db.Posts.Where(p => p.LetterId == letter.Letter.Id && p.LeafIndex < letter.LatestSize && p.TextHash == wanted).Select(p => p.Text).FirstOrDefaultAsync(cancellation);
        return text is null ? TypedResults.NotFound() : Answer(response, text, "application/json; charset=utf-8", forever: true);
    }

    private static Results<FileContentHttpResult, NotFound> Key(string slug, PublishedLetters letters, InstanceKeys keys, HttpResponse response)
    {
        if (letters.Find(slug) is not { } letter)
            return TypedResults.NotFound();
        return Text(response, LogKey.LetterKey(keys.Seed, letter.Origin).VerifierKey + "\n");
    }

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && text[0] != '0';

    private static bool Holds(long hashes, long index, int width) => index < 1L << 40 && index * Tile.FullWidth + width <= hashes;

    private static FileContentHttpResult Text(HttpResponse response, string text, bool forever = false) =>
        Answer(response, Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", forever);

    private static FileContentHttpResult Answer(HttpResponse response, byte[] bytes, string type, bool forever)
    {
        response.Headers.CacheControl = forever ? "public, max-age=31536000, immutable" : "public, max-age=2";
        return TypedResults.Bytes(bytes, type);
    }
}
