using System.Text;
using Undersigned.Log;

namespace Undersigned.Log.Tests.Properties;

/// <summary>A million inputs that began well for each parser. None may end in anything but a value or a <see cref="LogFormatException"/>.</summary>
public class HostileInputTests
{
    private const int Count = 1_000_000;

    private static readonly MemoryLog Log = MemoryLog.Of(5);
    private static readonly string Note = SignedNote.Parse(MemoryLog.Signer.Sign(Log.Checkpoint.Text)).With([MemoryLog.Signer.Cosign(Log.Checkpoint.Text, 1_700_000_000)]).ToString();
    private static readonly string Proof = new TlogProof("extra"u8.ToArray(), 3, Proofs.Inclusion(3, NaiveTree.Of(5).LeafHashes(5)), SignedNote.Parse(Note)).ToString();
    private static readonly string Policy = $"log {MemoryLog.Signer.VerifierKey}\nwitness W {MemoryLog.Signer.CosignerKey}\ngroup G 1 W\nquorum G\n";

    [Fact]
    public void A_note() => Feed(Note, bytes => SignedNote.Parse(bytes));

    [Fact]
    public void A_checkpoint() => Feed(Log.Checkpoint.Text, bytes => Checkpoint.Parse(Encoding.Latin1.GetString(bytes)));

    [Fact]
    public void A_verifier_key() => Feed(MemoryLog.Signer.VerifierKey.ToString(), bytes => VerifierKey.Parse(Encoding.Latin1.GetString(bytes)));

    [Fact]
    public void Signature_lines() => Feed(Note[(Note.IndexOf("\n\n", StringComparison.Ordinal) + 2)..], bytes => NoteSignature.ParseLines(Encoding.UTF8.GetString(bytes)));

    [Fact]
    public void A_proof() => Feed(Proof, bytes => TlogProof.Parse(bytes));

    [Fact]
    public void A_policy() => Feed(Policy, bytes => TlogPolicy.Parse(bytes));

    [Fact]
    public void A_bundle() => Feed("\0\u0007entry 0\0\u0007entry 1\0\0", bytes => EntryBundle.Decode(bytes.ToArray(), 3));

    [Fact]
    public void A_path_of_a_tile() => Feed("tile/1/x001/x234/067.p/8", bytes => _ = Tile.TryParsePath(Encoding.Latin1.GetString(bytes), out _));

    [Fact]
    public void A_path_of_a_bundle() => Feed("tile/entries/x001/234.p/8", bytes => _ = EntryBundle.TryParsePath(Encoding.Latin1.GetString(bytes), out _));

    private delegate void Parser(ReadOnlySpan<byte> bytes);

    // The first half is changed in one place, the second in up to six, some of them with pieces of the input itself.
    private static void Feed(string text, Parser parse)
    {
        var seed = Encoding.UTF8.GetBytes(text);
        var random = new Random(20260301);
        var bytes = new byte[seed.Length * 4 + 64];
        for (var i = 0; i < Count; i++)
        {
            var length = seed.Length;
            seed.CopyTo(bytes.AsSpan());
            for (var changes = i < Count / 2 ? 1 : random.Next(1, 7); changes > 0; changes--) length = Change(random, bytes, length, seed);
            try
            {
                parse(bytes.AsSpan(0, length));
            }
            catch (LogFormatException)
            {
                continue;
            }
        }
    }

    private static int Change(Random random, byte[] bytes, int length, byte[] seed)
    {
        if (length == 0) return 0;
        var place = random.Next(length);
        var run = random.Next(1, 1 + Math.Min(length - place, 40));
        switch (random.Next(7))
        {
            case 0: bytes[place] = (byte)random.Next(256); break;
            case 1: bytes[place] ^= (byte)(1 << random.Next(8)); break;
            case 2: bytes[place] = "\n 0+/=.x\u007f"u8[random.Next(9)]; break;
            case 3: return place;
            case 4:
                Buffer.BlockCopy(bytes, place + run, bytes, place, length - place - run);
                return length - run;
            case 5 when length + run <= bytes.Length:
                Buffer.BlockCopy(bytes, place, bytes, place + run, length - place);
                return length + run;
            default:
                var from = random.Next(seed.Length);
                Buffer.BlockCopy(seed, from, bytes, place, Math.Min(run, seed.Length - from));
                break;
        }
        return length;
    }
}
