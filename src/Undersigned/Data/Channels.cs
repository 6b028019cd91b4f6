using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Where to report, as the record has it: the channels of the latest `post` of that kind.</summary>
public static class Channels
{
    /// <summary>At a size of the list; null where nothing was ever published.</summary>
    public static async Task<ReportingChannels?> ChannelsAtAsync(this UndersignedDb db, long letterId, long size, CancellationToken cancellation)
    {
        var post = await db.Posts.AsNoTracking().Where(p => p.LetterId == letterId && p.Kind == PostKind.Channels && p.LeafIndex < size)
            .OrderByDescending(p => p.LeafIndex).FirstOrDefaultAsync(cancellation);
        return post is null ? null : new ReportingChannels(JsonSerializer.Deserialize<Document>(post.Text, LetterPost.Format)!.Channels, post.At, post.LeafIndex!.Value);
    }

    /// <summary>The list that a confirmed proposal made last, whether the record has it yet or not.</summary>
    public static async Task<IReadOnlyList<ReportingChannel>> ConfirmedChannelsAsync(this UndersignedDb db, long letterId, CancellationToken cancellation) =>
        (await db.ChannelProposals.AsNoTracking().Where(p => p.LetterId == letterId && p.State == ProposalState.Confirmed).OrderByDescending(p => p.StateAt).ThenByDescending(p => p.Id).FirstOrDefaultAsync(cancellation))?.Channels ?? [];

    /// <summary>Confirms: the document, and the change by which the sequencer enters it in the record. In a transaction of the caller, who saves once more.</summary>
    public static async Task ConfirmAsync(this UndersignedDb db, Letter letter, ChannelProposal proposal, string title, long accountId, DateTimeOffset now, CancellationToken cancellation)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(
            new Document("channels", title, string.Join("; ", proposal.Channels.Select(c => c.Name)), now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), letter.Language, proposal.Channels), LetterPost.Format);
        var post = new LetterPost { LetterId = letter.Id, Kind = PostKind.Channels, Text = text, TextHash = SHA256.HashData(text), At = now };
        db.Posts.Add(post);
        await db.SaveChangesAsync(cancellation);
        (proposal.State, proposal.StateAt, proposal.DecidedBy, proposal.PostId) = (ProposalState.Confirmed, now, accountId, post.Id);
        db.Changes.Add(new Change { LetterId = letter.Id, Kind = ChangeKind.Post, PostId = post.Id, At = now });
    }

    // {"kind":"channels","title":"Where to report","body":"Inspector General of Public Works; …","time":"…Z","language":"en","channels":[{"name":…,"takes":…,"protects":…,"reach":…,"link":…,"checkedOn":"2026-02-25"}]}
    private sealed record Document(string Kind, string Title, string Body, string Time, string Language, List<ReportingChannel> Channels);
}
