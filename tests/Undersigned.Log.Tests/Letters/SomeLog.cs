using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Undersigned.Log.Tests.Letters;

/// <summary>
/// A letter's log in the making. It keeps the counts and nothing else: no rule is looked at, so that a log which breaks one is made as easily as a
/// good one. Everything in it is the same each time, salts and key too.
/// </summary>
public sealed partial class SomeLog
{
    public const string Origin = "letters.example.org/letters/waterways/log";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<Signatory> signatories = [];
    private int standing, withheld, revision, salts;
    private string text = "", rules = "";

    public DateTimeOffset Time { get; private set; } = new(2026, 2, 16, 9, 0, 0, TimeSpan.Zero);

    public List<byte[]> Entries { get; } = [];

    public List<DateTimeOffset> Times { get; } = [];

    /// <summary>What each entry commits to, by its index; those that are published are decided when the files are written.</summary>
    public Dictionary<int, SomeOpening> Openings { get; } = [];

    /// <summary>Documents by their hash in base64.</summary>
    public Dictionary<string, byte[]> Texts { get; } = [];

    public int Size => Entries.Count;

    public int Standing => standing;

    public int Withheld => withheld;

    public sealed record SomeOpening(int Signatory, byte[] Salt, string Record, bool Withheld)
    {
        public bool Erased { get; set; }
    }

    public sealed class Signatory
    {
        public bool Stands { get; set; } = true;

        public bool Withheld { get; set; }

        public string Level { get; set; } = "";

        public int Current { get; set; }
    }

    public IReadOnlyList<Signatory> Signatories => signatories;

    public SomeLog Later(int seconds = 60)
    {
        Time = Time.AddSeconds(seconds);
        return this;
    }

    public SomeLog Open(int? batch = null, string? groups = null, string slug = "waterways")
    {
        (revision, text, rules) = (1, Text("""{"title":"Open the waterways","body":"We ask."}"""), Text(groups ?? """{"eligibility":"anyone","groups":[]}"""));
        var open = new JsonObject { ["letter"] = slug, ["revision"] = 1, ["text"] = text, ["rules"] = rules };
        if (batch is not null) open["withheldBatch"] = batch;
        return Add("open", open);
    }

    public SomeLog Revise(string? newText = null, string? newRules = null)
    {
        revision++;
        if (newText is not null) text = Text(newText);
        if (newRules is not null) rules = Text(newRules);
        return Add("revise", new JsonObject { ["revision"] = revision, ["text"] = text, ["rules"] = rules, ["reason"] = "typo" });
    }

    public SomeLog Sign(string name, string level = "email", int? of = null) =>
        SignRecord(JsonSerializer.Serialize(new { name }, Relaxed), level, of);

    public SomeLog SignRecord(string record, string level = "email", int? of = null)
    {
        signatories.Add(new Signatory { Level = level, Withheld = level == "withheld", Current = Size });
        var sign = new JsonObject { ["signatory"] = signatories.Count, ["revision"] = of ?? revision, ["record"] = Commit(record, level) };
        sign["shown"] = level == "withheld" ? "withheld" : "public";
        sign["level"] = level;
        if (level == "withheld") sign["identity"] = CommitIdentity(signatories.Count);
        standing++;
        if (level == "withheld") withheld++;
        return Add("sign", sign);
    }

    public SomeLog SignWithheld(string? group = null, int? of = null) => SignRecord(group is null ? "{}" : $$"""{"group":"{{group}}"}""", "withheld", of);

    public SomeLog SignMany(int count, string level = "email")
    {
        for (var i = 0; i < count; i++)
            if (level == "withheld") SignWithheld();
            else Sign($"Ada Okafor {signatories.Count + 1}", level);
        return this;
    }

    public SomeLog Amend(int signatory, string name, string level = "email", string? record = null)
    {
        var who = signatories[signatory - 1];
        if (who.Withheld && level != "withheld") withheld--;
        else if (!who.Withheld && level == "withheld") withheld++;
        (who.Withheld, who.Level, who.Current) = (level == "withheld", level, Size);
        record ??= level == "withheld" ? "{}" : JsonSerializer.Serialize(new { name }, Relaxed);
        var amend = new JsonObject { ["signatory"] = signatory, ["record"] = Commit(record, level, signatory) };
        amend["shown"] = level == "withheld" ? "withheld" : "public";
        amend["level"] = level;
        amend["reason"] = "update";
        return Add("amend", amend);
    }

