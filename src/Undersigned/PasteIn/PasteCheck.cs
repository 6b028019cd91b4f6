using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>A paste as read and compared with itself and with what stands; nothing is changed by reading.</summary>
public sealed record PasteRead(IReadOnlyList<PastedLine> Good, IReadOnlyList<PastedLine> Bad)
{
    public int Total => Good.Count + Bad.Count;

    /// <summary>What is left to mend, as it was pasted.</summary>
    public string Left => string.Join('\n', Bad.Select(b => b.Text));
}

/// <summary>Why a line is not taken.</summary>
public sealed record LineFault(FaultKind Kind, string Why);

public sealed class PasteCheck(UndersignedDb db, InstanceKeys keys, TimeProvider time)
{
    public const int MostLines = 10_000;
    public const int MostCharacters = 2 * 1024 * 1024;

    /// <summary>Why a paste is not read at all, or null.</summary>
    public static string? Refusal(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "Paste at least one line.";
        if (text.Length > MostCharacters)
            return "This is more than two million characters. Paste it in parts; nothing was taken.";
        var lines = text.AsSpan().Trim().Count('\n') + 1;
        return lines > MostLines ? $"{lines:N0} lines are too many at once. Paste at most {MostLines:N0}, then the rest; nothing was taken." : null;
    }

    public async Task<PasteRead> ReadAsync(long letterId, string text, CancellationToken cancellation)
    {
        var lines = PasteReading.Read(text, time.GetUtcNow().Year);
        var comparison = await LineComparison.BeginAsync(db, keys, letterId, "line", cancellation);
        var looked = lines.Select(l => l with { Problem = comparison.FaultOf(l)?.Why }).ToList();
        return new PasteRead([.. looked.Where(l => l.IsGood)], [.. looked.Where(l => !l.IsGood)]);
    }
}

/// <summary>Compares lines, one after the other, with those before them and with what stands on the letter.</summary>
public sealed class LineComparison
{
    private readonly InstanceKeys keys;
    private readonly long letterId;
    private readonly string unit;
    private readonly Dictionary<string, int> earlier = new(StringComparer.Ordinal);
    // Addresses that count, with their number; the lines that count without an address; addresses that want no mail.
    private readonly Dictionary<string, int?> numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> marks = new(StringComparer.Ordinal);
    private readonly HashSet<string> blocked = new(StringComparer.Ordinal);

    private LineComparison(InstanceKeys keys, long letterId, string unit) => (this.keys, this.letterId, this.unit) = (keys, letterId, unit);

    /// <param name="unit">What a number counts: "line" or "row".</param>
    public static async Task<LineComparison> BeginAsync(UndersignedDb db, InstanceKeys keys, long letterId, string unit, CancellationToken cancellation)
    {
        var comparison = new LineComparison(keys, letterId, unit);
        await comparison.ReadStandingAsync(db, cancellation);
        return comparison;
    }

    /// <summary>Anew, where something has been signed meanwhile.</summary>
    public async Task ReadStandingAsync(UndersignedDb db, CancellationToken cancellation)
    {
        var rows = db.Signatures.AsNoTracking()
            .Where(s => s.LetterId == letterId && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed));
        await foreach (var row in rows.Where(s => s.AddressTag != null).Select(s => new { s.AddressTag, s.Number }).AsAsyncEnumerable().WithCancellation(cancellation))
            numbers[Convert.ToHexString(row.AddressTag!)] = row.Number;
        await foreach (var row in rows.Where(s => s.AddressTag == null).Select(s => new { s.Name, s.Posts, s.Location }).AsAsyncEnumerable().WithCancellation(cancellation))
            marks.Add(ShownLine.Of(row.Name, row.Posts, row.Location).Mark());
        await foreach (var tag in db.BlockedAddresses.Where(b => b.LetterId == letterId).Select(b => b.AddressTag).AsAsyncEnumerable().WithCancellation(cancellation))
            blocked.Add(Convert.ToHexString(tag));
    }

    /// <summary>Null where nothing speaks against taking it. Each line is asked about once, in its order.</summary>
    public LineFault? FaultOf(PastedLine line) =>
        line.Problem is { } problem ? new LineFault(FaultKind.Wrong, problem) : Repeats(line) ?? Stands(line);

    private LineFault? Repeats(PastedLine line)
    {
        var mark = (line.Address is null ? "" : line.Address.Normalised) + "\n" + line.Shown.Mark();
        if (!earlier.TryAdd(mark, line.Number))
            return new LineFault(FaultKind.Doubled, $"The same as {unit} {earlier[mark]:N0}.");
        return line.Address is not null && !earlier.TryAdd(line.Address.Normalised, line.Number)
            ? new LineFault(FaultKind.Doubled, $"The same address as in {unit} {earlier[line.Address.Normalised]:N0}.")
            : null;
    }

    /// <summary>The part that may have changed since: what stands by now.</summary>
    public LineFault? Stands(PastedLine line)
    {
        if (line.Address is null)
            return marks.Contains(line.Shown.Mark()) ? new LineFault(FaultKind.Doubled, $"This {unit} stands already.") : null;
        var tag = Convert.ToHexString(keys.AddressTag(letterId, line.Address));
        if (blocked.Contains(tag))
            return new LineFault(FaultKind.Unwanted, "Whoever reads this address said “this was not me” and wants no mail about this letter.");
        return numbers.TryGetValue(tag, out var number)
            ? new LineFault(FaultKind.Doubled, number is { } no ? $"This address stands already, as № {no:N0}." : "This address has signed already.")
            : null;
    }
}
