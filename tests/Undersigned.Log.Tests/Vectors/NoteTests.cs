using Undersigned.Log;

namespace Undersigned.Log.Tests.Vectors;

/// <summary>Keys and notes that other implementations of c2sp.org/signed-note and tlog-cosignature publish.</summary>
public class NoteTests
{
    private const string FooKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private const string FooNote = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    [Fact]
    public void The_example_of_the_specification_verifies()
    {
        var note = SignedNote.Parse(FooNote);
        var key = VerifierKey.Parse(FooKey);
        Assert.Equal("This is an example message.\n", note.Text);
        Assert.Equal([key], note.Verify(key).Signers);
        Assert.True(note.Verify(key).Holds);
        Assert.Equal(FooNote, note.ToString());
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", KeyType.Ed25519)]
    [InlineData("TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6", KeyType.Ed25519)]
    [InlineData("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2", KeyType.Ed25519Cosignature)]
    [InlineData("monkeys+db4d9f7e+AULaJMvTtDLHPUcUrjdDad9vDlh/PTfC2VV60JUtCfWT", KeyType.Ed25519)]
    [InlineData("witness+f13a86db+AdYV1Ztajd9BvyjP2HgpwrqYL6TjOwIjGMOq8Bu42xbN", KeyType.Ed25519)]
    public void A_published_key_parses_and_comes_out_the_same(string vkey, KeyType type)
    {
        var key = VerifierKey.Parse(vkey);
        Assert.Equal(type, key.KeyType);
        Assert.Equal(vkey, key.ToString());
        Assert.Equal(key, VerifierKey.Parse(vkey));
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "YEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")]
    [InlineData("monkeys+db4d9f7e+AULaJMvTtDLHPUcUrjdDad9vDlh/PTfC2VV60JUtCfWT", "TWIAF3yVBG+Hv1rZFQoNt/BaURkLPtOFMAM2HrEeIr6")]
    [InlineData("witness+f13a86db+AdYV1Ztajd9BvyjP2HgpwrqYL6TjOwIjGMOq8Bu42xbN", "aLa/dfyBhyo/m0Z7WCi98ENVZWtrP8pxgRNrx7tIWiA")]
    public void A_published_signing_key_has_its_verifier_key(string vkey, string secret)
    {
        // The secret's base64 is of the type's byte and the seed; the byte is 0x01, so the first character is an A.
        var seed = Convert.FromBase64String("A" + secret)[1..];
        Assert.Equal(vkey, new NoteSigner(vkey[..vkey.IndexOf('+')], seed).VerifierKey.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")]
    [InlineData("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("PeterNeumann+c74f20a3+")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    public void A_malformed_key_is_refused(string vkey)
    {
        Assert.False(VerifierKey.TryParse(vkey, out _));
        Assert.Throws<LogFormatException>(() => VerifierKey.Parse(vkey));
    }

    [Fact]
    public void The_blob_of_a_cosignature_has_key_id_and_time()
    {
        var line = "— w ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==\n";
        var signature = Assert.Single(NoteSignature.ParseLines(line));
        Assert.Equal(0x646846b9u, signature.KeyId);
        Assert.Equal(1727964367, System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(signature.Bytes.Span));
        Assert.Equal(line, signature.Line);
    }
}
