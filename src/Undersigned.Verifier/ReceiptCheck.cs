using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>Checks a receipt (signatory log, section 6). With the key at hand nothing is fetched.</summary>
internal sealed class ReceiptCheck(Site site, string path, VerifierKey? given, TlogPolicy? policy, Report report)
{
    private const int MaxKeyBytes = 1024;

    /// <summary>What the receipt proves, in a sentence; null where it does not, and the report says why.</summary>
    internal async Task<string?> RunAsync(CancellationToken cancel)
    {
        var bytes = Usage.Read(path);
        try
        {
            var receipt = Receipt.Parse(bytes);
            var key = given ?? await KeyAsync(receipt, cancel).ConfigureAwait(false);
            return key is not null && IsProven(receipt, key, out var checkpoint) && AreWitnessesGood(receipt.Proof.Checkpoint) ? Sentence(receipt, checkpoint, key) : null;
        }
        catch (LogFormatException e)
        {
            report.Fail(1, path, "a receipt as specified", e.Message);
        }
        catch (TroubleException e)
        {
            report.Trouble($"{e.Message}. With --key the receipt is checked offline");
        }
        return null;
    }

    private async Task<VerifierKey?> KeyAsync(Receipt receipt, CancellationToken cancel)
    {
        var origin = Checkpoint.Parse(receipt.Proof.Checkpoint.Text).Origin;
        if (!Origin.TryParse(origin, out _) || !Uri.TryCreate($"https://{origin}/key", UriKind.Absolute, out var address)) throw new LogFormatException("the origin is not a letter's");
        if (address.IsLoopback) address = new Uri($"http://{origin}/key");
        var answer = await site.GetAsync(address, MaxKeyBytes, cancel).ConfigureAwait(false);
        if (answer.Bytes is null) throw new TroubleException(address.AbsoluteUri, answer.Found);
        if (VerifierKey.TryParse(Encoding.UTF8.GetString(answer.Bytes).TrimEnd('\n'), out var key) && Usage.IsLetters(key)) return key;
        report.Fail(1, "key", "the verifier key of a letter's log", "something else");
        return null;
    }

    private bool IsProven(Receipt receipt, VerifierKey key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        try
        {
            checkpoint = receipt.Verify(key);
            return true;
        }
        catch (LogVerificationException e)
        {
            report.Fail(e.Where == "checkpoint" ? 1 : e.Expected.Contains("opening", StringComparison.Ordinal) ? 4 : 2, e.Where, e.Expected, e.Found);
            return false;
        }
    }

    private bool AreWitnessesGood(SignedNote note)
    {
        if (policy?.Evaluate(note) is not { } witnesses) return true;
        foreach (var witness in witnesses.Failing) report.Fail(1, "checkpoint", $"a valid cosignature of {witness.Key.Name}", "one that does not verify");
        if (!witnesses.IsQuorumReached) report.Fail(1, "checkpoint", "the quorum of the policy", $"cosignatures of {witnesses.Seen.Count} of its {policy.Witnesses.Count} witnesses");
        return report.Failures.Count == 0;
    }

    private string Sentence(Receipt receipt, Checkpoint checkpoint, VerifierKey key)
    {
        var line = receipt.Record.IsWithheld ? "with the name withheld" : $"as “{Encoding.UTF8.GetString(receipt.Record.Encode())}”";
        return $"Signatory {receipt.Entry.Signatory} is entry {receipt.Opening.Index} of {checkpoint.Size}, of {EntryTime.Format(receipt.Entry.Time)}, {line}. "
            + $"Signed by {key.Name} (key {(given is not null ? "given by you" : "taken from the site")}). This proves that the line was in the log, not that it still stands.";
    }
}
