using Undersigned.Log;

namespace Undersigned.Log.Tests.Vectors;

/// <summary>The reference tree of eight leaves that implementations of RFC 6962 test with.</summary>
public class ReferenceTreeTests
{
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private const string H5f = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private const string H6b = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private const string H96 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private const string Hbc = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private const string Hca = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private const string H0e = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    private const string Hb0 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";

    private static Hash[] LeafHashes(int size) => [.. Leaves.Take(size).Select(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf)))];

    [Fact]
    public void Every_root_from_size_0_to_8_is_the_reference_one()
    {
        for (var size = 0; size <= 8; size++) Assert.Equal(Roots[size], MerkleTree.Root(LeafHashes(size)).ToHex());
    }

    [Fact]
    public void A_leaf_and_a_node_are_hashed_with_their_prefixes()
    {
        Assert.Equal("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56", MerkleTree.LeafHash("L123456"u8).ToHex());
        // A node is made of two 32-byte hashes here, so the shorter reference strings are checked as a plain SHA-256.
        Assert.Equal("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb", Hash.OfBytes("\u0001N123N456"u8).ToHex());
    }

    [Theory]
    [InlineData(0, 8, H96, H5f, H6b)]
    [InlineData(5, 8, Hbc, Hca, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", H5f, Hbc)]
    [InlineData(0, 1)]
    public void An_inclusion_proof_is_the_reference_one_and_verifies(int index, int size, params string[] expected)
    {
        var leaves = LeafHashes(size);
        var proof = Proofs.Inclusion(index, leaves);
        Assert.Equal(expected, proof.Select(hash => hash.ToHex()));
        Assert.True(Proofs.VerifyInclusion(index, size, leaves[index], proof, MerkleTree.Root(leaves)));
    }

    [Theory]
    [InlineData(1, 8, H96, H5f, H6b)]
    [InlineData(6, 8, H0e, Hca, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, H5f, Hbc)]
    [InlineData(6, 7, H0e, Hb0, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(8, 8)]
    [InlineData(0, 8)]
    public void A_consistency_proof_is_the_reference_one_and_verifies(int from, int to, params string[] expected)
    {
        var proof = Proofs.Consistency(from, LeafHashes(to));
        Assert.Equal(expected, proof.Select(hash => hash.ToHex()));
        Assert.True(Proofs.VerifyConsistency(from, to, proof, MerkleTree.Root(LeafHashes(from)), MerkleTree.Root(LeafHashes(to))));
    }
}
