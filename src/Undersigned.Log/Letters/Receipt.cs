using System.Globalization;
using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>
/// A signer's receipt (signatory log, section 6): a <see cref="TlogProof"/> whose extra is
/// <code>{"entry":"{\"v\":1,\"type\":\"sign\",…}","salt":"q83v…=","record":"{\"name\":\"Ada Okafor\"}"}</code>
/// It proves offline that the line is in the log. It holds nothing that <c>records/N</c> does not publish, so that having it proves nothing about its holder.
/// </summary>
public sealed class Receipt
{
    private Receipt(TlogProof proof, byte[] entryBytes, Entry entry, Opening opening, Record record) =>
        (Proof, EntryBytes, Entry, Opening, Record) = (proof, entryBytes, entry, opening, record);

    /// <summary>The proof file, whose bytes are the receipt.</summary>
    public TlogProof Proof { get; }

    /// <summary>The entry's exact bytes.</summary>
    public ReadOnlyMemory<byte> EntryBytes { get; }

    /// <summary>The entry, a <c>sign</c> or an <c>amend</c>.</summary>
    public Entry Entry { get; }

    /// <summary>The opening of its commitment.</summary>
    public Opening Opening { get; }

    /// <summary>What is shown, as the opening has it.</summary>
    public Record Record { get; }

    /// <summary>A receipt for an entry, with its inclusion proof in the tree of a checkpoint.</summary>
    /// <param name="entry">The entry's exact bytes.</param>
    /// <param name="opening">The opening of the entry's commitment; its index is the entry's.</param>
    /// <param name="hashes">The inclusion proof.</param>
    /// <param name="checkpoint">The checkpoint's note.</param>
    /// <exception cref="LogFormatException">The entry has no record, or the record is malformed.</exception>
    public static Receipt Make(ReadOnlyMemory<byte> entry, Opening opening, IReadOnlyList<Hash> hashes, SignedNote checkpoint)
    {
        var extra = $"{{\"entry\":{JsonText.Quote(Encoding.UTF8.GetString(entry.Span))},\"salt\":\"{Convert.ToBase64String(opening.Salt.Span)}\",\"record\":{JsonText.Quote(opening.Record)}}}";
        return Of(new TlogProof(Encoding.UTF8.GetBytes(extra), opening.Index, hashes, checkpoint));
    }

    /// <summary>Parses a receipt's bytes.</summary>
    /// <exception cref="LogFormatException">They are no proof file, or its extra is not of the form above. Nothing is checked against the log yet.</exception>
    public static Receipt Parse(ReadOnlySpan<byte> bytes) => Of(TlogProof.Parse(bytes));

    /// <summary>Checks the signature of the log, that the entry is in its tree, and that the opening is the one the entry commits to.</summary>
    /// <param name="key">The letter's verifier key.</param>
    /// <returns>The checkpoint that proves it. Cosignatures are for a <see cref="TlogPolicy"/>.</returns>
    /// <exception cref="LogFormatException">The note's text is no checkpoint.</exception>
    /// <exception cref="LogVerificationException">One of these does not hold.</exception>
    public Checkpoint Verify(VerifierKey key)
    {
        var checkpoint = Proof.Verify(MerkleTree.LeafHash(EntryBytes.Span), key);
        var commitment = Commitment.OfRecord(checkpoint.Origin, Entry.Signatory!.Value, Opening.Salt.Span, Encoding.UTF8.GetBytes(Opening.Record));
        return commitment == Entry.Record
            ? checkpoint
            : throw new LogVerificationException(string.Create(CultureInfo.InvariantCulture, $"entry {Opening.Index}"), "the opening of its commitment", "another");
    }

    private static Receipt Of(TlogProof proof)
    {
        if (proof.Extra is not { } extra) throw new LogFormatException("a receipt without extra");
        var (entryText, salt, recordText) = ReadExtra(extra.Span);
        var bytes = Encoding.UTF8.GetBytes(entryText);
        var entry = Entry.Parse(bytes);
        if (entry.Record is null) throw new LogFormatException("a receipt of an entry that is neither sign nor amend");
        var record = Record.Parse(Encoding.UTF8.GetBytes(recordText), entry.IsWithheld);
        return new Receipt(proof, bytes, entry, new Opening(proof.Index, salt, recordText), record);
    }

    private static (string Entry, byte[] Salt, string Record) ReadExtra(ReadOnlySpan<byte> extra)
    {
        var json = new StrictJson(extra, Controls.Any);
        string? entry = null, record = null;
        byte[]? salt = null;
        json.BeginObject();
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("entry"u8) && entry is null) entry = json.ReadText();
            else if (name.SequenceEqual("salt"u8) && salt is null) Base64Hash.Decode(json.ReadString(), salt = new byte[Commitment.SaltBytes]);
            else if (name.SequenceEqual("record"u8) && record is null) record = json.ReadText();
            else throw new LogFormatException("an unknown member of a receipt, or one that stands twice");
        }
        json.End();
        if (entry is null || salt is null || record is null) throw new LogFormatException("a receipt without entry, salt or record");
        return (entry, salt, record);
    }
}
