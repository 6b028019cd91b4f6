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
        var standing = await StandingAsync(letterId, cancellation);
        var blocked = (await db.BlockedAddresses.Where(b => b.LetterId == letterId).Select(b => b.AddressTag).ToListAsync(cancellation))
            .Select(Convert.ToHexString).ToHashSet();
        var earlier = new Dictionary<string, int>(StringComparer.Ordinal);
        var looked = lines.Select(l => l.IsGood ? l with { Problem = Repeats(l, letterId, earlier, standing, blocked) } : l).ToList();
        return new PasteRead([.. looked.Where(l => l.IsGood)], [.. looked.Where(l => !l.IsGood)]);
    }

    private string? Repeats(PastedLine line, long letterId, Dictionary<string, int> earlier, Standing standing, HashSet<string> blocked)
    {
        var mark = (line.Address is null ? "" : line.Address.Normalised) + "\n" + line.Shown.Mark();
        if (!earlier.TryAdd(mark, line.Number))
            return $"The same as line {earlier[mark]:N0}.";
        if (line.Address is null)
            return standing.Marks.Contains(line.Shown.Mark()) ? "This line stands already." : null;
        if (!earlier.TryAdd(line.Address.Normalised, line.Number))
            return $"The same address as in line {earlier[line.Address.Normalised]:N0}.";
        var tag = Convert.ToHexString(keys.AddressTag(letterId, line.Address));
        if (blocked.Contains(tag))
            return "Whoever reads this address said “this was not me” and wants no mail about this letter.";
        return standing.Numbers.TryGetValue(tag, out var number)
            ? number is { } no ? $"This address stands already, as № {no:N0}." : "This address has signed already."
            : null;
    }

    /// <summary>Addresses that count, with their number; and the lines that count without an address.</summary>
    private sealed record Standing(Dictionary<string, int?> Numbers, HashSet<string> Marks);

    private async Task<Standing> StandingAsync(long letterId, CancellationToken cancellation)
    {
        var standing = new Standing([], []);
        var rows = db.Signatures.AsNoTracking()
            .Where(s => s.LetterId == letterId && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed));
        await foreach (var row in rows.Where(s => s.AddressTag != null).Select(s => new { s.AddressTag, s.Number }).AsAsyncEnumerable().WithCancellation(cancellation))
            standing.Numbers[Convert.ToHexString(row.AddressTag!)] = row.Number;
        await foreach (var row in rows.Where(s => s.AddressTag == null).Select(s => new { s.Name, s.Posts, s.Location }).AsAsyncEnumerable().WithCancellation(cancellation))
            standing.Marks.Add(ShownLine.Of(row.Name, row.Posts, row.Location).Mark());
        return standing;
    }
}
