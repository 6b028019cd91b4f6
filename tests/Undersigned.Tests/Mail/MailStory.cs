using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Mail;

/// <summary>A letter and signatures on which mail tests stand, written as the features write them.</summary>
internal static class MailStory
{
    public static Task<Letter> LetterAsync(this TestApp app, string slug, Action<Letter>? change = null) => app.QueryAsync(async db =>
    {
        var letter = new Letter
        {
            Slug = slug,
            State = LetterState.Published,
            Title = "Let the inspectors publish what they find",
            Organiser = "Weirkeepers",
            Imprint = "A non-profit association\nBox 12, Lindenmoor · +00 555 0140",
        };
        change?.Invoke(letter);
        db.Letters.Add(letter);
        await db.SaveChangesAsync();
        return letter;
    });

    /// <summary>Adds a signature and queues one mail about it, in one transaction.</summary>
    public static async Task<Signature> SignatureAsync(this TestApp app, Letter letter, string name, string email, MailKind? mail = MailKind.Confirmation, Action<Signature>? change = null)
    {
        var keys = app.Services.GetRequiredService<InstanceKeys>();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Assert.True(EmailAddress.TryParse(email, out var address, out _));
        var signature = new Signature
        {
            LetterId = letter.Id,
            Name = name,
            Email = email,
            EmailDomain = address.Domain,
            AddressTag = keys.AddressTag(letter.Id, address),
            CodeRound = 1,
            CodeExpiresAt = now + Signature.CodeLifetime,
            SubmittedAt = now,
        };
        change?.Invoke(signature);
        await app.QueryAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Signatures.Add(signature);
            await db.SaveChangesAsync();
            if (mail is { } kind)
                db.Queue(signature, kind, now);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return 0;
        });
        app.Services.GetRequiredService<WorkSignal>().Poke();
        return signature;
    }

    public static async Task<OutboxMail> QueueAsync(this TestApp app, Signature signature, MailKind kind) => await app.QueryAsync(async db =>
    {
        db.Queue(signature, kind, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        await db.SaveChangesAsync();
        app.Services.GetRequiredService<WorkSignal>().Poke();
        return db.Outbox.Local.Single();
    });
}
