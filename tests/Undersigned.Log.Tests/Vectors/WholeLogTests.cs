using System.Text;
using Undersigned.Log;

namespace Undersigned.Log.Tests.Vectors;

/// <summary>A log whose bytes programs in Go, JavaScript and Python have read and agreed on, from its entries to its receipt.</summary>
public class WholeLogTests
{
    private const string Origin = "undersigned.example/log/1";
    private const string LogKey = "undersigned.example/log/1+a77bb687+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    private const string WitnessKey = "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";
    private const long CosignedAt = 1700000000;

    private static readonly NoteSigner Log = new(Origin, Seed(0x00)), Witness = new("witness.example/w1", Seed(0x20));

    private static readonly string[] Leaves =
    [
        "1bb97dcc21635d47e2663efdfd0a174686d98dd701352dd2cd06e8b43fd3d305",
        "cb5a3ce862c3e321f3f7df6d2690549e936a8e377135aae9f3d69f691f547d5b",
        "ab37ba34d1dfe29015de717a6d5764a8fb029c3a7a0f5b64b93b54351885bf7c",
        "58bd1496e1684aac9201c2e687ee7ae4f51c96a8b0d81ef3583628b93d3cd345",
        "83115f8947955fafdc2a27e7f4c0854bbd8da27bb1b3e3405db571c9af8dbe1a",
        "95adf15b7ef5db67386a8bafbefee4d145662afa450740e1868553e8348ed3a0",
        "fb7f869ce8b7b51fdf719fc8c21a4736c98cc160a825606a81f78a7f4d2261d9",
        "4b4711d056b2278392c231fd41858adea8ca893ad0c7048f57da2682002845fe",
    ];

    private static readonly Dictionary<int, string> Roots = new()
    {
        [1] = "G7l9zCFjXUfiZj79/QoXRobZjdcBNS3SzQbotD/T0wU=",
        [2] = "/F9riP+FVPdbsvnm85wxsZNtRLaSdu33sSBalVuXYeM=",
        [3] = "1Pksj7uJcg6ztVZ3x9fvrd/rENEaGoSguo8aIzN/qpU=",
        [4] = "T2MQhKFXxU9U/Psj/164ZQxLoWDClbsTqYMrEJ1SZ34=",
        [5] = "NBUVmC1lDiNSDb1U1/zwr6G3DMOhakEdRk3JwayWwwE=",
        [6] = "g2PDghzkHrtGIiEWpCzIPbp1OYSyPPyiaqrQpoZzNuo=",
        [7] = "WmH8K1T5z6cXdPJDIUPdQMbLKxGUf69lp9PaXLZRmcg=",
        [8] = "xcLIIO00L92ozolra5z1uMAKIcxLIHFMxuXTwFw1JAs=",
        [70000] = "2gUy/3su5W9AZxEPyWTp8ntZWflSe//z+lAap1hN6vM=",
    };

    private static readonly Dictionary<int, string> Signatures = new()
    {
        [0] = "— undersigned.example/log/1 p3u2h8kJdQW4dVYALna1n1+vjYrGVzVwAhcrnl5AZUf6oByPID2aZ6mlpUPbJhppTmmBT0VozZARjOzhYDCWftFffgU=\n— witness.example/w1 IDJKvgAAAABlU/EACV3WYwVx6WWJKxEIayeNyWriMzzN139a1BJtt8JlZ/7otSfCwDGbPXGDAtaWSvd1no2S295o3aDq4zTN8S1uDA==\n",
        [5] = "— undersigned.example/log/1 p3u2h5+n7+wUaijQAi7i65109QJxPsm57lYPtSsGuTsyx9WPkOY9y9WavdkatkdSagsQY4sriVSoEeMgLW1V6Fbh+Qc=\n— witness.example/w1 IDJKvgAAAABlU/EAR6UlS2tzVzQZ6QsIrzy/3sMfgCJnaMtQFrjjMqUnERsDhWH3xREc64TXR8ODalDNYaEKLd/wdJw7kWhuPffYDg==\n",
        [8] = "— undersigned.example/log/1 p3u2hw4GxARxYiPLke8pg5ytu+d7Y0ADWvQKWUO9qapT0yWvy4CrJWh5m9cKAvBP0Dfeuu3PIzexP4CHVPDjsjfsXgo=\n— witness.example/w1 IDJKvgAAAABlU/EA1rohYC//Z63RjXIxg/8ANmyuebpzViDLTV26J6dqsCHmSw/hDW0T9meVgtIBJfI9tejpbnxm/TIFrA/BHUpDBg==\n",
    };

    private static byte[] Seed(byte first) => [.. Enumerable.Range(first, 32).Select(b => (byte)b)];

