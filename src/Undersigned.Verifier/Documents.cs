using System.Text;
using System.Text.Json;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>Check 5: the documents that entries commit to. Rules are asked for early, for the groups of withheld names in them.</summary>
internal sealed class Documents(LogReading reading, Report report, Action<string> progress)
{
    private const int MaxBytes = 1 << 20;

    private readonly Dictionary<Hash, Answer> answers = [];
    private readonly Dictionary<Hash, IReadOnlySet<string>?> groups = [];

    internal static string PathOf(Hash text) => $"texts/{text.ToHex()}";

    /// <summary>The ids of the groups that some rules name; null where the rules are not to be had, which is a failure of its own.</summary>
    internal async Task<IReadOnlySet<string>?> GroupsOfAsync(Hash rules, CancellationToken cancel)
    {
        if (groups.TryGetValue(rules, out var known)) return known;
        var bytes = (await GetAsync(rules, cancel).ConfigureAwait(false)).Bytes;
        return groups[rules] = bytes is not null && Hash.OfBytes(bytes) == rules ? ReadGroups(bytes) : null;
    }

    /// <summary>A document itself; null where it is not there, or is another, which <see cref="CheckAsync(CancellationToken)"/> tells.</summary>
    internal async Task<byte[]?> ReadAsync(Hash text, CancellationToken cancel) =>
        (await reading.GetAsync(PathOf(text), MaxBytes, cancel).ConfigureAwait(false)).Bytes is { } bytes && Hash.OfBytes(bytes) == text ? bytes : null;

    internal async Task CheckAsync(CancellationToken cancel)
    {
        var texts = reading.Replay.Texts.ToList();
        for (var i = 0; i < texts.Count; i++)
        {
            progress($"texts {i + 1} of {texts.Count}");
            try
            {
                await CheckAsync(texts[i].Text, texts[i].Due, cancel).ConfigureAwait(false);
            }
            catch (TroubleException e)
            {
                report.Trouble(e.Message);
            }
        }
    }

    private async Task CheckAsync(Hash text, OpeningDue due, CancellationToken cancel)
    {
        var answer = await GetAsync(text, cancel).ConfigureAwait(false);
        if (due == OpeningDue.Forbidden)
        {
            if (!answer.IsAbsent) report.Fail(5, PathOf(text), "status 404 or 410, as it was erased", answer.Bytes is null ? answer.Found : "bytes");
            return;
        }
        if (answer.Bytes is not null && Hash.OfBytes(answer.Bytes) == text) return;
        if (answer.IsAbsent && due == OpeningDue.Allowed) return;
        // It may have been erased while the log was read.
        if (answer.IsAbsent && await reading.ReadOnAsync(cancel).ConfigureAwait(false) && reading.Replay.IsTextErased(text)) return;
        report.Fail(5, PathOf(text), "a document of this hash, at most 1 MiB", answer.Bytes is null ? answer.Found : "another");
    }

    private async Task<Answer> GetAsync(Hash text, CancellationToken cancel)
    {
        if (answers.Remove(text, out var known)) return known;
        var answer = await reading.GetAsync(PathOf(text), MaxBytes, cancel).ConfigureAwait(false);
        // What was asked for early, for its groups, is not asked for twice.
        if (!groups.ContainsKey(text)) answers[text] = answer;
        return answer;
    }

    private static HashSet<string> ReadGroups(byte[] rules)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(new UTF8Encoding(false, true).GetString(rules), new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (var group in json.RootElement.GetProperty("groups").EnumerateArray())
                if (group.GetProperty("id").GetString() is { } id && group.GetProperty("population").TryGetInt64(out _)) read.Add(id);
            return read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or DecoderFallbackException)
        {
            return [];
        }
    }
}