    public SomeLog Withdraw(int signatory) => Stand(signatory, false).Add("withdraw", new JsonObject { ["signatory"] = signatory });

    public SomeLog Remove(int signatory) => Stand(signatory, false).Add("remove", new JsonObject { ["signatory"] = signatory, ["reason"] = "duplicate" });

    public SomeLog Reinstate(int signatory) => Stand(signatory, true).Add("reinstate", new JsonObject { ["signatory"] = signatory, ["reason"] = "error" });

    public SomeLog Erase(int index, string what)
    {
        if (what == "record" && Openings.TryGetValue(index, out var opening)) opening.Erased = true;
        if (what == "text" && JsonNode.Parse(Entries[index])!["text"] is { } hash) Texts.Remove(hash.GetValue<string>());
        return Add("erase", new JsonObject { ["index"] = index, ["what"] = what });
    }

    public SomeLog Post(string kind, string body) =>
        PostText(kind, $$"""{"kind":"{{kind}}","title":"News","body":"{{body}}","time":"2026-02-20T09:00:00Z","language":"en"}""");

    public SomeLog PostText(string kind, string document) => Add("post", new JsonObject { ["kind"] = kind, ["text"] = Text(document) });

    public SomeLog Draw(int size, int count, string body = "The first block after noon.") => DrawText(size, count, $$"""{"title":"Draw","body":"{{body}}"}""");

    public SomeLog DrawText(int size, int count, string document) =>
        Add("draw", new JsonObject { ["size"] = size, ["root"] = RootAt(size).ToBase64(), ["count"] = count, ["text"] = Text(document) });

    public SomeLog Close() => Add("close", []);

    public SomeLog Reopen() => Add("reopen", []);

    public SomeLog Retire() => Add("retire", []);

    /// <summary>Changes an entry's text after the fact.</summary>
    public SomeLog Rewrite(int index, Func<string, string> change)
    {
        Entries[index] = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(Entries[index])));
        return this;
    }

    public SomeLog Replace(int index, string what, string by) => Rewrite(index, entry => entry.Contains(what, StringComparison.Ordinal)
        ? entry.Replace(what, by, StringComparison.Ordinal)
        : throw new ArgumentException($"entry {index} has no {what}"));

    /// <summary>Adds counts to what the log believes, so that the entries to come state something else than the acts amount to.</summary>
    public SomeLog Miscount(int moreStanding, int moreWithheld)
    {
        (standing, withheld) = (standing + moreStanding, withheld + moreWithheld);
        return this;
    }

    public Hash RootAt(int size) => MerkleTree.Root(Entries.Take(size).Select(entry => MerkleTree.LeafHash(entry)).ToArray());

    public string Text(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        var hash = Convert.ToBase64String(SHA256.HashData(bytes));
        Texts[hash] = bytes;
        return hash;
    }

    private SomeLog Stand(int signatory, bool stands)
    {
        var who = signatories[signatory - 1];
        who.Stands = stands;
        standing += stands ? 1 : -1;
        if (who.Withheld) withheld += stands ? 1 : -1;
        return this;
    }

    private SomeLog Add(string type, JsonObject members)
    {
        var entry = new JsonObject { ["v"] = 1, ["type"] = type, ["time"] = Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) };
        foreach (var (name, value) in members) entry[name] = value?.DeepClone();
        entry["standing"] = standing;
        entry["withheld"] = withheld;
        Entries.Add(Encoding.UTF8.GetBytes(entry.ToJsonString(Relaxed)));
        Times.Add(Time);
        return this;
    }

    private string Commit(string record, string level, int? signatory = null)
    {
        var opening = new SomeOpening(signatory ?? signatories.Count, Salt(), record, level == "withheld");
        Openings[Size] = opening;
        return Commitment("record", opening.Signatory, opening.Salt, record);
    }

    private string CommitIdentity(int signatory) => Commitment("identity", signatory, Salt(), """{"address":"ada@example.org"}""");

    public static string Commitment(string label, int signatory, byte[] salt, string text)
    {
        var head = Encoding.UTF8.GetBytes($"undersigned/{label}/v1\n{Origin}\n{signatory.ToString(CultureInfo.InvariantCulture)}\n");
        return Convert.ToBase64String(SHA256.HashData([.. head, .. salt, .. Encoding.UTF8.GetBytes(text)]));
    }

    private byte[] Salt() => SHA256.HashData(Encoding.UTF8.GetBytes($"salt {salts++}"));
}
