using System.Text;
using Undersigned.Log;

namespace Undersigned.Log.Tests.Formats;

public class SignedNoteTests
{
    private static readonly NoteSigner Signer = new("letters.example/log", new byte[32]);
    private static readonly string Line = Signer.Sign("text\n")["text\n\n".Length..];

    [Fact]
    public void A_signed_text_is_read_back_and_holds()
    {
        var note = SignedNote.Parse(Signer.Sign("One\n\nTwo, as written in Þórshöfn\n"));
        Assert.Equal("One\n\nTwo, as written in Þórshöfn\n", note.Text);
        Assert.True(note.Verify(Signer.VerifierKey).Holds);
        Assert.Equal(note, SignedNote.Parse(note.ToArray()));
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing", "" },
        { "no empty line", "text\n" + Line },
        { "no signature", "text\n\n" },
        { "no final line feed", "text\n\n" + Line[..^1] },
        { "a carriage return", "text\r\n\n" + Line },
        { "a tab in the text", "te\txt\n\n" + Line },
        { "a NUL in the text", "te\0xt\n\n" + Line },
        { "half of a surrogate pair", "te\ud800xt\n\n" + Line },
        { "a hyphen for the dash", "text\n\n" + Line.Replace('—', '-') },
        { "no dash", "text\n\n" + Line[2..] },
        { "two spaces", "text\n\n" + Line.Replace("— ", "—  ", StringComparison.Ordinal) },
        { "no name", "text\n\n—  AAAAAAA=\n" },
        { "a name with a plus", "text\n\n— a+b AAAAAAA=\n" },
        { "a name with a no-break space", "text\n\n— a\u00a0b AAAAAAA=\n" },
        { "no base64", "text\n\n— name\n" },
        { "empty base64", "text\n\n— name \n" },
        { "four bytes", "text\n\n— name AAAAAA==\n" },
        { "base64 without padding", "text\n\n— name AAAAAAA\n" },
        { "base64 with an unused bit set", "text\n\n— name AAAAAAB=\n" },
        { "base64 for URLs", "text\n\n— name AAAAAA-_\n" },
        { "a space after the base64", "text\n\n— name AAAAAAA= \n" },
        { "a space within the base64", "text\n\n— name AAAA AAA=\n" },
        { "a line that is no signature", "text\n\n" + Line + "hello\n" },
        { "101 signatures", "text\n\n" + string.Concat(Enumerable.Repeat(Line, 101)) },
        { "more than 64 KiB", new string('a', 64 * 1024) + "\n\n" + Line },
        { "a signature of more than 64 KiB", "text\n\n— name " + new string('A', 70_000) + "\n" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_note_is_refused(string why, string note)
    {
        Assert.NotEmpty(why);
        Assert.Throws<LogFormatException>(() => SignedNote.Parse(note));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        byte[][] broken = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]];
        foreach (var bytes in broken) Assert.Throws<LogFormatException>(() => SignedNote.Parse([.. "te"u8, .. bytes, .. "xt\n\n"u8, .. Encoding.UTF8.GetBytes(Line)]));
    }

    [Fact]
    public void A_hundred_signatures_are_read() =>
        Assert.Equal(100, SignedNote.Parse("text\n\n" + string.Concat(Enumerable.Repeat(Line, 100))).Signatures.Count);

    [Fact]
    public void Lines_of_unknown_keys_say_nothing()
    {
        var stranger = new NoteSigner("stranger.example", [.. Enumerable.Repeat((byte)7, 32)]);
        var note = SignedNote.Parse("text\n\n— nobody AAAAAAAAAA==\n" + Line);
        Assert.True(note.Verify(Signer.VerifierKey).Holds);
        Assert.False(note.Verify(stranger.VerifierKey).Holds);
        Assert.Empty(note.Verify(stranger.VerifierKey).Failing);
    }

    [Fact]
    public void A_known_key_that_fails_once_fails_the_note_however_often_it_holds()
    {
        var (good, other) = (Signer.Sign("text\n"), Signer.Sign("other\n")["other\n\n".Length..]);
        foreach (var note in new[] { good + other, "text\n\n" + other + Line, "text\n\n" + other })
        {
            var verification = SignedNote.Parse(note).Verify(Signer.VerifierKey);
            Assert.False(verification.Holds);
            Assert.Single(verification.Failing);
        }
        Assert.True(SignedNote.Parse(good + Line).Verify(Signer.VerifierKey).Holds);
    }

    [Fact]
    public void A_signature_counts_only_under_the_name_and_the_type_of_its_key()
    {
        var renamed = new NoteSigner("elsewhere.example/log", new byte[32]);
        var note = SignedNote.Parse(Signer.Sign("text\n"));
        Assert.False(note.Verify(renamed.VerifierKey).Holds);
        Assert.False(note.Verify(Signer.CosignerKey).Holds);
        Assert.False(Signer.CosignerKey.Verifies(note.Text, note.Signatures[0]));
    }

    [Fact]
    public void A_text_that_cannot_stand_in_a_note_is_not_signed()
    {
        foreach (var text in new[] { "", "no line feed", "a\ttab\n", "a\rreturn\n", "half a pair \udc00\n" }) Assert.Throws<LogFormatException>(() => Signer.Sign(text));
    }

    [Fact]
    public void A_name_that_cannot_stand_in_a_note_is_not_taken()
    {
        foreach (var name in new[] { "", " ", "a b", "a+b", "a\nb", "a\u2003b", "a\ud800", "a\u0001" }) Assert.Throws<ArgumentException>(() => new NoteSigner(name, new byte[32]));
        Assert.Throws<ArgumentException>(() => new NoteSigner("name", new byte[31]));
        Assert.Throws<ArgumentException>(() => new VerifierKey("name", KeyType.MLDsa44Cosignature, new byte[32]));
        Assert.Throws<ArgumentException>(() => new VerifierKey("name", (KeyType)2, new byte[32]));
    }
}
