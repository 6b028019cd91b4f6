using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Log.Tests.Letters;

namespace Undersigned.Verifier.Tests;

/// <summary>A site to be checked, and what must come of it: the exit status, and the beginnings of the lines that tell the failures.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="ExitStatus">0, 1 or 2.</param>
/// <param name="Fails">Of each failure, the check and the place, in order: <c>4 records/000 index 3</c>.</param>
/// <param name="Arguments">Puts it up and tells the arguments after <c>list</c>.</param>
public sealed record Case(string Name, int ExitStatus, string[] Fails, Func<Stage, string[]> Arguments);

/// <summary>Where cases put their sites and files.</summary>
public sealed class Stage(SomeSite site, string folder)
{
    private int files;

    public SomeSite.Site Put(SomeLog log, Action<Dictionary<string, byte[]>>? change = null)
    {
        var made = log.Files();
        change?.Invoke(made);
        return site.Add(made);
    }

    public string Save(string text) => Save(Encoding.UTF8.GetBytes(text));

    public string Save(byte[] bytes)
    {
        var path = Path.Combine(folder, $"f{files++}");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public Uri Address => site.Address;
}

/// <summary>Sites that differ from a good one in one thing.</summary>
public static class Cases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. Checkpoints(), .. Witnesses(), .. Entries(), .. Openings(), .. Records(), .. Texts(), .. Older(), .. Answers(), .. HtmlPages(), .. Servers(), .. Moving(),
    ];

    private static SomeLog Published() => GoodLogs.Published();

    private static SomeLog Withheld() => GoodLogs.Withheld();

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static Case Good(string name, Func<SomeLog> log, Action<Dictionary<string, byte[]>>? change = null) => new(name, 0, [], stage => [stage.Put(log(), change).Log]);

    private static Case Bad(string name, string fail, Func<SomeLog> log, Action<Dictionary<string, byte[]>> change) => new(name, 1, [fail], stage => [stage.Put(log(), change).Log]);

    private static Action<Dictionary<string, byte[]>> Edit(string path, string what, string by) => files =>
    {
        // A bundle is not a text, but each of its bytes can stand for a character.
        var encoding = path.StartsWith("tile/", StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8;
        var text = encoding.GetString(files[path]);
        if (!text.Contains(what, StringComparison.Ordinal)) throw new ArgumentException($"{path} has no {what}");
        files[path] = encoding.GetBytes(text.Replace(what, by, StringComparison.Ordinal));
    };

    private static Action<Dictionary<string, byte[]>> Flip(string path, int at) => files =>
    {
        files[path] = [.. files[path]];
        files[path][at < 0 ? files[path].Length + at : at] ^= 1;
    };

    // ---- 1

    private static Case Signed(string name, Func<SomeLog, string> text) => Bad(name, "1 checkpoint", Published, files => files["checkpoint"] = Utf8(SomeLog.Signer.Sign(text(Published()))));

    private static Case Checkpoint(string name, Func<string, string> note) => Bad(name, "1 checkpoint", Published, files => files["checkpoint"] = Utf8(note(Text(files["checkpoint"]))));

    private static Case Key(string name, string key) => Bad(name, "1 key", Published, files => files["key"] = Utf8(key));

    private static string UnknownLines(int count, string? line = null) =>
        string.Concat(Enumerable.Repeat(line ?? $"— other.example {Convert.ToBase64String(new byte[68])}\n", count));

    private static IEnumerable<Case> Checkpoints() =>
    [
        Checkpoint("a signature changed", note => note[..^6] + (note[^6] == 'A' ? 'B' : 'A') + note[^5..]),
        Checkpoint("a size changed under the signature", note => note.Replace("\n6\n", "\n5\n", StringComparison.Ordinal)),
        Signed("another origin", log => log.CheckpointText(6).Replace("waterways", "highways", StringComparison.Ordinal)),
        Signed("an extension line", log => log.CheckpointText(6) + "extension\n"),
        Signed("a line missing", log => string.Join('\n', log.CheckpointText(6).Split('\n')[..2]) + "\n"),
        Signed("a size with a leading zero", log => log.CheckpointText(6).Replace("\n6\n", "\n06\n", StringComparison.Ordinal)),
        Signed("a size of 0", log => new Checkpoint(SomeLog.Origin, 0, MerkleTree.EmptyRoot).Text),
        Signed("a size of 2^24", log => new Checkpoint(SomeLog.Origin, 1 << 24, log.RootAt(6)).Text),
        Signed("a root that is no base64 of 32 bytes", log => log.CheckpointText(6).Replace("=\n", "\n", StringComparison.Ordinal)),
        Checkpoint("a malformed line of an unknown key", note => note + "— other.example !\n"),
        Checkpoint("no empty line", note => note.Replace("\n\n", "\n", StringComparison.Ordinal)),
        Checkpoint("100 lines of unknown keys besides", note => note + UnknownLines(100)),
        Checkpoint("more than 64 KiB", note => note + UnknownLines(40, $"— other.example {Convert.ToBase64String(new byte[1500])}\n")),
        Checkpoint("no signature of the key", note => note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 2)] + UnknownLines(1)),
        Checkpoint("a second signature of the key, which fails", note => note + note[(note.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Replace("A", "B", StringComparison.Ordinal)),
        Checkpoint("an empty file", _ => ""),
        Good("99 lines of unknown keys besides", Published, files => files["checkpoint"] = Utf8(Text(files["checkpoint"]) + UnknownLines(99))),
        Key("a key without line feed", SomeLog.Signer.VerifierKey.ToString()),
        Key("a key with two line feeds", $"{SomeLog.Signer.VerifierKey}\n\n"),
        Key("a key of more than 1 KiB", new string('a', 2000)),
        Key("a key that cosigns", $"{SomeLog.Signer.CosignerKey}\n"),
        Key("a key that is not of a letter", $"{SomeLog.Witness(1).VerifierKey}\n"),
        Key("a key with another id", $"{SomeLog.Signer.VerifierKey}\n".Replace(SomeLog.Signer.VerifierKey.ToString().Split('+')[1], "00000000", StringComparison.Ordinal)),
        new("a key given, and another on the site", 0, [], stage =>
            [stage.Put(Published(), files => files["key"] = Utf8("nonsense")).Log, "--key", SomeLog.Signer.VerifierKey.ToString()]),
        new("a key given in a file", 0, [], stage => [stage.Put(Published()).Log, "--key", stage.Save($"{SomeLog.Signer.VerifierKey}\n")]),
        new("another key given", 1, ["1 checkpoint"], stage => [stage.Put(Published()).Log, "--key", LogKey.LetterKey(new byte[32], SomeLog.Origin).VerifierKey.ToString()]),
        new("a key given that is none", 2, [], stage => [stage.Put(Published()).Log, "--key", stage.Save("nonsense")]),
        new("a key given of something else", 2, [], stage => [stage.Put(Published()).Log, "--key", SomeLog.Witness(1).VerifierKey.ToString()]),
    ];

    private static Case Witnessed(string name, int exit, string quorum, Func<SomeLog, IEnumerable<string>> lines) => new(name, exit, exit == 1 ? ["1 checkpoint"] : [], stage =>
    {
        var policy = $"# my witnesses\nwitness a {SomeLog.Witness(1).CosignerKey}\nwitness b {SomeLog.Witness(2).CosignerKey} https://witness.example/\nwitness c {SomeLog.Witness(3).CosignerKey}\ngroup two 2 a b c\nquorum {quorum}\n";
        var log = Published();
        return [stage.Put(log, files => files["checkpoint"] = [.. files["checkpoint"], .. Utf8(string.Concat(lines(log)))]).Log, "--policy", stage.Save(policy)];
    });

    private static string Cosigned(SomeLog log, int witness, long time) => SomeLog.Witness(witness).Cosign(log.CheckpointText(log.Size), time).Line;

    private static IEnumerable<Case> Witnesses() =>
    [
        Witnessed("two of three witnesses", 0, "two", log => [Cosigned(log, 1, 1772300000), Cosigned(log, 3, 1772310000)]),
        Witnessed("all witnesses, and one twice", 0, "two", log => [Cosigned(log, 1, 1772300000), Cosigned(log, 3, 1772310000), Cosigned(log, 2, 1772320000), Cosigned(log, 2, 1772330000)]),
        Witnessed("one of three witnesses", 1, "two", log => [Cosigned(log, 1, 1772300000)]),
        Witnessed("one witness, none demanded", 0, "none", log => [Cosigned(log, 1, 1772300000)]),
        Witnessed("no witness, none demanded", 0, "none", _ => []),
        Witnessed("a witness of the quorum missing", 1, "c", log => [Cosigned(log, 1, 1772300000), Cosigned(log, 2, 1772300000)]),
        Witnessed("a witness's line that fails", 1, "none", log => [SomeLog.Witness(1).Cosign("another text\n", 1772300000).Line]),
        Witnessed("a witness's line that fails beside enough others", 1, "two", log => [Cosigned(log, 1, 1772300000), Cosigned(log, 2, 1772300000), SomeLog.Witness(3).Cosign("another text\n", 1772300000).Line]),
        new("a policy that is none", 2, [], stage => [stage.Put(Published()).Log, "--policy", stage.Save("witness a\n")]),
        new("a witness's line that fails, without a policy", 0, [], stage =>
            [stage.Put(Published(), files => files["checkpoint"] = [.. files["checkpoint"], .. Utf8(SomeLog.Witness(1).Cosign("another text\n", 1).Line)]).Log]),
    ];

    // ---- 2

    private static SomeLog Long() => GoodLogs.All["300 entries in batches of ten"]();

    private static IEnumerable<Case> Entries() =>
    [
        Bad("a bundle absent", "2 tile/entries/000", Published, files => files.Remove("tile/entries/000.p/6")),
        Bad("a full bundle absent", "2 tile/entries/000", Long, files => files.Remove("tile/entries/000")),
        Bad("a bundle one byte short", "2 tile/entries/000", Published, files => files["tile/entries/000.p/6"] = files["tile/entries/000.p/6"][..^1]),
        Bad("a bundle one byte long", "2 tile/entries/000", Published, files => files["tile/entries/000.p/6"] = [.. files["tile/entries/000.p/6"], 0]),
        Bad("a bundle one entry short", "2 tile/entries/000", Published, files => files["tile/entries/000.p/6"] = EntryBundle.Encode(Published().Entries.Take(5).Select(e => (ReadOnlyMemory<byte>)e))),
        Bad("a bundle one entry long", "2 tile/entries/000", Published, files => files["tile/entries/000.p/6"] = EntryBundle.Encode(Published().Later().Withdraw(1).Entries.Select(e => (ReadOnlyMemory<byte>)e))),
        Bad("an entry changed", "2 checkpoint", Published, Edit("tile/entries/000.p/6", "\"level\":\"known\"", "\"level\":\"email\"")),
        Bad("an entry changed, and broken too", "2 checkpoint", Published, Edit("tile/entries/000.p/6", "\"level\":\"known\"", "\"level\":\"xxxxx\"")),
        Bad("two entries swapped", "2 checkpoint", Published, files => files["tile/entries/000.p/6"] =
            EntryBundle.Encode(new[] { 0, 2, 1, 3, 4, 5 }.Select(i => (ReadOnlyMemory<byte>)Published().Entries[i]))),
        Bad("a root signed that is another's", "2 checkpoint", Published, files => files["checkpoint"] = Utf8(SomeLog.Signer.Sign(new Checkpoint(SomeLog.Origin, 6, Hash.OfBytes([])).Text))),
        Good("a partial bundle gone, the full one there", () => Long(), files =>
        {
            files.Remove("tile/entries/001.p/36");
            var more = Long();
            while (more.Size < 512) more.Later().Withdraw(1);
            files["tile/entries/001"] = EntryBundle.Encode(more.Entries.Skip(256).Select(e => (ReadOnlyMemory<byte>)e));
        }),
        new("a tile changed", 1, ["2 tile/0/000"], stage => [stage.Put(Long(), Flip("tile/0/000", 40)).Log, "--thorough"]),
        new("a partial tile changed", 1, ["2 tile/0/001"], stage => [stage.Put(Long(), files => Flip(files.Keys.Where(path => path.StartsWith("tile/0/001.p/", StringComparison.Ordinal)).MaxBy(path => files[path].Length)!, -1)(files)).Log, "--thorough"]),
        new("a tile of the next level absent", 1, ["2 tile/1/000"], stage => [stage.Put(Long(), files => files.Remove("tile/1/000.p/1")).Log, "--thorough"]),
        Good("a tile changed, where none is asked for", Long, Flip("tile/0/000", 40)),
    ];

    // ---- 4

    private static Case Opening(string name, string fail, Func<SomeLog> log) => Bad(name, fail, log, _ => { });

    private static SomeLog.SomeOpening OpeningOf(SomeLog log, int entry) => log.Openings[entry];

    // What the log would not show is shown.
    private static SomeLog Offering(SomeLog log, int entry)
    {
        log.AlsoOffered.Add(entry);
        return log;
    }

    private static SomeLog Recorded(string record) => new SomeLog().Open().SignRecord(record);

    private static IEnumerable<Case> Openings() =>
    [
        Bad("a name changed", "4 records/000 index 1", Published, Edit("records/000", "Ada Okafor", "Eda Okafor")),
        Bad("a salt changed", "4 records/000 index 1", Published, files => Edit("records/000", Convert.ToBase64String(OpeningOf(Published(), 1).Salt), Convert.ToBase64String(new byte[32]))(files)),
        Bad("two openings exchanged", "4 records/000 index 1", Published, files =>
        {
            files["records/000"] = Utf8(Text(files["records/000"]).Replace("\"index\":1,", "\"index\":9,", StringComparison.Ordinal).Replace("\"index\":2,", "\"index\":1,", StringComparison.Ordinal));
            Edit("records/000", "{\"index\":9,", "{\"index\":2,")(files);
            var lines = Text(files["records/000"]).Split('\n');
            (lines[1], lines[2]) = (lines[2], lines[1]);
            files["records/000"] = Utf8(string.Join('\n', lines));
        }) with { Fails = ["4 records/000 index 1", "4 records/000 index 2"] },
        Bad("an opening missing", "4 records/000 index 3", Published, files => files["records/000"] = Utf8(string.Concat(Text(files["records/000"]).Split('\n').Where((_, i) => i != 3).Select(line => line + "\n"))[..^1])),
        Opening("an opening of one who withdrew", "4 records/000 index 1", () => Offering(Published().Later().Withdraw(1), 1)),
        Opening("an opening of one who was removed", "4 records/000 index 2", () => Offering(Published().Later().Remove(2), 2)),
        Opening("a superseded opening that was erased", "4 records/000 index 1", () => Offering(Published().Later().Amend(1, "Ada").Later().Erase(1, "record"), 1)),
        Opening("a superseded opening of a withheld name made public", "4 records/000 index 1", () => Offering(Withheld().Later().Amend(1, "Ada").SignMany(4, "withheld"), 1)),
        Opening("a superseded opening of a withheld name", "4 records/000 index 1", () => Offering(Withheld().Later().Amend(1, "", "withheld").SignMany(4, "withheld"), 1)),
        Opening("a superseded opening that is wrong", "4 records/000 index 1", () => WithOpening(Published().Later().Amend(1, "Ada"), 1, o => o with { Record = "{\"name\":\"Eda\"}" })),
        Good("superseded openings that are not offered", () => { var log = Published().Later().Amend(1, "Ada"); log.OmitsSuperseded = true; return log; }),
        Opening("a name in a withheld record", "4 records/000 index 1", () => new SomeLog().Open(5).SignRecord("{\"name\":\"Ada\"}", "withheld")),
        Opening("a public record without a name", "4 records/000 index 1", () => Recorded("{}")),
        Opening("a public record with a group", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\",\"group\":\"staff\"}")),
        Opening("an unknown member of a record", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\",\"email\":\"x\"}")),
        Opening("an empty value in a record", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\",\"comment\":\"\"}")),
        Opening("a year as a string", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\",\"years\":[{\"from\":\"1994\"}]}")),
        Opening("a year that ends before it begins", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\",\"years\":[{\"from\":1994,\"to\":1993}]}")),
        Opening("an empty key in fields", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\",\"fields\":{\"\":\"x\"}}")),
        Opening("a member of a record twice", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\",\"name\":\"Ada\"}")),
        Opening("a control character in a record", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\\u0001\"}")),
        Opening("null in a record", "4 records/000 index 1", () => Recorded("{\"name\":\"Ada\",\"comment\":null}")),
        Opening("a group that the rules do not name", "4 records/000 index 1", () => new SomeLog().Open(5, """{"groups":[{"id":"staff","population":4}]}""").SignWithheld("crew")),
        Opening("a group where the rules name none", "4 records/000 index 1", () => new SomeLog().Open(5, """{"eligibility":"anyone"}""").SignWithheld("staff")),
        Opening("a group that only later rules name", "4 records/000 index 7", () => new SomeLog().Open(5, """{"groups":[{"id":"staff","population":4}]}""").SignMany(5, "withheld").Later()
            .Revise(newRules: """{"groups":[{"id":"crew","population":4}]}""").SignWithheld("crew", of: 1).SignMany(4, "withheld")),
        Opening("a group that only earlier rules name, in an amendment", "4 records/000 index 7", () => new SomeLog().Open(5, """{"groups":[{"id":"staff","population":4}]}""").SignMany(5, "withheld").Later()
            .Revise(newRules: """{"groups":[{"id":"crew","population":4}]}""").Amend(1, "", "withheld", """{"group":"staff"}""").SignMany(4, "withheld")),
        Opening("a group in rules that have a member twice", "4 records/000 index 1", () => new SomeLog().Open(5, """{"groups":[{"id":"staff","population":4}],"a":1,"a":2}""").SignWithheld("staff")),
        Good("a line feed and a tab in a record", () => Recorded("{\"name\":\"Ada\",\"comment\":\"a\\nb\\tc\"}")),
        Good("a name that is not as it should be", () => Recorded("{\"name\":\"www.letters.example\"}")),
        Good("no opening after retire", () => Published().Later().Close().Retire(), files => files["records/000"] = Utf8("{\"size\":8}\n")),
        Bad("a wrong opening after retire", "4 records/000 index 1", () => Published().Later().Close().Retire(), Edit("records/000", "Ada Okafor", "Eda Okafor")),
        Good("an amendment whose first name is erased", () => Published().Later().Amend(1, "Ada").Amend(2, "Noor").Later().Erase(1, "record")),
    ];

    private static SomeLog WithOpening(SomeLog log, int entry, Func<SomeLog.SomeOpening, SomeLog.SomeOpening> change)
    {
        log.Openings[entry] = change(log.Openings[entry]);
        return log;
    }

    private static Case Page(string name, string what, string by, string fail = "4 records/000") => Bad(name, fail, Published, Edit("records/000", what, by));

    private static IEnumerable<Case> Records() =>
    [
        Bad("records absent", "4 records/000", Published, files => files.Remove("records/000")),
        Bad("records of the second bundle absent", "4 records/001", Long, files => files.Remove("records/001")),
        Bad("records empty", "4 records/000", Published, files => files["records/000"] = []),
        Page("records without size", "{\"size\":6}\n", ""),
        Page("records with more in the first line", "{\"size\":6}", "{\"size\":6,\"bundle\":0}"),
        Page("records with an empty line", "{\"size\":6}\n", "{\"size\":6}\n\n"),
        Page("records with carriage returns", "\n", "\r\n"),
        Page("a line with an unknown member", "{\"index\":1,", "{\"index\":1,\"note\":\"\","),
        Page("a line with a member twice", "{\"index\":1,", "{\"index\":1,\"index\":1,"),
        Page("an index twice", "{\"index\":2,", "{\"index\":1,"),
        Page("an index of another bundle", "{\"index\":5,", "{\"index\":256,"),
        Page("an index that is none", "{\"index\":5,", "{\"index\":5.0,"),
        Page("a record that is no string", "\"record\":\"{\\\"name\\\":\\\"Lin Wei\\\"}\"", "\"record\":{\"name\":\"Lin Wei\"}"),
        Bad("a last line without its end", "4 records/000", Published, files => files["records/000"] = files["records/000"][..^1]),
        Bad("a line of 16,385 bytes", "4 records/000", Published, files => files["records/000"] = [.. files["records/000"], .. Utf8($"{{\"index\":7,\"salt\":\"{new string(' ', 16385)}\"}}\n")]),
        Page("a size that was never published", "{\"size\":6}", "{\"size\":5}"),
        Page("a size that is not reached", "{\"size\":6}", "{\"size\":7}"),
        Page("a size of 0", "{\"size\":6}", "{\"size\":0}"),
        Bad("records of an old size", "4 records/000", () => Published().Later().Withdraw(1), files => files["records/000"] = Published().Records(0, 6)),
        Bad("an opening of an entry that is none", "4 records/000 index 6", Published, files => files["records/000"] =
            [.. files["records/000"], .. Utf8($"{{\"index\":6,\"salt\":\"{Convert.ToBase64String(new byte[32])}\",\"record\":\"{{}}\"}}\n")]),
        Bad("an opening of open", "4 records/000 index 0", Published, files => files["records/000"] =
            Utf8(Text(files["records/000"]).Replace("{\"size\":6}\n", $"{{\"size\":6}}\n{{\"index\":0,\"salt\":\"{Convert.ToBase64String(new byte[32])}\",\"record\":\"{{}}\"}}\n", StringComparison.Ordinal))),
        Good("spaces and escapes in records", Published, Edit("records/000", "{\"index\":1,", "\t{ \"\\u0069ndex\" : 1 ,")),
    ];

    // ---- 5

    private static string PathOf(string base64) => $"texts/{Convert.ToHexStringLower(Convert.FromBase64String(base64))}";

    private static string FirstText(Dictionary<string, byte[]> files) => files.Keys.First(path => path.StartsWith("texts/", StringComparison.Ordinal) && Text(files[path]).Contains("We ask", StringComparison.Ordinal));

    private static string Rules(Dictionary<string, byte[]> files) => files.Keys.First(path => path.StartsWith("texts/", StringComparison.Ordinal) && Text(files[path]).Contains("eligibility", StringComparison.Ordinal));

    private static string News(Dictionary<string, byte[]> files) => files.Keys.First(path => path.StartsWith("texts/", StringComparison.Ordinal) && Text(files[path]).Contains("News", StringComparison.Ordinal));

    private static string Document(SomeLog log, string document) => PathOf(log.Text(document));

    private static IEnumerable<Case> Texts() =>
    [
        Bad("the text changed", "5 texts/", Published, files => Edit(FirstText(files), "We ask", "We demand")(files)),
        Bad("the text absent", "5 texts/", Published, files => files.Remove(FirstText(files))),
        Bad("the rules absent", "5 texts/", Published, files => files.Remove(Rules(files))),
        Bad("a post absent", "5 texts/", () => Published().Later().Post("update", "1"), files => files.Remove(News(files))),
        Bad("a post of more than 1 MiB", "5 texts/", () => Published().Later().Post("update", new string('x', 1 << 20)), _ => { }),
        Bad("an erased text that is served", "5 texts/", () => Published().Later().Post("update", "1").Later().Erase(6, "text"), files =>
            files[Document(new SomeLog(), """{"kind":"update","title":"News","body":"1","time":"2026-02-20T09:00:00Z","language":"en"}""")] = Utf8("""{"kind":"update","title":"News","body":"1","time":"2026-02-20T09:00:00Z","language":"en"}""")),
        Bad("an erased text whose address serves something else", "5 texts/", () => Published().Later().Post("update", "1").Later().Erase(6, "text"), files =>
            files[Document(new SomeLog(), """{"kind":"update","title":"News","body":"1","time":"2026-02-20T09:00:00Z","language":"en"}""")] = Utf8("gone")),
        Good("a post absent after retire", () => Published().Later().Post("update", "1").Close().Retire(), files => files.Remove(News(files))),
        Bad("a post changed after retire", "5 texts/", () => Published().Later().Post("update", "1").Close().Retire(), files => Edit(News(files), "News", "Olds")(files)),
        Bad("a revision absent after retire", "5 texts/", () => Published().Later().Close().Retire(), files => files.Remove(FirstText(files))),
        Bad("rules absent after retire", "5 texts/", () => Published().Later().Close().Retire(), files => files.Remove(Rules(files))),
        new("an erased text that is refused otherwise", 1, ["5 texts/"], stage => WithStatus(stage, Published().Later().Post("update", "1").Later().Erase(6, "text"),
            path => path.Contains("/texts/", StringComparison.Ordinal), 403)),
        new("an erased text that answers 410", 0, [], stage => WithStatus(stage, Published().Later().Post("update", "1").Later().Erase(6, "text"),
            path => path.Contains("/texts/", StringComparison.Ordinal), 410)),
    ];

    // Answers what is not among the files with this status.
    private static string[] WithStatus(Stage stage, SomeLog log, Func<string, bool> which, int status)
    {
        var site = stage.Put(log);
        site.Otherwise = (context, path) =>
        {
            if (!which(path) || site.Files.ContainsKey(path)) return Task.FromResult(false);
            context.Response.StatusCode = status;
            return Task.FromResult(true);
        };
        return [site.Log];
    }

    // ---- 6

    private static Case Old(string name, int exit, Func<SomeLog> log, Func<SomeLog, string> old) => new(name, exit, exit == 1 ? ["6 checkpoint"] : [], stage =>
    {
        var made = log();
        return [stage.Put(made).Log, "--old", stage.Save(old(made))];
    });

    private static string Receipt(SomeLog log, int entry)
    {
        var leaves = log.Entries.Select(bytes => MerkleTree.LeafHash(bytes)).ToArray();
        var opening = log.Openings[entry];
        return Log.Letters.Receipt.Make(log.Entries[entry], new Opening(entry, opening.Salt, opening.Record), Proofs.Inclusion(entry, leaves), SignedNote.Parse(SomeLog.Signer.Sign(log.CheckpointText(log.Size)))).Proof.ToString();
    }

    private static IEnumerable<Case> Older() =>
    [
        Old("an older checkpoint that is continued", 0, () => Published().Later().Withdraw(1), log => SomeLog.Signer.Sign(log.CheckpointText(6))),
        Old("the same checkpoint", 0, Published, log => SomeLog.Signer.Sign(log.CheckpointText(6))),
        Old("an older checkpoint in a receipt", 0, () => Published().Later().Withdraw(1), _ => Receipt(Published(), 1)),
        Old("an older checkpoint in the midst of a batch", 1, Published, log => SomeLog.Signer.Sign(log.CheckpointText(4))),
        Old("an older checkpoint of another list", 1, () => Published().Later().Withdraw(1), _ => SomeLog.Signer.Sign(Published().Replace(1, "email", "known").CheckpointText(6))),
        Old("an older checkpoint that is larger", 1, Published, _ => SomeLog.Signer.Sign(Published().Later().Withdraw(1).CheckpointText(7))),
        Old("an older checkpoint of another key", 2, Published, log => LogKey.LetterKey(new byte[32], SomeLog.Origin).Sign(log.CheckpointText(6))),
        Old("an older checkpoint of another letter", 2, Published, log => LogKey.LetterKey(new byte[32], "letters.example.org/letters/highways/log").Sign(log.CheckpointText(6).Replace("waterways", "highways", StringComparison.Ordinal))),
        Old("an older checkpoint that is none", 2, Published, _ => "nonsense"),
    ];

    // ---- 7

    private static Case Answer(string name, int exit, Func<SomeLog, string> page, Func<SomeLog>? log = null) => new(name, exit, exit == 1 ? ["7 "] : [], stage =>
    {
        var made = (log ?? Published)();
        return [stage.Put(made).Log, "--page", stage.Save(page(made))];
    });

    private static Func<SomeLog, string> With(Func<SomeLog, string> page, string what, string by) => log => page(log) is var text && text.Contains(what, StringComparison.Ordinal)
        ? text.Replace(what, by, StringComparison.Ordinal)
        : throw new ArgumentException($"the page has no {what}");

    private static string Json(SomeLog log) => log.LetterJson();

    private static string List(SomeLog log) => log.ListJson();

    private static string Html(SomeLog log) => log.ListHtml();

    private static IEnumerable<Case> Answers() =>
    [
        Answer("the letter's answer", 0, Json),
        Answer("the letter's answer of a withheld log", 0, Json, Withheld),
        Answer("the letter's answer of an earlier size", 0, _ => Published().LetterJson(), () => Published().Later().Withdraw(1)),
        Answer("an answer with another number", 1, With(Json, "\"standing\":5", "\"standing\":6")),
        Answer("an answer with another number withheld", 1, With(Json, "\"withheld\":0", "\"withheld\":1")),
        Answer("an answer with another split", 1, With(Json, "\"email\":3,\"imported\":1", "\"email\":2,\"imported\":2")) with { Fails = ["7 ", "7 "] },
        Answer("an answer with a level that is none", 1, With(Json, "\"email\":3", "\"email\":3,\"postal\":0")),
        Answer("an answer of another root", 1, With(Json, Published().RootPrefix, "0123456789abcdef")),
        Answer("an answer with a longer root", 1, With(Json, Published().RootPrefix, Published().RootAt(6).ToHex())),
        Answer("an answer of a size within a batch", 1, With(Json, "\"treeSize\":6", "\"treeSize\":5")),
        Answer("an answer of a size that is not reached", 1, With(Json, "\"treeSize\":6", "\"treeSize\":7")),
        Answer("an answer of another letter", 1, With(Json, "waterways", "highways")),
        Answer("an answer without a time", 1, With(Json, "\"time\":\"2026-03-01T09:00:00Z\",", "")),
        Answer("an answer with a time of another form", 1, With(Json, "T09:00:00Z", " 09:00")),
        Answer("an answer without its split", 1, With(Json, "byLevel", "byOther")),
        Answer("an answer with a member twice", 1, With(Json, "\"standing\":5", "\"standing\":5,\"standing\":5")),
        Answer("an answer that is cut off", 1, log => Json(log)[..^5]),
        Answer("a whole list", 0, List),
        Answer("a whole list with withheld names", 0, List, Withheld),
        Answer("a whole list of an earlier size, one of them amended since", 0, _ => Published().ListJson(), () => Published().Later().Amend(1, "Ada")),
        Answer("a part of a list", 0, log => log.ListJson(lines: 2)),
        Answer("a list with another name", 1, With(List, "Ada Okafor", "Eda Okafor")),
        Answer("a list of an earlier size with another name", 1, With(_ => Published().ListJson(), "Ada Okafor", "Ada"), () => Published().Later().Amend(1, "Ada")),
        Answer("a list without a name", 1, With(List, ",\"name\":\"Ada Okafor\"", "")),
        Answer("a list with a name that is withheld", 1, With(List, "{\"signatory\":1}", "{\"signatory\":1,\"name\":\"Ada\"}"), Withheld),
        Answer("a list with somebody twice", 1, With(log => log.ListJson(lines: 2), "\"signatory\":2,\"name\":\"Noor Haddad\"", "\"signatory\":1,\"name\":\"Ada Okafor\"")),
        Answer("a list with somebody who withdrew", 1, With(log => log.ListJson(lines: 1), "\"signatory\":2,\"name\":\"Noor Haddad\"", "\"signatory\":1,\"name\":\"Ada Okafor\""), () => Published().Later().Withdraw(1)),
        Answer("a list with somebody who never signed", 1, With(log => log.ListJson(lines: 1), "\"signatory\":1", "\"signatory\":6")),
        Answer("a list that says it is whole and is not", 1, With(log => log.ListJson(lines: 4), "\"complete\":false", "\"complete\":true")),
        Answer("a list that is no list", 1, With(log => log.ListJson(lines: 0), "\"signatories\":[]", "\"signatories\":{}")),
    ];

    private static IEnumerable<Case> HtmlPages() =>
    [
        Answer("a page", 0, Html),
        Answer("a page with withheld names", 0, Html, Withheld),
        Answer("a page of a name with an ampersand", 0, Html, () => new SomeLog().Open().Sign("Ada & Söhne <i>").Sign("\"Noor\" 'H'")),
        Answer("a page with empty marks", 0, With(Html, "</ol>", "<li data-undersigned-signatory=\"\" data-undersigned-name=\"\"></ol>")),
        Answer("a page with another number", 1, With(Html, "standing = \"5\"", "standing=6")),
        Answer("a page with another name", 1, With(Html, "name=\"Ada Okafor\"", "name=\"Eda Okafor\"")),
        Answer("a page with a name too many", 1, With(Html, "</ol>", "<li data-undersigned-signatory=6 data-undersigned-name=x></ol>")) with { Fails = ["7 ", "7 "] },
        Answer("a page with a line too few", 1, With(Html, "data-undersigned-signatory=\"2\"", "data-other=\"2\"")),
        Answer("a page without marks", 1, _ => "<!doctype html><p>1,143 people have signed"),
        Answer("a page without its time", 1, With(Html, "DATA-undersigned-time", "title")),
        Answer("a page with a number that is none", 1, With(Html, "standing = \"5\"", "standing=\"five\"")),
        Answer("a page that says two numbers", 1, With(Html, "</body>", "<p data-undersigned-tree-size=6 data-undersigned-root=x data-undersigned-time=2026-03-01T09:00:00Z data-undersigned-standing=5 data-undersigned-withheld=0></body>")),
        new("a page that is not there", 1, ["7 "], stage => [stage.Put(Published()).Log, "--page", stage.Address.AbsoluteUri + "nowhere"]),
        new("a page that is no file", 2, [], stage => [stage.Put(Published()).Log, "--page", stage.Save("") + ".html"]),
        OwnPages("the letter's own pages", 0, [], (_, _) => { }),
        OwnPages("the letter's own answer with another number", 1, ["7 "], (files, log) => files["letters/waterways.json"] = Utf8(With(Json, "\"standing\":5", "\"standing\":6")(log))),
        OwnPages("the letter's own page with another number", 1, ["7 "], (files, log) => files["letters/waterways"] = Utf8(With(Html, "standing = \"5\"", "standing = \"4\"")(log))),
        OwnPages("the letter's own list with another name", 1, ["7 "], (files, log) => files["letters/waterways/signatories"] = Utf8(With(Html, "Ada", "Eda")(log))),
        OwnPages("the letter's own whole list with a line too few", 1, ["7 "], (files, log) => files["letters/waterways/signatories/all"] = Utf8(With(Html, "data-undersigned-signatory=\"2\"", "data-other=\"2\"")(log))),
        OwnPages("the second page of the letter's own list with another name", 1, ["7 "], (files, log) => files["letters/waterways/signatories.json?after=2"] = Utf8(With(List, "Lin Wei", "Lin Way")(log))),
        OwnPages("no page beside the log", 0, [], (files, _) =>
        {
            foreach (var path in files.Keys.Where(path => !path.Contains("/log/", StringComparison.Ordinal)).ToList()) files.Remove(path);
        }),
        OwnPages("a page beside the log that claims nothing", 0, [], (files, _) => files["letters/waterways"] = Utf8("<p>Hello")),
        OwnPages("a next page on another host", 2, [], (files, log) => files["letters/waterways/signatories.json"] = Utf8(log.ListJson(2, "https://elsewhere.example/"))),
    ];

    private static Case OwnPages(string name, int exit, string[] fails, Action<Dictionary<string, byte[]>, SomeLog> change) => new(name, exit, fails, stage =>
    {
        var log = Published();
        var site = stage.Put(log);
        site.Files["letters/waterways.json"] = Utf8(log.LetterJson());
        site.Files["letters/waterways"] = site.Files["letters/waterways/signatories"] = Utf8(log.ListHtml());
        site.Files["letters/waterways/signatories.json"] = Utf8(log.ListJson(2, "?after=2"));
        site.Files["letters/waterways/signatories.json?after=2"] = Utf8(log.ListJson(4));
        change(site.Files, log);
        return [site.Letter + "/"];
    });

    // ---- servers

    private static Case Server(string name, int exit, string[] fails, Func<HttpContext, string, SomeSite.Site, Task<bool>> otherwise, Func<SomeLog>? log = null) => new(name, exit, fails, stage =>
    {
        var site = stage.Put((log ?? Published)());
        site.Otherwise = (context, path) => otherwise(context, path, site);
        return [site.Log];
    });

    private static Func<HttpContext, string, SomeSite.Site, Task<bool>> At(string end, Func<HttpContext, SomeSite.Site, Task> answer) => async (context, path, site) =>
    {
        if (!path.EndsWith(end, StringComparison.Ordinal)) return false;
        await answer(context, site);
        return true;
    };

    private static Func<HttpContext, string, SomeSite.Site, Task<bool>> Status(string end, int status) => At(end, (context, _) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    private static Func<HttpContext, string, SomeSite.Site, Task<bool>> Redirect(string end, Func<SomeSite.Site, string> to) => At(end, (context, site) =>
    {
        context.Response.Redirect(to(site));
        return Task.CompletedTask;
    });

    private static async Task Endless(HttpContext context, SomeSite.Site site)
    {
        var chunk = new byte[65536];
        try
        {
            for (var i = 0; i < 4000 && !context.RequestAborted.IsCancellationRequested; i++) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task Bomb(HttpContext context, SomeSite.Site site)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 400; i++) gzip.Write(new byte[65536]);
        await context.Response.Body.WriteAsync(zipped.ToArray());
    }

    private static async Task Short(HttpContext context, SomeSite.Site site)
    {
        context.Response.ContentLength = 1000;
        await context.Response.Body.WriteAsync(new byte[10]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task Zipped(HttpContext context, byte[] bytes)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        await context.Response.Body.WriteAsync(zipped.ToArray());
    }

    private static IEnumerable<Case> Servers() =>
    [
        Server("no key", 2, [], Status("/key", 404)),
        Server("no checkpoint", 2, [], Status("/checkpoint", 404)),
        Server("a checkpoint that is forbidden", 2, [], Status("/checkpoint", 403)),
        Server("a checkpoint that fails", 2, [], Status("/checkpoint", 500)),
        Server("a busy server", 2, [], Status("/checkpoint", 429)),
        Server("entries that fail", 2, [], Status("tile/entries/000.p/6", 503)),
        Server("entries that are forbidden", 1, ["2 tile/entries/000"], Status("tile/entries/000.p/6", 403)),
        Server("records that fail", 2, [], Status("records/000", 503)),
        Server("records that are forbidden", 1, ["4 records/000"], Status("records/000", 403)),
        Server("a text that is not modified", 1, ["5 texts/"], (context, path, site) =>
        {
            if (!path.Contains("/texts/", StringComparison.Ordinal) || !Text(site.Files[path]).Contains("We ask", StringComparison.Ordinal)) return Task.FromResult(false);
            context.Response.StatusCode = 304;
            return Task.FromResult(true);
        }),
        Server("records that fail and a text that is wrong", 1, ["5 texts/"], async (context, path, site) =>
        {
            if (path.EndsWith("records/000", StringComparison.Ordinal)) context.Response.StatusCode = 500;
            else if (path.Contains("/texts/", StringComparison.Ordinal) && Text(site.Files[path]).Contains("We ask", StringComparison.Ordinal)) await context.Response.WriteAsync("other");
            else return false;
            return true;
        }),
        Server("a redirect to another host", 2, [], Redirect("/checkpoint", _ => "http://letters.example.org/checkpoint")),
        Server("a redirect to another port", 2, [], Redirect("/checkpoint", _ => "http://127.0.0.1:1/checkpoint")),
        Server("a redirect without end", 2, [], Redirect("/checkpoint", site => site.Log + "/checkpoint")),
        Server("a redirect on the same host", 0, [], Redirect("/checkpoint", site => site.Log + "/checkpoints/6")),
        Server("an endless key", 1, ["1 key"], At("/key", Endless)),
        Server("an endless checkpoint", 1, ["1 checkpoint"], At("/checkpoint", Endless)),
        Server("endless entries", 1, ["2 tile/entries/000"], At("tile/entries/000.p/6", Endless)),
        Server("endless records", 1, ["4 records/000"], At("records/000", Endless)),
        Server("a compressed bomb", 1, ["4 records/000"], At("records/000", Bomb)),
        Server("compressed records", 0, [], At("records/000", (context, site) => Zipped(context, site.Files["letters/waterways/log/records/000"]))),
        Server("a body that is cut off", 2, [], At("/checkpoint", Short)),
        new("a server that is not there", 2, [], _ => ["http://127.0.0.1:1/letters/waterways/log"]),
        new("a later version", 2, [], stage => [stage.Put(Published().Rewrite(0, e => e.Replace("{\"v\":1,", "{\"v\":2,\"colour\":true,", StringComparison.Ordinal))).Log]),
        new("a letter that is not there", 2, [], stage => [stage.Address.AbsoluteUri + "letters/none"]),
    ];

    // ---- a list that moves

    private static SomeLog Until(SomeLog log, DateTimeOffset time) => log.Later((int)(time - log.Time).TotalSeconds);

    private static SomeLog Recent(SomeLog log) => Until(log, Reader.Now.AddMinutes(-5)).Withdraw(1);

    // Answers the first times from the files of an earlier state.
    private static Func<HttpContext, string, SomeSite.Site, Task<bool>> Earlier(Dictionary<string, byte[]> earlier, string end, int times) => At(end, async (context, site) =>
    {
        var path = context.Request.Path.Value![(context.Request.Path.Value!.IndexOf("/log/", StringComparison.Ordinal) + 5)..];
        var count = site.Asked.Count(asked => asked.EndsWith(end, StringComparison.Ordinal));
        await context.Response.Body.WriteAsync(count <= times ? earlier[path] : site.Files[$"letters/waterways/log/{path}"]);
    });

    private static IEnumerable<Case> Moving() =>
    [
        Server("a checkpoint that lags behind the records", 0, [], Earlier(Published().Files(), "/checkpoint", 1), () => Recent(Published())),
        Server("a checkpoint that lags behind the records for good", 1, ["4 records/000"], Earlier(Published().Files(), "/checkpoint", 99), () => Recent(Published())),
        Server("records that lag behind by five minutes", 0, [], Earlier(Published().Files(), "/records/000", 99), () => Recent(Published())),
        Server("records that lag behind by eleven minutes", 1, ["4 records/000"], Earlier(Published().Files(), "/records/000", 99), () => Until(Published(), Reader.Now.AddMinutes(-11)).Withdraw(1)),
        Server("one bundle's records that lag behind and come", 0, [], Earlier(Long().Files(), "/records/000", 2), () => Recent(Long())),
        Server("one bundle's records that lag behind for good", 1, ["4 records/000"], Earlier(Long().Files(), "/records/000", 99), () => Recent(Long())),
        Server("one bundle's records that lag behind without a difference", 0, [], Earlier(Long().Files(), "/records/001", 99), () => Recent(Long())),
        new("a page that is ahead of the first checkpoint", 0, [], stage =>
        {
            var log = Recent(Published());
            var site = stage.Put(log);
            site.Otherwise = (context, path) => Earlier(Published().Files(), "/checkpoint", 1)(context, path, site);
            return [site.Log, "--page", stage.Save(log.LetterJson())];
        }),
        new("a checkpoint that forks while it is read", 1, ["6 checkpoint"], stage =>
        {
            var log = Published();
            var site = stage.Put(log);
            var fork = Published().Replace(1, "email", "known").Files();
            site.Otherwise = (context, path) => Earlier(log.Files(), "/checkpoint", 1)(context, path, site);
            site.Files["letters/waterways/log/checkpoint"] = fork["checkpoint"];
            return [site.Log, "--page", stage.Save(With(Json, "\"treeSize\":6", "\"treeSize\":7")(log))];
        }),
        new("a text that is erased while it is read", 0, [], stage =>
        {
            var before = Published().Later().Post("update", "1");
            var log = Until(Published().Later().Post("update", "1"), Reader.Now.AddMinutes(-5)).Erase(6, "text");
            var (site, earlier) = (stage.Put(log), before.Files());
            site.Otherwise = async (context, path) =>
                await Earlier(earlier, "/checkpoint", 1)(context, path, site) || await Earlier(earlier, "/records/000", 99)(context, path, site);
            return [site.Log];
        }),
    ];
}
