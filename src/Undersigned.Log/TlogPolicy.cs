using System.Text;

namespace Undersigned.Log;

/// <summary>A log that a policy knows.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Url">Where it is, if the policy says so.</param>
public sealed record PolicyLog(VerifierKey Key, string? Url);

/// <summary>A witness that a policy knows.</summary>
/// <param name="Name">What the policy calls it.</param>
/// <param name="Key">Its key, of type 0x04 or 0x06.</param>
/// <param name="Url">Where it is, if the policy says so.</param>
public sealed record PolicyWitness(string Name, VerifierKey Key, string? Url);

/// <summary>
/// A reader's trust, as in c2sp.org/tlog-policy: which logs and witnesses it knows, and which of the witnesses are enough. It looks like this:
/// <code>
/// log petition.example/letters/waterways/log+a77bb687+AQOh…
/// witness W1 witness.example/w1+20324abe+BCms…
/// witness W2 witness.example/w2+56f347b1+Bgxi… https://witness.example/w2
/// group both all W1 W2
/// quorum both
/// </code>
/// </summary>
public sealed class TlogPolicy
{
    private const int MaxBytes = 1 << 20;

    private readonly IReadOnlyList<PolicyNode> _nodes;
    private readonly int? _quorum;

    internal TlogPolicy(IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyNode> nodes, int? quorum)
    {
        (Logs, _nodes, _quorum) = (logs, nodes, quorum);
        Witnesses = [.. nodes.Select(node => node.Witness).OfType<PolicyWitness>()];
    }

    /// <summary>The logs it lists.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>The witnesses it lists, in or out of the quorum.</summary>
    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>Whether it demands any cosignature: false for <c>quorum none</c>.</summary>
    public bool HasQuorum => _quorum is not null;

    /// <summary>Reads a policy file of at most 1 MiB.</summary>
    /// <exception cref="LogFormatException">It is malformed; the message names the line.</exception>
    public static TlogPolicy Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes) throw new LogFormatException("A policy is at most 1 MiB.");
        // Names are opaque octets, so each octet is a character until a key or a name to be shown needs them decoded.
        return new PolicyReader().Read(Encoding.Latin1.GetString(bytes));
    }

    /// <summary>Reads a policy file of at most 1 MiB.</summary>
    /// <exception cref="LogFormatException">It is malformed; the message names the line.</exception>
    public static TlogPolicy Parse(string text) =>
        Utf8.IsWellFormed(text) ? Parse(Encoding.UTF8.GetBytes(text)) : throw new LogFormatException("The policy is not UTF-8.");

    /// <summary>Checks the cosignatures of this policy's witnesses on a checkpoint's note and weighs them. The log's own signature is not looked at.</summary>
    public PolicyResult Evaluate(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var cosignatures = new Dictionary<PolicyWitness, long>();
        var failing = new List<PolicyWitness>();
        foreach (var witness in Witnesses)
        {
            foreach (var signature in note.Signatures.Where(s => s.KeyId == witness.Key.KeyId && s.Name == witness.Key.Name))
            {
                if (!Cosignature.TryVerify(witness.Key, note.Text, signature, out var time)) failing.Add(witness);
                else cosignatures[witness] = Math.Max(time, cosignatures.GetValueOrDefault(witness));
            }
        }
        return Weigh(cosignatures, failing);
    }

    /// <summary>Weighs statements by witnesses that were verified elsewhere, such as on a registry that holds the checkpoint's size and root.</summary>
    /// <param name="seen">When each witness said so, in seconds since 1970.</param>
    public PolicyResult Weigh(IReadOnlyDictionary<PolicyWitness, long> seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return Weigh(seen, []);
    }

    private PolicyResult Weigh(IReadOnlyDictionary<PolicyWitness, long> seen, IReadOnlyList<PolicyWitness> failing)
    {
        long? since = null;
        if (_quorum is not null)
        {
            var times = seen.Values.Distinct().OrderDescending().ToList();
            // Fewer witnesses count the later T is, so the first that is enough is the latest.
            var enough = times.FindIndex(time => IsReached(witness => seen.TryGetValue(witness, out var at) && at >= time));
            if (enough >= 0) since = times[enough];
        }
        return new PolicyResult(seen, failing, _quorum is null || since is not null, since);
    }

    private bool IsReached(Func<PolicyWitness, bool> signed)
    {
        // Members stand before their groups, so one pass in order settles every node.
        var reached = new bool[_nodes.Count];
        for (var i = 0; i < reached.Length; i++)
        {
            var node = _nodes[i];
            reached[i] = node.Witness is { } witness ? signed(witness) : node.Members.Count(member => reached[member]) >= node.Threshold;
        }
        return reached[_quorum!.Value];
    }
}

/// <summary>What a policy makes of the cosignatures on a checkpoint.</summary>
/// <param name="Seen">The witnesses of the policy whose cosignature verifies, and when each made its latest, in seconds since 1970.</param>
/// <param name="Failing">Witnesses of the policy under whose name and key id there is a signature that does not verify.</param>
/// <param name="IsQuorumReached">Whether those that signed are enough; always true for <c>quorum none</c>.</param>
/// <param name="Since">The latest time T such that cosignatures dated T or later are enough, in seconds since 1970; null without a quorum or where it is not reached.</param>
public sealed record PolicyResult(
    IReadOnlyDictionary<PolicyWitness, long> Seen, IReadOnlyList<PolicyWitness> Failing, bool IsQuorumReached, long? Since);
