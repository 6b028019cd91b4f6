using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Access;

/// <summary>A page that belongs to one signature and is opened by a token; an unknown token is an address that does not exist.</summary>
public abstract class TokenPage(UndersignedDb db, PublishedLetters published, InstanceKeys keys) : PageModel
{
    protected UndersignedDb Db => db;
    protected InstanceKeys Keys => keys;

    public Signature Signature { get; private set; } = null!;
    public Letter Letter { get; private set; } = null!;
    /// <summary>Of the revision that was signed.</summary>
    public LetterWords Words { get; private set; } = null!;
    public PublishedLetter? Published { get; private set; }
    /// <summary>Whether the words that are public now are others than those that were signed.</summary>
    public bool IsCorrectedSince { get; private set; }

    /// <summary>What speaks for the signature, and has not ended.</summary>
    public IReadOnlyList<Evidence> Evidence { get; private set; } = [];

    /// <summary>The level as the signer is told it. Whether they are on the roster is the desk's own business: no page of theirs says it.</summary>
    public SignatureLevel Level => Signature.LevelFrom([.. Evidence.Where(e => e.Kind != EvidenceKind.Roster)]);

    public string Token => (string)RouteData.Values["token"]!;
    public ShownLine Line => Signature.ToShown();

    public string LetterPath => Letter.IsPublic ? "letters/" + Letter.Slug : "private/" + keys.Token(TokenPurpose.PrivateLetter, Letter.Id, Letter.PrivateLinkRound);

    protected async Task<bool> FindAsync(TokenPurpose purpose)
    {
        if (!InstanceKeys.TryReadId(Token, out var id) || !keys.IsToken(Token, purpose, id))
            return false;
        var row = await db.Signatures.AsNoTracking().Where(s => s.Id == id)
            .Join(db.Letters, s => s.LetterId, l => l.Id, (s, l) => new { Signature = s, Letter = l })
            .Join(db.Revisions, x => new { x.Signature.LetterId, Number = x.Signature.Revision }, r => new { r.LetterId, r.Number }, (x, r) => new { x.Signature, x.Letter, Revision = r })
            .SingleOrDefaultAsync(HttpContext.RequestAborted);
        if (row is null)
            return false;
        (Signature, Letter, Words) = (row.Signature, row.Letter, LetterWords.Of(row.Revision));
        Evidence = await db.Evidence.AsNoTracking().Where(e => e.SignatureId == id && e.EndedAt == null).OrderBy(e => e.Id).ToListAsync(HttpContext.RequestAborted);
        Published = Letter.IsPublic ? published.Find(Letter.Slug) : null;
        IsCorrectedSince = Published is not null && !Published.Revision.TextHash.AsSpan().SequenceEqual(row.Revision.TextHash);
        return true;
    }
}
