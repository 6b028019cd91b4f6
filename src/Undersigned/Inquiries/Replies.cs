using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;

namespace Undersigned.Inquiries;

/// <summary>What came of a mail that was handed in.</summary>
public enum Taken
{
    /// <summary>It stands in the desk's inbox.</summary>
    Request,
    /// <summary>A mail of ours did not arrive, and is marked so.</summary>
    Bounce,
    /// <summary>From a machine, unreadable, or about nothing of ours.</summary>
    Ignored,
    /// <summary>Handed in before.</summary>
    Again,
}

/// <summary>
/// Takes mails that people, and machines, send back to the letter's address: from its mailbox, from a mail server's pipe, from the demo's
/// own server. A mail is taken once, however often it is handed in.
/// </summary>
public sealed class Replies(IDbContextFactory<UndersignedDb> databases, InstanceKeys keys, TimeProvider time)
{
    /// <summary>A mail as its bytes came; of one that is too large, only its headers are read.</summary>
    public async Task<Taken> TakeAsync(Stream mail, CancellationToken cancellation)
    {
        var (bytes, isWhole) = await ReadAsync(mail, cancellation);
        return await UnderstandAsync(bytes, cancellation) switch
        {
            Incoming.Bounce bounce => await BounceAsync(bounce, cancellation),
            Incoming.Reply reply => await ReplyAsync(isWhole ? reply : reply with { Text = "(The mail is larger than a megabyte; read it in the mailbox.)" }, bytes, cancellation),
            _ => Taken.Ignored,
        };
    }

    /// <summary>Null where it cannot be read: the bytes are at hand, so whatever goes wrong is of this mail.</summary>
    private static async Task<Incoming?> UnderstandAsync(byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            using var message = await MimeMessage.LoadAsync(stream, cancellation);
            return MailReading.Read(message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<(byte[] Bytes, bool IsWhole)> ReadAsync(Stream mail, CancellationToken cancellation)
    {
        var buffer = new byte[MailReading.LargestMail + 1];
        var length = await mail.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return (buffer[..Math.Min(length, MailReading.LargestMail)], length <= MailReading.LargestMail);
    }

    private async Task<Taken> BounceAsync(Incoming.Bounce bounce, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await OurMailAsync(db, bounce.About, cancellation) is not { } ours)
            return Taken.Ignored;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var changed = await db.Outbox.Where(m => m.Id == ours.Id && m.State == MailState.Sent)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Failed).SetProperty(m => m.Verdict, bounce.Status), cancellation);
        if (changed > 0)
            await db.ConsiderBreakerAsync(ours.Domain, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        return changed > 0 ? Taken.Bounce : Taken.Again;
    }

    private async Task<Taken> ReplyAsync(Incoming.Reply reply, byte[] bytes, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var ours = await OurMailAsync(db, reply.Answers, cancellation);
        var (letter, signatureId) = ours is not null
            ? (await db.Letters.AsNoTracking().SingleAsync(l => l.Id == ours.LetterId, cancellation), ours.SignatureId)
            : await ByAddressAsync(db, reply.From, cancellation);
        if (letter is null)
            return Taken.Ignored;
        var hash = SHA256.HashData(reply.MessageId.Length > 0 ? Encoding.UTF8.GetBytes(reply.MessageId) : bytes);
        if (await db.Inquiries.AnyAsync(i => i.MessageHash == hash, cancellation))
            return Taken.Again;
        var now = time.GetUtcNow();
        db.Inquiries.Add(new Inquiry
        {
            LetterId = letter.Id,
            SignatureId = signatureId,
            Kind = InquiryKind.Reply,
            State = InquiryState.Waiting,
            AddressTag = keys.AddressTag(letter.Id, reply.From),
            EmailDomain = reply.From.Domain,
            SubmittedAt = now,
            // The number of our mail is known to its mailbox alone: it speaks for that mailbox, and a sender can be anybody's invention.
            ConfirmedAt = ours is not null && keys.MailboxTag(reply.From).AsSpan().SequenceEqual(ours.MailboxTag) ? now : null,
            DueAt = now + TimeSpan.FromHours(letter.PromiseHours),
            MessageHash = hash,
            Email = reply.From.ToString(),
            Text = reply.Text,
        });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            // Of two that hand in the same mail at once, the index lets one.
            if (await db.Inquiries.AsNoTracking().AnyAsync(i => i.MessageHash == hash, cancellation))
                return Taken.Again;
            throw;
        }
        return Taken.Request;
    }

    /// <summary>Our mail that one of these Message-IDs names: TOKEN@host, as MailWriter writes it.</summary>
    private async Task<OutboxMail?> OurMailAsync(UndersignedDb db, IReadOnlyList<string> messageIds, CancellationToken cancellation)
    {
        foreach (var id in messageIds)
            if (id.Split('@')[0] is var token && InstanceKeys.TryReadId(token, out var mail) && keys.IsToken(token, TokenPurpose.Message, mail))
                return await db.Outbox.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mail, cancellation);
        return null;
    }

    /// <summary>The latest signature of this address, on whichever letter; else the letter that was begun last, and no line.</summary>
    private async Task<(Letter? Letter, long? SignatureId)> ByAddressAsync(UndersignedDb db, EmailAddress from, CancellationToken cancellation)
    {
        var letters = await db.Letters.AsNoTracking().Where(l => l.State != LetterState.Draft).OrderByDescending(l => l.Id).ToListAsync(cancellation);
        var tags = letters.Select(l => keys.AddressTag(l.Id, from)).ToList();
        var found = await db.Signatures.AsNoTracking().Where(s => tags.Contains(s.AddressTag!))
            .OrderByDescending(s => s.Number != null).ThenByDescending(s => s.Id).Select(s => new { s.Id, s.LetterId }).FirstOrDefaultAsync(cancellation);
        return found is null ? (letters.FirstOrDefault(), null) : (letters.Single(l => l.Id == found.LetterId), found.Id);
    }
}
