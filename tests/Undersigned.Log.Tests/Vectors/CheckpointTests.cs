using Undersigned.Log;

namespace Undersigned.Log.Tests.Vectors;

/// <summary>Checkpoints with consistency proofs that witnesses test with.</summary>
public class CheckpointTests
{
    private const string MonkeysKey = "monkeys+db4d9f7e+AULaJMvTtDLHPUcUrjdDad9vDlh/PTfC2VV60JUtCfWT";
    private const string Monkeys5 = "monkeys\n5\n41smjBUiAU70EtKlT6lIOIYtRTYxYXsDB+XHfcvu/BE=\n\n— monkeys 202fftzGl3LVoqjXfwCFZZXs8I+5G22+Ek2K0AOyBuSJ/8/CZawNF+6fNlTKOCd622pbzJNkkJFWuw9DbicZCkEx9AY=\n";
    private const string Monkeys8 = "monkeys\n8\nV8K9aklZ4EPB+RMOk1/8VsJUdFZR77GDtZUQq84vSbo=\n\n— monkeys 202ffoUEboiQYpHzICeaFmoy3RNviHTpAxYrq/eO4QQVQMvu9UebKBMX2MJC76NLthZaKsnKbCA8GxrjePZhvDCH7Ag=\n";

    private const string TreeOrigin = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
    private const string TreeKey = TreeOrigin + "+5202289b+Af/cLU2Y5BJNP+r3iMDC+av9eWCD0fBJVDfzAux5zxAP";

    private static readonly Dictionary<long, (string Root, string Signature)> Trees = new()
    {
        [1] = ("KgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY="),
        [3] = ("RcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=", "UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go="),
        [5] = ("QrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=", "UgIomw/EOJmWi0i1FQsOj+etB7F8IccFam/jgd6wzRns4QPVmyEZtdvl1U2KEmLOZ/ASRcWJi0tW90dJWAShei7sDww="),
    };

    private static string Note(long size) => $"{TreeOrigin}\n{size}\n{Trees[size].Root}\n\n— {TreeOrigin} {Trees[size].Signature}\n";

    private static Hash[] Base64Hashes(params string[] proof) => [.. proof.Select(text => Hash.TryParseBase64(text, out var hash) ? hash : throw new ArgumentException(text))];

    private static Hash[] HexHashes(params string[] proof) => [.. proof.Select(text => Hash.TryParseHex(text, out var hash) ? hash : throw new ArgumentException(text))];

    [Fact]
    public void The_monkeys_go_on_from_5_to_8()
    {
        var key = VerifierKey.Parse(MonkeysKey);
        var (five, eight) = (Checkpoint.Open(Monkeys5, key), Checkpoint.Open(Monkeys8, key));
        var proof = HexHashes(
            "b9e1d62618f7fee8034e4c5010f727ab24d8e4705cb296c374bf2025a87a10d2", "aac66cd7a79ce4012d80762fe8eec3a77f22d1ca4145c3f4cee022e7efcd599d",
            "89d0f753f66a290c483b39cd5e9eafb12021293395fad3d4a2ad053cfbcfdc9e", "29e40bb79c966f4c6fe96aff6f30acfce5f3e8d84c02215175d6e018a5dee833");
        Assert.True(Proofs.VerifyConsistency(five.Size, eight.Size, proof, five.Root, eight.Root));
    }

    [Theory]
    [InlineData(1, 3, "KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData(1, 5, "KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "+fUDV+k970B4I3uKrqJM4aP1lloPZP8mvr2Z4wRw2LI=", "KgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData(3, 5, "KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "KgMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "wgiIFdZfYNv6WU1OllBKsWnLYIS/DBMqt8Uh/S4OukE=", "KgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_witness_is_shown_a_log_that_goes_on(long from, long to, params string[] proof)
    {
        var key = VerifierKey.Parse(TreeKey);
        var (older, newer) = (Checkpoint.Open(Note(from), key), Checkpoint.Open(Note(to), key));
        var hashes = Base64Hashes(proof);
        Assert.True(Proofs.VerifyConsistency(from, to, hashes, older.Root, newer.Root));
        hashes[1] = older.Root;
        Assert.False(Proofs.VerifyConsistency(from, to, hashes, older.Root, newer.Root));
    }

    [Fact]
    public void A_changed_signature_of_the_log_fails_its_note()
    {
        var broken = Note(3).Replace("6go=", "6gs=", StringComparison.Ordinal);
        var exception = Assert.Throws<LogVerificationException>(() => Checkpoint.Open(broken, VerifierKey.Parse(TreeKey)));
        Assert.Equal("checkpoint", exception.Where);
    }

    [Fact]
    public void A_checkpoint_of_another_log_is_not_opened()
    {
        Assert.Throws<LogVerificationException>(() => Checkpoint.Open(Monkeys5, VerifierKey.Parse(TreeKey)));
        var owl = new NoteSigner("owls", new byte[32]);
        Assert.Throws<LogVerificationException>(() => Checkpoint.Open(owl.Sign(SignedNote.Parse(Monkeys5).Text), owl.VerifierKey));
        var other = new NoteSigner("monkeys", new byte[32]).VerifierKey;
        Assert.Throws<LogVerificationException>(() => Checkpoint.Open(Monkeys5, other));
    }
}