    private static ReadOnlyMemory<byte>[] Entries(int count) => [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes($"leaf {i}"))];

    private static Hash[] LeafHashes(int count) => [.. Entries(count).Select(entry => MerkleTree.LeafHash(entry.Span))];

    private static Hash Root(int size) => MerkleTree.Root(LeafHashes(size));

    [Fact]
    public void The_keys_are_those_of_their_seeds()
    {
        Assert.Equal(LogKey, Log.VerifierKey.ToString());
        Assert.Equal(WitnessKey, Witness.CosignerKey.ToString());
    }

    [Fact]
    public void The_leaf_hashes_and_roots_are_those_of_the_other_programs()
    {
        Assert.Equal(Leaves, LeafHashes(8).Select(hash => hash.ToHex()));
        foreach (var (size, root) in Roots) Assert.Equal(root, Root(size).ToBase64());
    }

    [Theory]
    [InlineData(3, 5, "qze6NNHf4pAV3nF6bVdkqPsCnDp6D1tkuTtUNRiFv3w=", "/F9riP+FVPdbsvnm85wxsZNtRLaSdu33sSBalVuXYeM=", "gxFfiUeVX6/cKifn9MCFS72Nonuxs+NAXbVxya+Nvho=")]
    [InlineData(4, 5, "T2MQhKFXxU9U/Psj/164ZQxLoWDClbsTqYMrEJ1SZ34=")]
    public void An_inclusion_proof_is_that_of_the_other_programs(int index, int size, params string[] proof) =>
        Assert.Equal(proof, Proofs.Inclusion(index, LeafHashes(size)).Select(hash => hash.ToBase64()));

    [Theory]
    [InlineData(3, 5, "qze6NNHf4pAV3nF6bVdkqPsCnDp6D1tkuTtUNRiFv3w=", "WL0UluFoSqySAcLmh+565PUclqiw2B7zWDYouT0800U=", "/F9riP+FVPdbsvnm85wxsZNtRLaSdu33sSBalVuXYeM=", "gxFfiUeVX6/cKifn9MCFS72Nonuxs+NAXbVxya+Nvho=")]
    [InlineData(4, 8, "w+azuR86E7mkJwss2RFiOrs6eoVa9ebktxyE+ZDNxGk=")]
    [InlineData(6, 8, "dauSgmjIb0TaXUJBGI7XHkqrLU131tUBF9rZSoQu3gM=", "brzFS2cQ7gYQp/yCzeUXE9soDj3IRRW96WMqGbZaC5M=", "T2MQhKFXxU9U/Psj/164ZQxLoWDClbsTqYMrEJ1SZ34=")]
    public void A_consistency_proof_is_that_of_the_other_programs(int from, int to, params string[] proof) =>
        Assert.Equal(proof, Proofs.Consistency(from, LeafHashes(to)).Select(hash => hash.ToBase64()));

    [Fact]
    public void Two_entries_make_the_bundle_of_the_specification() =>
        Assert.Equal("00066c656166203000066c6561662031", Convert.ToHexStringLower(EntryBundle.Encode(Entries(2))));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    public void The_signed_and_cosigned_checkpoint_is_the_same_byte_for_byte(int size)
    {
        var text = new Checkpoint(Origin, size, Root(size)).Text;
        var note = SignedNote.Parse(Log.Sign(text)).With([Witness.Cosign(text, CosignedAt)]);
        Assert.Equal(text + "\n" + Signatures[size], note.ToString());
        Assert.Equal(new Checkpoint(Origin, size, Root(size)), Checkpoint.Open(note, Log.VerifierKey));
        Assert.True(Cosignature.TryVerify(Witness.CosignerKey, note.Text, note.Signatures[1], out var time));
        Assert.Equal(CosignedAt, time);
    }

    [Fact]
    public void The_receipt_of_entry_3_is_the_same_byte_for_byte_and_verifies()
    {
        var text = new Checkpoint(Origin, 5, Root(5)).Text;
        var expected = "c2sp.org/tlog-proof@v1\nextra c2FsdCtyZWNvcmQgZ28gaGVyZQ==\nindex 3\nqze6NNHf4pAV3nF6bVdkqPsCnDp6D1tkuTtUNRiFv3w=\n"
            + "/F9riP+FVPdbsvnm85wxsZNtRLaSdu33sSBalVuXYeM=\ngxFfiUeVX6/cKifn9MCFS72Nonuxs+NAXbVxya+Nvho=\n\n" + text + "\n" + Signatures[5];
        var made = new TlogProof("salt+record go here"u8.ToArray(), 3, Proofs.Inclusion(3, LeafHashes(5)), SignedNote.Parse(text + "\n" + Signatures[5]));
        Assert.Equal(expected, made.ToString());
        var read = TlogProof.Parse(Encoding.UTF8.GetBytes(expected));
        Assert.Equal(expected, read.ToString());
        Assert.Equal(5, read.Verify(LeafHashes(5)[3], Log.VerifierKey).Size);
        Assert.Throws<LogVerificationException>(() => read.Verify(LeafHashes(5)[2], Log.VerifierKey));
    }

    [Fact]
    public void An_ML_DSA_44_cosignature_of_another_program_verifies_and_counts()
    {
        using var reader = new StreamReader(typeof(WholeLogTests).Assembly.GetManifestResourceStream("mldsa44.txt")!);
        var (publicKey, line) = (Convert.FromBase64String(reader.ReadLine()!), reader.ReadLine()!);
        var witness = new VerifierKey("witness.example/w2", KeyType.MLDsa44Cosignature, publicKey);
        Assert.Equal(0x56f347b1u, witness.KeyId);
        Assert.Equal(witness, VerifierKey.Parse(witness.ToString()));

        var text = new Checkpoint(Origin, 5, Root(5)).Text;
        var note = SignedNote.Parse(Log.Sign(text) + line + "\n");
        Assert.True(Cosignature.TryVerify(witness, text, note.Signatures[1], out var time));
        Assert.Equal(CosignedAt, time);
        Assert.False(Cosignature.TryVerify(witness, new Checkpoint(Origin, 6, Root(5)).Text, note.Signatures[1], out _));
        Assert.Equal(CosignedAt, TlogPolicy.Parse($"witness w2 {witness}\nquorum w2\n").Evaluate(note).Since);

        var bytes = note.Signatures[1].Bytes.ToArray();
        bytes[^200] ^= 1;
        Assert.False(Cosignature.TryVerify(witness, text, note.Signatures[1] with { Bytes = bytes }, out _));
    }
}
