using System.Globalization;
using System.Text;

namespace Undersigned.Log;

/// <summary>A witness, or a group of at least <paramref name="Threshold"/> of the nodes before it whose places are in <paramref name="Members"/>.</summary>
internal sealed record PolicyNode(PolicyWitness? Witness, int Threshold, IReadOnlyList<int> Members);

/// <summary>Reads a policy file line by line. Every character stands for one octet.</summary>
internal sealed class PolicyReader
{
    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyNode> _nodes = [];
    private readonly Dictionary<string, int> _names = [];
    private readonly HashSet<int> _members = [];
    private readonly HashSet<string> _logKeys = [], _witnessKeys = [];
    private bool _hasQuorum;
    private int? _quorum;
    private int _line;

    public TlogPolicy Read(string octets)
    {
        foreach (var line in octets.Split('\n'))
        {
            _line++;
            if (line.Any(c => (c < ' ' && c != '\t') || c == '\x7f')) throw Wrong("holds a control character");
            if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var keyword, ..] words && !keyword.StartsWith('#')) ReadLine(keyword, words[1..]);
        }
        return _hasQuorum ? new TlogPolicy(_logs, _nodes, _quorum) : throw new LogFormatException("The policy has no quorum line.");
    }

    private void ReadLine(string keyword, string[] words)
    {
        switch (keyword, words)
        {
            case ("log", [var key]): ReadLog(key, null); break;
            case ("log", [var key, var url]): ReadLog(key, url); break;
            case ("witness", [var name, var key]): ReadWitness(name, key, null); break;
            case ("witness", [var name, var key, var url]): ReadWitness(name, key, url); break;
            case ("group", [var name, var threshold, _, ..]): ReadGroup(name, threshold, words[2..]); break;
            case ("quorum", [var name]): ReadQuorum(name); break;
            default: throw Wrong("is neither a log, a witness, a group nor a quorum");
        }
    }

    private void ReadLog(string vkey, string? url)
    {
        var key = ReadKey(vkey, _logKeys);
        _logs.Add(new PolicyLog(key, Shown(url)));
    }

    private void ReadWitness(string name, string vkey, string? url)
    {
        var key = ReadKey(vkey, _witnessKeys);
        if (key.KeyType == KeyType.Ed25519) throw Wrong("names a witness whose key does not cosign");
        Define(name, new PolicyNode(new PolicyWitness(Shown(name)!, key, Shown(url)), 1, []));
    }

    // Two keys are the same if their bytes are, whatever their names and types.
    private VerifierKey ReadKey(string vkey, HashSet<string> known)
    {
        if (!VerifierKey.TryParse(Shown(vkey), out var key)) throw Wrong("has a malformed verifier key, or one of an unknown type");
        return known.Add(Convert.ToBase64String(key.PublicKey.Span)) ? key : throw Wrong("repeats a key");
    }

    private void ReadGroup(string name, string threshold, string[] members)
    {
        var places = Array.ConvertAll(members, Find);
        if (!places.All(_members.Add)) throw Wrong("has a member that is already one of a group");
        long needed = threshold switch { "all" => members.Length, "any" => 1, _ => 0 };
        if (needed == 0 && (!DecimalNumber.TryParse(threshold, members.Length, out needed) || needed == 0)) throw Wrong("asks for none of its members, or for more than there are");
        Define(name, new PolicyNode(null, (int)needed, places));
    }

    private void ReadQuorum(string name)
    {
        if (_hasQuorum) throw Wrong("is a second quorum");
        _hasQuorum = true;
        _quorum = name == "none" ? null : Find(name);
    }

    private void Define(string name, PolicyNode node)
    {
        if (name == "none" || !_names.TryAdd(name, _nodes.Count)) throw Wrong("defines a name twice, or the name none");
        _nodes.Add(node);
    }

    private int Find(string name) => _names.TryGetValue(name, out var place) ? place : throw Wrong("uses a name that no line before it defines");

    private static string? Shown(string? octets)
    {
        if (octets is null) return null;
        var bytes = Encoding.Latin1.GetBytes(octets);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : octets;
    }

    private LogFormatException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"Line {_line} of the policy {what}."));
}
