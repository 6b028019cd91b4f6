using System.Text;
using System.Text.Json;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Log.Tests.Letters;

namespace Undersigned.Verifier.Tests;

public sealed class VerbTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-verbs").FullName;
    private SomeSite site = null!;
    private int files;

    public async ValueTask InitializeAsync() => site = await SomeSite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static readonly string TheKey = SomeLog.Signer.VerifierKey.ToString();

    private string Save(string text)
    {
        var path = Path.Combine(folder, $"f{files++}");
        File.WriteAllText(path, text);
        return path;
    }

    private static string Receipt(SomeLog log, int entry, Func<string, string>? change = null)
    {
        var (leaves, opening) = (log.Entries.Select(bytes => MerkleTree.LeafHash(bytes)).ToArray(), log.Openings[entry]);
        var checkpoint = SignedNote.Parse(SomeLog.Signer.Sign(log.CheckpointText(log.Size)));
        var proof = Undersigned.Log.Letters.Receipt.Make(log.Entries[entry], new Opening(entry, opening.Salt, opening.Record), Proofs.Inclusion(entry, leaves), checkpoint).Proof;
        if (change is not null) proof = proof with { Extra = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(proof.Extra!.Value.Span))) };
        return proof.ToString();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_receipt_is_checked_offline_with_the_key(int entry)
    {
        var run = await Reader.RunAsync("receipt", Save(Receipt(GoodLogs.Published(), entry)), "--key", TheKey);
        Assert.Equal((0, ""), (run.ExitStatus, run.Error));
        Assert.Contains($"entry {entry} of 6", run.Output, StringComparison.Ordinal);
        Assert.Contains("key given by you", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_of_a_withheld_name_shows_no_name()
    {
        var run = await Reader.RunAsync("receipt", Save(Receipt(GoodLogs.Withheld(), 1)), "--key", TheKey);
        Assert.Equal(0, run.ExitStatus);
        Assert.Contains("with the name withheld", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ada Okafor", "Eda Okafor", 4)]
    [InlineData("\\\"level\\\":\\\"email\\\"", "\\\"level\\\":\\\"known\\\"", 2)]
    [InlineData("\"salt\":", "\"pepper\":", 1)]
    [InlineData("{\"entry\":", "{\"note\":\"\",\"entry\":", 1)]
    [InlineData("\\\"type\\\":\\\"sign\\\"", "\\\"type\\\":\\\"sing\\\"", 1)]
    [InlineData("\\\"name\\\"", "\\\"nickname\\\"", 1)]
    public async Task A_receipt_changed_in_one_thing_fails(string what, string by, int check)
    {
        var run = await Reader.RunAsync("receipt", Save(Receipt(GoodLogs.Published(), 1, extra => extra.Replace(what, by, StringComparison.Ordinal))), "--key", TheKey);
        Assert.Equal(1, run.ExitStatus);
        Assert.StartsWith($"FAIL {check} ", run.Fails.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_of_another_key_or_beside_its_proof_fails()
    {
        var receipt = Receipt(GoodLogs.Published(), 1);
        var other = LogKey.LetterKey(new byte[32], SomeLog.Origin).VerifierKey.ToString();
        Assert.StartsWith("FAIL 1 checkpoint", (await Reader.RunAsync("receipt", Save(receipt), "--key", other)).Output, StringComparison.Ordinal);
        var run = await Reader.RunAsync("receipt", Save(receipt.Replace("index 1\n", "index 2\n", StringComparison.Ordinal)), "--key", TheKey);
        Assert.StartsWith("FAIL 2 entry 2", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Reader.RunAsync("receipt", Path.Combine(folder, "none"), "--key", TheKey)).ExitStatus);
    }

    [Fact]
    public async Task A_receipt_is_weighed_by_the_readers_policy()
    {
        var log = GoodLogs.Published();
        var policy = Save($"witness a {SomeLog.Witness(1).CosignerKey}\nquorum a\n");
        Assert.StartsWith("FAIL 1 checkpoint", (await Reader.RunAsync("receipt", Save(Receipt(log, 1)), "--key", TheKey, "--policy", policy)).Output, StringComparison.Ordinal);
        var cosigned = Receipt(log, 1) + SomeLog.Witness(1).Cosign(log.CheckpointText(6), 1772300000).Line;
        Assert.Equal(0, (await Reader.RunAsync("receipt", Save(cosigned), "--key", TheKey, "--policy", policy)).ExitStatus);
    }

    [Fact]
    public async Task A_saved_page_is_checked_against_the_log()
    {
        var log = GoodLogs.Published();
        var letter = site.Add(log).Letter;
        Assert.Equal(0, (await Reader.RunAsync("page", Save(log.ListHtml()), "--log", letter)).ExitStatus);
        Assert.Equal(0, (await Reader.RunAsync("page", Save(log.LetterJson()), "--log", letter + "/log", "--key", TheKey)).ExitStatus);
        var run = await Reader.RunAsync("page", Save(log.ListHtml().Replace("Lin Wei", "Lin Way", StringComparison.Ordinal)), "--log", letter);
        Assert.StartsWith("FAIL 7 ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_on_the_web_tells_where_its_log_is()
    {
        var log = GoodLogs.Published();
        var some = site.Add(log);
        some.Files["letters/waterways.json"] = Encoding.UTF8.GetBytes(log.LetterJson());
        some.Files["letters/waterways/signatories"] = Encoding.UTF8.GetBytes(log.ListHtml());
        Assert.Equal(0, (await Reader.RunAsync("page", some.Letter + ".json")).ExitStatus);
        Assert.Equal(0, (await Reader.RunAsync("page", some.Letter + "/signatories")).ExitStatus);
    }

    [Fact]
    public async Task A_page_that_does_not_tell_where_its_log_is_needs_the_log()
    {
        var run = await Reader.RunAsync("page", Save("<p>Hello"));
        Assert.Equal(2, run.ExitStatus);
        Assert.Contains("--log", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_as_JSON_has_the_documented_members()
    {
        var run = await Reader.RunAsync("list", site.Add(GoodLogs.Published()).Log, "--json");
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(
            "exit origin key treeSize root opened lastChanged standing withheld byLevel withdrawn removed amended amendedInName amendedInNameIsAtLeast witnessesOfPolicy witnessesSeen sentence failures troubles warnings remarks",
            string.Join(' ', json.RootElement.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("""{"email":3,"imported":1,"known":1}""", json.RootElement.GetProperty("byLevel").ToString().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        var failed = await Reader.RunAsync("list", site.Add(BrokenRules.All[0].Log()).Log, "--json");
        using var failure = JsonDocument.Parse(failed.Output);
        Assert.Equal(1, failure.RootElement.GetProperty("exit").GetInt32());
        Assert.Equal(3, failure.RootElement.GetProperty("failures")[0].GetProperty("check").GetInt32());
    }

    [Theory]
    [InlineData]
    [InlineData("lst")]
    [InlineData("list")]
    [InlineData("list", "letters.example.org")]
    [InlineData("list", "ftp://letters.example.org/letters/a")]
    [InlineData("list", "http://127.0.0.1:1/", "--key")]
    [InlineData("list", "http://127.0.0.1:1/", "--colour")]
    [InlineData("list", "http://127.0.0.1:1/", "--old", "/nowhere")]
    [InlineData("receipt")]
    [InlineData("audit")]
    [InlineData("audit", "http://127.0.0.1:1/", "--draw", "six")]
    [InlineData("audit", "http://127.0.0.1:1/", "--value", "")]
    [InlineData("audit", "http://127.0.0.1:1/", "--value", " 7")]
    public async Task Arguments_that_cannot_be_used_end_with_2_and_a_word_why(params string[] arguments)
    {
        var run = await Reader.RunAsync(arguments);
        Assert.Equal((2, ""), (run.ExitStatus, run.Output));
        Assert.NotEqual("", run.Error);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("audit")]
    [InlineData("receipt")]
    [InlineData("page")]
    [InlineData("monitor")]
    public async Task Help_shows_an_example(string verb)
    {
        var run = await Reader.RunAsync(verb, "--help");
        Assert.Equal(0, run.ExitStatus);
        Assert.Contains($"Example: undersigned-verify {verb} ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_cosignatures_and_a_time_in_the_future_are_warned_of()
    {
        var log = GoodLogs.Published();
        var policy = Save($"witness a {SomeLog.Witness(1).CosignerKey}\nquorum a\n");
        var put = site.Add(log);
        put.Files["letters/waterways/log/checkpoint"] = [.. log.Files()["checkpoint"], .. Encoding.UTF8.GetBytes(SomeLog.Witness(1).Cosign(log.CheckpointText(6), 1771300000).Line)];
        var late = await Reader.RunAsync("list", put.Log, "--policy", policy);
        Assert.Equal(0, late.ExitStatus);
        Assert.StartsWith("As of 2026-02-17 03:46 UTC, ", late.Output, StringComparison.Ordinal);
        Assert.Contains("1 of the 1 witnesses of your policy saw the same list.", late.Output, StringComparison.Ordinal);
        Assert.Contains("more than 48 hours ago", late.Error, StringComparison.Ordinal);
        var early = await Reader.RunAsync(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "list", site.Add(log).Log);
        Assert.Equal(0, early.ExitStatus);
        Assert.Contains("later than it is now", early.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sentence_reads_as_the_specification_has_it()
    {
        var log = GoodLogs.All["every act on a public signatory"]();
        var run = await Reader.RunAsync("list", site.Add(log).Log, "--key", TheKey);
        Assert.Equal(
            "As last changed at 2026-02-16 09:05 UTC, 4 names are listed: 4 signatures, 4 of them named (2 by address only) and 0 with the name withheld, and 0 imported by the maintainers without confirmation. "
            + "Since 16 February 2026, 2 were withdrawn and 0 removed; 1 line was amended, 1 of them in the name. Signed by letters.example.org/letters/waterways/log (key given by you). "
            + "No witness of your policy has seen it: others may have been shown another list.\n",
            run.Output);
    }

    [Fact]
    public async Task Nothing_is_fetched_twice_and_the_checkpoint_before_the_rest()
    {
        var put = site.Add(GoodLogs.All["300 entries in batches of ten"]());
        Assert.Equal(0, (await Reader.RunAsync("list", put.Log)).ExitStatus);
        Assert.Equal(put.Asked.Count, put.Asked.Distinct().Count());
        Assert.Equal(["letters/waterways/log/key", "letters/waterways/log/checkpoint"], put.Asked.Take(2));
    }
}
