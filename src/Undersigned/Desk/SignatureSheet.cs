using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>A signature with what speaks for it and what was written about it.</summary>
public sealed record SheetEntry(Signature Signature, IEnumerable<Evidence> Evidence, IEnumerable<Inquiry> Reports);

/// <summary>Everything of a letter's signatures, a row each, read some at a time so that a long list needs no memory.</summary>
public sealed class SignatureSheet(UndersignedDb db)
{
    private const int AtOnce = 500;

    public static IReadOnlyList<string> Columns { get; } =
    [
        "number", "state", "since", "level", "evidence", "name", "position", "organization", "years", "location", "address", "source", "signed", "confirmed", "confirmed how", "on the page",
        "reason", "decided", "note", "keep informed", "press may call", "telephone", "place", "reports", "revision", "signature",
    ];

    public async IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(long letterId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var after = 0L; await PageAsync(letterId, after, AtOnce, cancellation) is { Count: > 0 } some; after = some[^1].Signature.Id)
            foreach (var (signature, evidence, reports) in some)
                yield return Row(signature, evidence, reports);
        // What people wrote whose line nobody knows.
        await foreach (var message in db.Inquiries.AsNoTracking().Where(i => i.LetterId == letterId && i.SignatureId == null && i.Sealed != null).OrderBy(i => i.Id).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return [.. Columns.Select(c => c == "reports" ? Words(message) : "")];
    }

    /// <summary>Those that came after the signature <paramref name="after"/>, in their order.</summary>
    public async Task<IReadOnlyList<SheetEntry>> PageAsync(long letterId, long after, int most, CancellationToken cancellation)
    {
        var some = await db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId && s.Id > after).OrderBy(s => s.Id).Take(most).ToListAsync(cancellation);
        if (some.Count == 0)
            return [];
        var end = some[^1].Id;
        var evidence = (await db.Evidence.AsNoTracking().Where(e => e.LetterId == letterId && e.SignatureId > after && e.SignatureId <= end).OrderBy(e => e.Id).ToListAsync(cancellation)).ToLookup(e => e.SignatureId);
        var reports = (await db.Inquiries.AsNoTracking().Where(i => i.LetterId == letterId && i.SignatureId > after && i.SignatureId <= end).OrderBy(i => i.Id).ToListAsync(cancellation)).ToLookup(i => i.SignatureId ?? 0);
        return [.. some.Select(s => new SheetEntry(s, evidence[s.Id], reports[s.Id]))];
    }

    private static IReadOnlyList<string> Row(Signature s, IEnumerable<Evidence> evidence, IEnumerable<Inquiry> reports)
    {
        var shown = s.ToShown();
        string?[] cells =
        [
            s.Number?.ToString(CultureInfo.InvariantCulture), StaffWords.State(s.State), Printed.Machine(s.StateAt), StaffWords.Level(s.Level), string.Join("\n", evidence.Select(Words)),
            s.Name, shown.Position, shown.Organization, shown.Years is null ? null : ShownLine.YearsText(shown.Years), s.Location,
            s.Email, StaffWords.Source(s.Source), Printed.Machine(s.SubmittedAt), Time(s.ConfirmedAt), s.ConfirmedHow?.ToString().ToLowerInvariant(), Time(s.ListedAt),
            StaffWords.Reason(s.DecisionReason), Time(s.DecidedAt), s.Note, YesOrNot(s.KeepInformed), YesOrNot(s.PressMayCall), s.Telephone, s.Place, string.Join("\n", reports.Select(Words)),
            s.Revision.ToString(CultureInfo.InvariantCulture), s.Id.ToString(CultureInfo.InvariantCulture),
        ];
        return [.. cells.Select(c => c ?? "")];
    }

    private static string Words(Evidence e) => string.Join(", ", new[]
    {
        $"{e.At.UtcDateTime:yyyy-MM-dd} {StaffWords.Evidence(e.Kind)}", e.What, e.Claim is null ? null : "for: " + e.Claim, e.EndedAt is { } ended ? $"ended {ended.UtcDateTime:yyyy-MM-dd}" : null,
    }.Where(p => !string.IsNullOrEmpty(p)));

    private static string Words(Inquiry i) => string.Join(", ", new[]
    {
        $"{i.SubmittedAt.UtcDateTime:yyyy-MM-dd} {i.Kind} ({i.State})", i.Email, i.Text, i.Outcome is { } outcome ? "outcome: " + outcome : null, i.Answer is null ? null : "answer: " + i.Answer,
    }.Where(p => !string.IsNullOrEmpty(p)));

    private static string? Time(DateTimeOffset? at) => at is { } time ? Printed.Machine(time) : null;

    private static string YesOrNot(bool yes) => yes ? "yes" : "";
}
