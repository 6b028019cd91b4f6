using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Webhooks;

/// <summary>
/// What a delivery says: that something is public now, and where to read it; nothing of any person.
/// <code>{"type":"edition.published","timestamp":"2026-03-01T09:00:00Z","data":{"letter":"inspectors","address":"https://…","state":"published","time":"…","treeSize":1202,"root":"ab455bee6671d614","standing":1143,"withheld":0,"edition":{"number":4,"added":412,…}}}</code>
/// </summary>
internal static class WebhookBody
{
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private sealed record Envelope(string Type, string Timestamp, About Data);

    /// <summary>The letter, and the list at the size that is published.</summary>
    private sealed record About(string Letter, string? Address, string State, string? Time, long? TreeSize, string? Root, int? Standing, int? Withheld, OfEdition? Edition, OfPost? Post);

    private sealed record OfEdition(int Number, int Standing, int Added, int Withdrawn, int Removed, int Corrected);

    private sealed record OfPost(long Entry, string Kind, string Address);

    public static byte[] Of(string type, DateTimeOffset now, Letter letter, LogCheckpoint? at, Instance instance, Edition? edition = null, LetterPost? post = null)
    {
        var address = instance.UrlOf("/letters/" + letter.Slug);
        return JsonSerializer.SerializeToUtf8Bytes(new Envelope(type, Printed.Machine(now), new About(
            letter.Slug, at is null ? null : address, letter.State.ToString().ToLowerInvariant(), at is null ? null : Printed.Machine(at.EntryAt), at?.Size, at?.Fingerprint, at?.Counts.Standing, at?.Counts.Withheld,
            edition is null ? null : new OfEdition(edition.Number, edition.Standing, edition.Added, edition.Withdrawn, edition.Removed, edition.Corrected),
            post is null ? null : new OfPost(post.LeafIndex!.Value, post.Kind.ToString().ToLowerInvariant(), UnderLetter.IsUnder(post.Kind) ? FormattableString.Invariant($"{address}/updates/{post.LeafIndex}") : address))), Format);
    }
}
