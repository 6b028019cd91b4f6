using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>
/// "Everything that we hold about you", as one JSON file. Of staff it has what they decided, never who or their notes; of other people
/// nothing; of the roster nothing, as on every page of the signer's.
/// </summary>
public sealed partial class OwnModel
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private long Id => Signature.Id;

    public async Task<IActionResult> OnGetDataAsync()
    {
        if (!await FindAsync(TokenPurpose.Own))
            return NotFound();
        var everything = await EverythingAsync(HttpContext.RequestAborted);
        return File(JsonSerializer.SerializeToUtf8Bytes(everything, Format), "application/json", $"signature-{Letter.Slug}.json");
    }

    private async Task<object> EverythingAsync(CancellationToken cancellation)
    {
        var s = Signature;
        return new
        {
            AsOf = time.GetUtcNow(),
            Letter = new { Words.Title, Address = Letter.IsPublic ? instance.UrlOf("/letters/" + Letter.Slug) : null, KeptUntil = Letter.KeepingEndsAt },
            Signature = new { s.State, Since = s.StateAt, s.Number, s.Revision, s.Source, s.SubmittedAt, s.ConfirmedAt, s.ConfirmedHow, s.ListedAt, Level, s.Language },
            Line = new { s.Name, s.Posts, s.Location },
            Private = new
            {
                Address = s.Email,
                s.KeepInformed,
                s.PressMayCall,
                s.Telephone,
                s.Place,
                WantsNoUpdates = await Db.MailRefusals.AnyAsync(r => r.SignatureId == Id, cancellation),
                // A keyed hash that names no address and goes after two days.
                HasNetworkMark = s.NetworkTag is not null,
            },
            InTheRecord = await LinesAsync(cancellation),
            FormerWordings = await WordingsAsync(cancellation),
            Corrections = await Db.Corrections.AsNoTracking().Where(c => c.SignatureId == Id).OrderBy(c => c.Id)
                .Select(c => new { c.ProposedAt, c.Name, c.Posts, c.Location, c.State, c.DecidedAt }).ToListAsync(cancellation),
            Evidence = await EvidenceAsync(cancellation),
            VouchedForOthers = await Db.Evidence.AsNoTracking().Where(e => e.VoucherId == Id && e.FromLetterId == null).OrderBy(e => e.Id).Select(e => new { e.At, e.EndedAt }).ToListAsync(cancellation),
            Quotations = (await Db.Quotations.AsNoTracking().Where(q => q.SignatureId == Id).OrderBy(q => q.Id).ToListAsync(cancellation))
                .Select(q => new { q.Text, q.State, q.AskedAt, q.AgreedAt, q.AgreedHow }),
            Decisions = await DecisionsAsync(cancellation),
            Requests = await RequestsAsync(cancellation),
            Mails = await Db.Outbox.AsNoTracking().Where(m => m.SignatureId == Id && m.InquiryId == null).OrderBy(m => m.Id)
                .Select(m => new { m.Kind, m.State, QueuedAt = m.CreatedAt, m.SentAt }).ToListAsync(cancellation),
            NotInHere = "Notes that staff made for themselves, who of them decided, and what is about other people.",
        };
    }

    /// <summary>Each wording that stood on the public list, with the entries of the record that brought and ended it.</summary>
    private async Task<object> LinesAsync(CancellationToken cancellation)
    {
        var lines = await Db.Lines.AsNoTracking().Where(l => l.SignatureId == Id).OrderBy(l => l.LeafIndex).Select(l => new { l.LeafIndex, l.EndIndex, l.Since, l.Record }).ToListAsync(cancellation);
        return lines.Select(l => new { Entry = l.LeafIndex, EndedByEntry = l.EndIndex, l.Since, Line = ShownLine.FromRecord(l.Record) });
    }

    /// <summary>Wordings that staff changed and could still put back.</summary>
    private async Task<object> WordingsAsync(CancellationToken cancellation)
    {
        var items = await Db.BulkActItems.AsNoTracking().Where(i => i.SignatureId == Id).OrderBy(i => i.BulkActId).ToListAsync(cancellation);
        return items.Select(i => (Before: SignatureThen.Read(i.Before), After: SignatureThen.Read(i.After))).Where(i => i.Before is not null && i.After is not null)
            .Select(i => (Before: ShownLine.Of(i.Before!.Name, i.Before.Posts, i.Before.Location), After: ShownLine.Of(i.After!.Name, i.After.Posts, i.After.Location)))
            .Where(i => i.Before.Mark() != i.After.Mark()).Select(i => i.Before).ToList();
    }

    private async Task<object> EvidenceAsync(CancellationToken cancellation)
    {
        var ended = await Db.Evidence.AsNoTracking()
            .Where(e => e.SignatureId == Id && e.EndedAt != null && e.Kind != EvidenceKind.Roster && e.Kind != EvidenceKind.Vouched).ToListAsync(cancellation);
        // How a person is known is the reviewer's note.
        return Signature.ToldOf(Evidence).Concat(ended).OrderBy(e => e.At)
            .Select(e => new { e.Kind, e.At, e.EndedAt, What = e.Kind == EvidenceKind.Known ? null : e.What, e.Claim, FromEarlierLetter = e.FromLetterId is not null });
    }

    private async Task<object> DecisionsAsync(CancellationToken cancellation)
    {
        var acts = await Db.Acts.AsNoTracking().Where(a => a.SignatureId == Id && a.ToState != null && a.FromState != a.ToState).OrderBy(a => a.Id)
            .Select(a => new { a.At, a.FromState, a.ToState, a.Detail }).ToListAsync(cancellation);
        return acts.Select(a => new
        {
            a.At,
            From = a.FromState is null ? null : JsonNamingPolicy.CamelCase.ConvertName(a.FromState),
            To = JsonNamingPolicy.CamelCase.ConvertName(a.ToState!),
            Reason = a.ToState is nameof(SignatureState.Declined) or nameof(SignatureState.Removed) && StaffWords.IsReason(a.Detail) ? a.Detail : null,
        });
    }

    /// <summary>What the signer wrote or asked for: by their own link, or from the address that they signed with.</summary>
    private async Task<object> RequestsAsync(CancellationToken cancellation)
    {
        var tag = Signature.AddressTag;
        var theirs = await Db.Inquiries.AsNoTracking().Where(i => i.SignatureId == Id
            && (i.Kind == InquiryKind.Withdrawal || i.Kind == InquiryKind.Erasure || i.Kind == InquiryKind.Objection || tag != null && i.AddressTag == tag)).OrderBy(i => i.Id).ToListAsync(cancellation);
        return theirs.Select(i => new { i.Kind, i.State, At = i.SubmittedAt, i.Text, AnswerBy = i.DueAt, i.AnsweredAt, i.Outcome, i.Answer });
    }
}
