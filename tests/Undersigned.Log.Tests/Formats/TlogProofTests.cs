using Undersigned.Log;

namespace Undersigned.Log.Tests.Formats;

public class TlogProofTests
{
    private static readonly string Note = MemoryLog.Signer.Sign(MemoryLog.Of(5).Checkpoint.Text);
    private const string Hash1 = "qze6NNHf4pAV3nF6bVdkqPsCnDp6D1tkuTtUNRiFv3w=";

    [Theory]
    [InlineData("index 0\n")]
    [InlineData("index 3\n" + Hash1 + "\n" + Hash1 + "\n")]
    [InlineData("extra AAEC\nindex 9223372036854775807\n" + Hash1 + "\n")]
    [InlineData("extra \nindex 1\n")]
    public void A_proof_is_read_and_comes_out_the_same(string head)
    {
        var text = "c2sp.org/tlog-proof@v1\n" + head + "\n" + Note;
        Assert.Equal(text, TlogProof.Parse(text).ToString());
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing", "" },
        { "another version", "c2sp.org/tlog-proof@v2\nindex 0\n\n" + Note },
        { "no index", "c2sp.org/tlog-proof@v1\n\n" + Note },
        { "extra after the index", "c2sp.org/tlog-proof@v1\nindex 0\nextra AAEC\n\n" + Note },
        { "extra twice", "c2sp.org/tlog-proof@v1\nextra AAEC\nextra AAEC\nindex 0\n\n" + Note },
        { "extra that is not base64", "c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n" + Note },
        { "a negative index", "c2sp.org/tlog-proof@v1\nindex -1\n\n" + Note },
        { "an index with a leading zero", "c2sp.org/tlog-proof@v1\nindex 00\n\n" + Note },
        { "an index of 2^63", "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n" + Note },
        { "a line that is no hash", "c2sp.org/tlog-proof@v1\nindex 0\nhash\n\n" + Note },
        { "no empty line", "c2sp.org/tlog-proof@v1\nindex 0\n" + Note.Replace("\n\n", "\n", StringComparison.Ordinal) },
        { "no checkpoint", "c2sp.org/tlog-proof@v1\nindex 0\n\n" },
        { "a checkpoint without a signature", "c2sp.org/tlog-proof@v1\nindex 0\n\norigin\n5\n" + Hash1 + "\n" },
        { "64 hashes", "c2sp.org/tlog-proof@v1\nindex 0\n" + string.Concat(Enumerable.Repeat(Hash1 + "\n", 64)) + "\n" + Note },
        { "a line of more than 64 KiB", "c2sp.org/tlog-proof@v1\nextra " + new string('A', 65_536) + "\nindex 0\n\n" + Note },
        { "carriage returns", ("c2sp.org/tlog-proof@v1\nindex 0\n\n" + Note).Replace("\n", "\r\n", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_proof_is_refused(string why, string proof)
    {
        Assert.NotEmpty(why);
        Assert.Throws<LogFormatException>(() => TlogProof.Parse(proof));
    }

    [Fact]
    public void A_proof_of_another_entry_place_or_log_does_not_verify()
    {
        var (log, leaf) = (MemoryLog.Of(5), NaiveTree.Of(5).LeafHashes(5)[3]);
        var proof = new TlogProof(null, 3, Proofs.Inclusion(3, NaiveTree.Of(5).LeafHashes(5)), SignedNote.Parse(Note));
        Assert.Equal(log.Checkpoint, proof.Verify(leaf, MemoryLog.Signer.VerifierKey));
        Assert.Throws<LogVerificationException>(() => proof.Verify(NaiveTree.Of(5).LeafHashes(5)[2], MemoryLog.Signer.VerifierKey));
        Assert.Throws<LogVerificationException>(() => (proof with { Index = 2 }).Verify(leaf, MemoryLog.Signer.VerifierKey));
        Assert.Throws<LogVerificationException>(() => (proof with { Hashes = [] }).Verify(leaf, MemoryLog.Signer.VerifierKey));
        Assert.Throws<LogVerificationException>(() => proof.Verify(leaf, new NoteSigner("other", new byte[32]).VerifierKey));
    }
}
