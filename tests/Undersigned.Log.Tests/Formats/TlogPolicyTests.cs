using System.Text;
using Undersigned.Log;

namespace Undersigned.Log.Tests.Formats;

public class TlogPolicyTests
{
    private static readonly NoteSigner[] Signers = [.. Enumerable.Range(0, 6).Select(i => new NoteSigner($"w{i}.example", [.. Enumerable.Repeat((byte)(i + 1), 32)]))];
    private static readonly string Text = MemoryLog.Of(5).Checkpoint.Text;

    private static string Witness(int i) => $"witness W{i} {Signers[i].CosignerKey}\n";

    private static readonly string Witnesses = string.Concat(Enumerable.Range(0, 6).Select(Witness));

    private static SignedNote Note(params (int Witness, long Time)[] cosignatures) =>
        SignedNote.Parse(MemoryLog.Signer.Sign(Text)).With(cosignatures.Select(c => Signers[c.Witness].Cosign(Text, c.Time)));

    // W0 to W2 are of one house and W3 to W5 of another: two of the first and any of the second.
    private static readonly string TwoHouses = Witnesses + "group X 2 W0 W1 W2\ngroup Y any W3 W4 W5\ngroup both all X Y\nquorum both\n";

    [Theory]
    [InlineData("", false, null)]
    [InlineData("0@10 1@20 3@30", true, 10L)]
    [InlineData("0@10 1@20 2@30", false, null)]
    [InlineData("0@10 3@20", false, null)]
    [InlineData("0@10 1@20 2@30 3@40", true, 20L)]
    [InlineData("0@50 1@40 2@30 3@20 4@10 5@15", true, 20L)]
    [InlineData("0@7 1@7 3@7", true, 7L)]
    [InlineData("0@10 1@20 3@5 0@60", true, 5L)]
    [InlineData("0@10 1@20 3@15 0@60", true, 15L)]
    [InlineData("0@60 1@20 3@15 0@10", true, 15L)]
    [InlineData("0@0 1@0 3@0", true, 0L)]
    public void The_quorum_of_two_houses_is_reached_since_the_latest_time_that_is_enough(string cosigned, bool isReached, long? since)
    {
        var cosignatures = cosigned.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('@')).Select(c => (int.Parse(c[0], null), long.Parse(c[1], null)));
        var result = TlogPolicy.Parse(TwoHouses).Evaluate(Note([.. cosignatures]));
        Assert.Equal(isReached, result.IsQuorumReached);
        Assert.Equal(since, result.Since);
        Assert.Empty(result.Failing);
    }

    [Fact]
    public void A_witness_of_the_policy_that_fails_is_named()
    {
        var note = Note((0, 10), (1, 20));
        var forged = note.Signatures[1] with { Bytes = note.Signatures[2].Bytes };
        var result = TlogPolicy.Parse(TwoHouses).Evaluate(SignedNote.Of(note.Text, [note.Signatures[0], forged]));
        Assert.Equal("W0", Assert.Single(result.Failing).Name);
        Assert.Empty(result.Seen);
    }

    [Fact]
    public void Without_a_quorum_nothing_is_demanded_and_nothing_dated()
    {
        var policy = TlogPolicy.Parse(Witness(0) + "quorum none\n");
        Assert.False(policy.HasQuorum);
        var result = policy.Evaluate(Note((0, 10)));
        Assert.True(result.IsQuorumReached);
        Assert.Null(result.Since);
        Assert.Equal(10, Assert.Single(result.Seen).Value);
    }

    [Fact]
    public void What_witnesses_saw_elsewhere_is_weighed_alike()
    {
        var policy = TlogPolicy.Parse(Witness(0) + Witness(1) + "group both all W0 W1\nquorum both\n");
        var (first, second) = (policy.Witnesses[0], policy.Witnesses[1]);
        Assert.Equal(3, policy.Weigh(new Dictionary<PolicyWitness, long> { [first] = 3, [second] = 8 }).Since);
        Assert.False(policy.Weigh(new Dictionary<PolicyWitness, long> { [second] = 8 }).IsQuorumReached);
    }

    [Fact]
    public void Comments_white_space_addresses_and_other_octets_are_read()
    {
        var policy = TlogPolicy.Parse(
            $"# a comment\n\n \t \n\tlog  {MemoryLog.Signer.VerifierKey}\thttps://letters.example/log \n  # another\nwitness Zeuge-Ü {Signers[0].CosignerKey} https://w0.example\nquorum Zeuge-Ü");
        Assert.Equal("https://letters.example/log", Assert.Single(policy.Logs).Url);
        Assert.Equal(new PolicyWitness("Zeuge-Ü", Signers[0].CosignerKey, "https://w0.example"), Assert.Single(policy.Witnesses));
        byte[] octets = [.. "witness \xff "u8.ToArray(), .. Encoding.UTF8.GetBytes(Signers[0].CosignerKey + "\nquorum none\n")];
        octets[8] = 0xff;
        Assert.Single(TlogPolicy.Parse(octets).Witnesses);
    }

    [Fact]
    public void A_thousand_groups_within_each_other_are_weighed()
    {
        var text = new StringBuilder(Witness(0)).Append("group G0 any W0\n");
        for (var i = 1; i < 1_000; i++) text.Append(null, $"group G{i} all G{i - 1}\n");
        Assert.Equal(4, TlogPolicy.Parse(text.Append("quorum G999\n").ToString()).Evaluate(Note((0, 4))).Since);
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing", "" },
        { "no quorum", Witness(0) },
        { "two quorums", Witness(0) + "quorum W0\nquorum W0\n" },
        { "a quorum before its witness", "quorum W0\n" + Witness(0) },
        { "a quorum of nobody", "quorum W0\n" },
        { "a quorum of two names", Witness(0) + "quorum W0 W0\n" },
        { "an unknown word", "mirror M\nquorum none\n" },
        { "a word in capitals", "QUORUM none\n" },
        { "a witness without a key", "witness W0\nquorum none\n" },
        { "a witness with too much", Witness(0)[..^1] + " a b\nquorum none\n" },
        { "a witness whose key does not cosign", $"witness W0 {Signers[0].VerifierKey}\nquorum none\n" },
        { "a witness with a broken key", "witness W0 w0.example+00000000+AAAA\nquorum none\n" },
        { "a witness twice", Witness(0) + Witness(0) + "quorum none\n" },
        { "a key twice under two names", Witness(0) + $"witness W9 {new NoteSigner("w9.example", [.. Enumerable.Repeat((byte)1, 32)]).CosignerKey}\nquorum none\n" },
        { "a name twice", Witness(0) + $"witness W0 {Signers[1].CosignerKey}\nquorum none\n" },
        { "a log twice", $"log {MemoryLog.Signer.VerifierKey}\nlog {MemoryLog.Signer.VerifierKey}\nquorum none\n" },
        { "a log without a key", "log\nquorum none\n" },
        { "a witness called none", $"witness none {Signers[0].CosignerKey}\nquorum none\n" },
        { "a group without members", Witness(0) + "group G any\nquorum none\n" },
        { "a group of none", Witness(0) + "group G any none\nquorum none\n" },
        { "a group of 0", Witness(0) + "group G 0 W0\nquorum none\n" },
        { "a group of more than there are", Witness(0) + "group G 2 W0\nquorum none\n" },
        { "a group of 01", Witness(0) + "group G 01 W0\nquorum none\n" },
        { "a group of some", Witness(0) + "group G some W0\nquorum none\n" },
        { "a group of itself", Witness(0) + "group G any G\nquorum none\n" },
        { "a member twice in one group", Witness(0) + "group G any W0 W0\nquorum none\n" },
        { "a member in two groups", Witness(0) + "group G any W0\ngroup H any W0\nquorum none\n" },
        { "a group of a witness's name", Witness(0) + Witness(1) + "group W0 any W1\nquorum none\n" },
        { "a carriage return", "quorum none\r\n" },
        { "a NUL", "quorum none\0\n" },
        { "a DEL", "quorum none # \x7f\n" },
        { "more than 1 MiB", new string('#', 1 << 20) + "\nquorum none\n" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_policy_is_refused(string why, string policy)
    {
        Assert.NotEmpty(why);
        Assert.Throws<LogFormatException>(() => TlogPolicy.Parse(policy));
    }
}
