using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

public static class LetterPosts
{
    /// <summary>What entered the log from one size to another, in the order of its entries; where to report has its own reading.</summary>
    public static async Task<IReadOnlyList<PublishedPost>> PostsBetweenAsync(this UndersignedDb db, long letterId, long from, long to, CancellationToken cancellation)
    {
        var rows = await db.Posts.AsNoTracking().Where(p => p.LetterId == letterId && p.Kind != PostKind.Channels && p.LeafIndex >= from && p.LeafIndex < to).OrderBy(p => p.LeafIndex).ToListAsync(cancellation);
        return [.. rows.Select(p => new PublishedPost(p.Kind, p.LeafIndex!.Value, p.TextHash, PostWords.Parse(p.Text), p.At))];
    }

    /// <summary>Adds a post and the change by which the sequencer enters it in the log. In a transaction of the caller, who saves once more.</summary>
    public static async Task<LetterPost> PostAsync(this UndersignedDb db, long letterId, PostKind kind, PostWords words, LetterPost? replaces, DateTimeOffset now, CancellationToken cancellation)
    {
        var text = words.ToText();
        var post = new LetterPost { LetterId = letterId, Kind = kind, Text = text, TextHash = SHA256.HashData(text), At = now, ReplacesId = replaces?.Id };
        db.Posts.Add(post);
        await db.SaveChangesAsync(cancellation);
        db.Changes.Add(new Change { LetterId = letterId, Kind = kind == PostKind.Draw ? ChangeKind.Draw : ChangeKind.Post, PostId = post.Id, At = now });
        return post;
    }
}
