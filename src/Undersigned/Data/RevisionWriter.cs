using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Fixes a letter's words as the revision that signers agree to (sections 2 and 3 of the signatory log).</summary>
public static class RevisionWriter
{
    private static readonly JsonSerializerOptions Format = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>
    /// The letter's current revision, made as number 1 if there is none yet; the caller saves. Two first signers at once collide
    /// on the revision's key: the loser's transaction fails as a whole and is tried again by whoever began it.
    /// </summary>
    public static int Fix(UndersignedDb db, Letter letter, DateTimeOffset now)
    {
        if (letter.CurrentRevision > 0)
            return letter.CurrentRevision;
        var text = JsonSerializer.SerializeToUtf8Bytes(
            new { letter.Title, letter.Body, letter.Addressees, letter.Demands, letter.Language, letter.Organiser }, Format);
        var rules = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                letter.Eligibility,
                Levels = new[] { "email", "imported", "known" },
                Admission = letter.GlanceRequired ? "A person looks at each name before it is shown." : "Names are shown once their address is confirmed.",
                Groups = Array.Empty<object>(),
                Eras = Array.Empty<object>(),
                Domains = Array.Empty<object>(),
            }, Format);
        db.Revisions.Add(new Revision
        {
            LetterId = letter.Id,
            Number = 1,
            Text = text,
            TextHash = SHA256.HashData(text),
            Rules = rules,
            RulesHash = SHA256.HashData(rules),
            MadeAt = now,
        });
        return letter.CurrentRevision = 1;
    }
}
