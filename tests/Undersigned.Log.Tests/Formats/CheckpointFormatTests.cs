using Undersigned.Log;

namespace Undersigned.Log.Tests.Formats;

public class CheckpointFormatTests
{
    private const string Root = "NBUVmC1lDiNSDb1U1/zwr6G3DMOhakEdRk3JwayWwwE=";

    [Theory]
    [InlineData("letters.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("letters.example/log\n9223372036854775807\n" + Root + "\n")]
    [InlineData("a name of another log\n5\n" + Root + "\n")]
    public void A_text_of_three_lines_is_read_and_comes_out_the_same(string text) => Assert.Equal(text, Checkpoint.Parse(text).Text);

    [Theory]
    [InlineData("")]
    [InlineData("\n5\n" + Root + "\n")]
    [InlineData("origin\n\n" + Root + "\n")]
    [InlineData("origin\n05\n" + Root + "\n")]
    [InlineData("origin\n-5\n" + Root + "\n")]
    [InlineData("origin\n+5\n" + Root + "\n")]
    [InlineData("origin\n 5\n" + Root + "\n")]
    [InlineData("origin\n5.0\n" + Root + "\n")]
    [InlineData("origin\n٥\n" + Root + "\n")]
    [InlineData("origin\n9223372036854775808\n" + Root + "\n")]
    [InlineData("origin\n5\n" + Root)]
    [InlineData("origin\n5\n\n")]
    [InlineData("origin\n5\nNBUVmC1lDiNSDb1U1/zwr6G3DMOhakEdRk3JwayWwwF=\n")]
    [InlineData("origin\n5\nNBUVmC1lDiNSDb1U1/zwr6G3DMOhakEdRk3JwayWwwE\n")]
    [InlineData("origin\n5\nNBUVmC1lDiNSDb1U1/zwr6G3DMOhakEdRk3JwayWww==\n")]
    [InlineData("origin\n5\nNBUVmC1lDiNSDb1U1_zwr6G3DMOhakEdRk3JwayWwwE=\n")]
    [InlineData("origin\n5\n" + Root + "\nextension\n")]
    [InlineData("origin\n5\n" + Root + "\n\n")]
    [InlineData("origin\r\n5\n" + Root + "\n")]
    public void Any_other_text_is_refused(string text) => Assert.Throws<LogFormatException>(() => Checkpoint.Parse(text));

    [Fact]
    public void The_key_of_a_log_is_derived_from_the_seed_and_the_origin()
    {
        byte[] seed = [.. Enumerable.Range(0, 32).Select(b => (byte)b)];
        Assert.Equal("petition.example/letters/waterways/log+3ce8469c+Ab4MWVG/A7Mmhnb8xfmB93aWBf/LsEFtOiA13u+GbhjU", LogKey.LetterKey(seed, "petition.example/letters/waterways/log").VerifierKey.ToString());
        Assert.NotEqual(LogKey.LetterKey(seed, "petition.example/letters/a/log").VerifierKey, LogKey.LetterKey(seed, "petition.example/letters/b/log").VerifierKey);
        Assert.Throws<ArgumentException>(() => LogKey.LetterKey(seed.AsSpan(1), "petition.example/letters/a/log"));
    }

    [Fact]
    public void A_cosignature_is_of_one_witness_one_text_and_one_time()
    {
        var (witness, other) = (new NoteSigner("w.example", new byte[32]), new NoteSigner("w.example", [.. Enumerable.Repeat((byte)1, 32)]));
        var text = $"origin\n5\n{Root}\n";
        var signature = witness.Cosign(text, 1_700_000_000);
        Assert.True(Cosignature.TryVerify(witness.CosignerKey, text, signature, out var time));
        Assert.Equal(1_700_000_000, time);
        Assert.False(Cosignature.TryVerify(witness.CosignerKey, text.Replace('5', '6'), signature, out _));
        Assert.False(Cosignature.TryVerify(other.CosignerKey, text, signature, out _));
        Assert.False(Cosignature.TryVerify(witness.VerifierKey, text, signature, out _));
        var later = signature.Bytes.ToArray();
        later[7]++;
        Assert.False(Cosignature.TryVerify(witness.CosignerKey, text, signature with { Bytes = later }, out _));
        later[0] = 0x80;
        Assert.False(Cosignature.TryVerify(witness.CosignerKey, text, signature with { Bytes = later }, out _));
        Assert.False(Cosignature.TryVerify(witness.CosignerKey, text, signature with { Bytes = new byte[7] }, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => witness.Cosign(text, -1));
    }
}
