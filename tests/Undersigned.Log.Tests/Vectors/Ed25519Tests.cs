using Org.BouncyCastle.Math.EC.Rfc8032;
using Undersigned.Log;

namespace Undersigned.Log.Tests.Vectors;

/// <summary>Ed25519 at its edges: RFC 8032's own vectors, and those of ed25519-speccheck (eprint 2020/1244), on which implementations differ.</summary>
public class Ed25519Tests
{
    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void The_vectors_of_RFC_8032_verify(string key, string message, string signature) =>
        Assert.True(Verify(key, message, signature));

    [Theory]
    // small A and R
    [InlineData(true, "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000")]
    // small A only
    [InlineData(true, "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79", "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04")]
    // small R only
    [InlineData(true, "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43", "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e")]
    // both of mixed order, the equation holds
    [InlineData(true, "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d", "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79", "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009")]
    // the equation holds only eight times over
    [InlineData(false, "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d", "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c", "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09")]
    // the equation holds only eight times over
    [InlineData(false, "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d", "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c", "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405")]
    // S beyond L
    [InlineData(false, "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623", "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40", "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514")]
    // S far beyond L
    [InlineData(false, "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623", "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40", "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa19427e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22")]
    // R not canonical
    [InlineData(false, "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43", "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff03be9678ac102edcd92b0210bb34d7428d12ffc5df5f37e359941266a4e35f0f")]
    // R not canonical, hashed as it stands
    [InlineData(false, "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43", "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffca8c5b64cd208982aa38d4936621a4775aa233aa0505711d8fdcfdaa943d4908")]
    // A not canonical
    [InlineData(false, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "e96b7021eb39c1a163b6da4e3093dcd3f21387da4cc4572be588fafae23c155b", "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04")]
    // A not canonical, hashed as it stands
    [InlineData(false, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "39a591f5321bbe07fd5a23dc2f39d025d74526615746727ceefd6e82ae65c06f", "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04")]
    public void What_the_equation_without_cofactor_holds_for_verifies_and_nothing_else(bool verifies, string key, string message, string signature) =>
        Assert.Equal(verifies, Verify(key, message, signature));

    [Fact]
    public void Random_signatures_verify_until_a_bit_of_key_message_or_signature_is_changed()
    {
        var random = new Random(8032);
        for (var i = 0; i < 100; i++)
        {
            var (seed, message) = (new byte[32], new byte[random.Next(1, 200)]);
            random.NextBytes(seed);
            random.NextBytes(message);
            var (key, signature) = (new byte[32], new byte[64]);
            Ed25519.GeneratePublicKey(seed, 0, key, 0);
            Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
            Assert.True(Ed25519Verification.Verify(key, message, signature));
            foreach (var bytes in new[] { key, message, signature })
            {
                var place = random.Next(bytes.Length);
                bytes[place] ^= (byte)(1 << random.Next(8));
                Assert.False(Ed25519Verification.Verify(key, message, signature));
                Assert.False(Ed25519.Verify(signature, 0, key, 0, message, 0, message.Length));
            }
        }
    }

    [Fact]
    public void The_order_is_added_to_S_in_vain()
    {
        var (seed, key, signature) = (new byte[32], new byte[32], new byte[64]);
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        Ed25519.Sign(seed, 0, [], 0, 0, signature, 0);
        Assert.True(Ed25519Verification.Verify(key, [], signature));
        var order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        for (int i = 0, carry = 0; i < 32; i++)
        {
            carry += signature[32 + i] + order[i];
            signature[32 + i] = (byte)carry;
            carry >>= 8;
        }
        Assert.False(Ed25519Verification.Verify(key, [], signature));
    }

    // y = 1 is the neutral point and has x = 0, which has no odd form; p + 1 is the same number again.
    [Theory]
    [InlineData(true, "0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(false, "0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData(false, "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData(false, "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData(false, "0200000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(true, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData(true, "0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData(true, "5866666666666666666666666666666666666666666666666666666666666666")]
    public void A_point_has_one_encoding(bool isPoint, string encoding)
    {
        var bytes = Convert.FromHexString(encoding);
        Assert.Equal(isPoint, EdwardsPoint.TryDecode(bytes, out var point));
        if (!isPoint) return;
        var again = new byte[32];
        point.Encode(again);
        Assert.Equal(bytes, again);
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    public void Keys_and_signatures_of_another_length_do_not_verify(int keyLength, int signatureLength) =>
        Assert.False(Ed25519Verification.Verify(new byte[keyLength], [], new byte[signatureLength]));

    private static bool Verify(string key, string message, string signature) =>
        Ed25519Verification.Verify(Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature));
}
