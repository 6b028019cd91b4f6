using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// The secrets of the instance, in files beside the database and never in it: 32 bytes of seed from which every key is
/// derived (HKDF-SHA256), and ASP.NET's key ring. Made at the first start, readable by the owner alone.
/// Codes and link tokens are derived from the seed and the signature they belong to, so nothing that opens a page is stored anywhere.
/// </summary>
public sealed class InstanceKeys
{
    private readonly byte[] seed;
    private readonly byte[] tagKey;
    private readonly byte[] tokenKey;
    private readonly byte[] workKey;

    private InstanceKeys(byte[] seed)
    {
        this.seed = seed;
        tagKey = Derive("undersigned/address-tag/v1");
        tokenKey = Derive("undersigned/token/v1");
        Seal = new Seal(Derive("undersigned/seal/v1"));
        workKey = Derive("undersigned/work/v1");
    }

    public ReadOnlySpan<byte> Seed => seed;

    /// <summary>Seals the secrets of rows.</summary>
    public Seal Seal { get; }

    public static string FolderOf(Instance instance) => Path.Combine(instance.DataFolder, "keys");

    private static string SeedFileOf(Instance instance) => Path.Combine(FolderOf(instance), "instance.seed");

    /// <summary>Whether there is a seed already.</summary>
    public static bool Exist(Instance instance) => File.Exists(SeedFileOf(instance));

    /// <summary>Reads the seed, or makes it where the folder has none.</summary>
    /// <exception cref="InvalidDataException">The file exists and is not 32 bytes.</exception>
    public static InstanceKeys Open(Instance instance)
    {
        var folder = FolderOf(instance);
        PrivateFiles.CreateFolder(folder);
        var file = SeedFileOf(instance);
        if (!File.Exists(file))
            PrivateFiles.WriteNew(file, RandomNumberGenerator.GetBytes(32));
        var seed = File.ReadAllBytes(file);
        return seed.Length == 32 ? new InstanceKeys(seed) : throw new InvalidDataException($"{file} is {seed.Length} bytes long, not 32.");
    }

    /// <summary>One mailbox within one letter; the same address has another tag elsewhere.</summary>
    public byte[] AddressTag(long letterId, EmailAddress address) => Tag($"letter/{letterId}\n{address.Normalised}");

    /// <summary>One mailbox over the whole instance, for the mail budgets.</summary>
    public byte[] MailboxTag(EmailAddress address) => Tag("mailbox\n" + address.Normalised);

    /// <summary>A name on a letter's roster, folded; only to hint that it is there.</summary>
    public byte[] NameTag(long letterId, string foldedName) => Tag($"name/{letterId}\n{foldedName}");

    /// <summary>One way of writing an organization or a position, within one letter.</summary>
    public byte[] SpellingTag(long letterId, string part, string text) => Tag($"spelling/{letterId}/{part}\n{text}")[..16];

    /// <summary>What is counted for a limit, within this instance.</summary>
    public byte[] AttemptTag(string counted) => Tag("attempt\n" + counted)[..16];

    /// <summary>What is kept of a token for programs.</summary>
    public byte[] ApiTokenTag(string token) => Tag("api-token\n" + token);

    /// <summary>One account at one issuer, within one letter.</summary>
    public byte[] AccountTag(long letterId, string issuer, string subject) => Tag($"account/{letterId}\n{issuer}\n{subject}");

    /// <summary>A network within one letter, for one day; tomorrow it has another tag.</summary>
    public byte[] NetworkTag(long letterId, DateOnly day, byte[] network) =>
        Tag($"network/{letterId}/{day.DayNumber}\n{Convert.ToHexString(network)}")[..16];

    /// <summary>Signs what a browser is asked to work on.</summary>
    public byte[] WorkMac(string text) => HMACSHA256.HashData(workKey, Encoding.UTF8.GetBytes(text));

    /// <summary>Six digits for one round of one report about a line.</summary>
    public string InquiryCode(long inquiryId, int round) => Digits(Mac($"inquiry-code/{inquiryId}/{round}"));

    /// <summary>Six digits for one round of one signature's confirmation.</summary>
    public string Code(long signatureId, int round) => Digits(Mac($"code/{signatureId}/{round}"));

    private static string Digits(byte[] mac) =>
        (BinaryPrimitives.ReadUInt64BigEndian(mac) % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A link token: the id it belongs to and 120 bits that only this instance can make. Purposes never share tokens.</summary>
    public string Token(TokenPurpose purpose, long id, int round = 0) =>
        Base32.Encode(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(id)).AsSpan().TrimStart((byte)0)) + "-" + TokenMac(purpose, id, round);

    /// <summary>The id in a token's first part, unchecked; the caller loads its row and asks <see cref="IsToken"/>.</summary>
    public static bool TryReadId(string? token, out long id)
    {
        id = 0;
        var dash = token?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash is < 1 or > 13 || !Base32.TryDecode(token![..dash], out var bytes) || bytes.Length > 8)
            return false;
        foreach (var b in bytes)
            id = id << 8 | b;
        return id > 0;
    }

    public bool IsToken(string? token, TokenPurpose purpose, long id, int round = 0) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(Token(purpose, id, round)));

    private string TokenMac(TokenPurpose purpose, long id, int round) => Base32.Encode(Mac($"{purpose}/{id}/{round}").AsSpan(0, 15));

    private byte[] Tag(string text) => HMACSHA256.HashData(tagKey, Encoding.UTF8.GetBytes(text));
    private byte[] Mac(string text) => HMACSHA256.HashData(tokenKey, Encoding.UTF8.GetBytes(text));
    private byte[] Derive(string info) => HKDF.DeriveKey(HashAlgorithmName.SHA256, seed, 32, info: Encoding.ASCII.GetBytes(info));
}

public enum TokenPurpose
{
    /// <summary>The page behind the link in the confirmation mail.</summary>
    Confirm,
    /// <summary>The page that the form leads to, in the tab where it was sent.</summary>
    Tab,
    /// <summary>The signer's own page.</summary>
    Own,
    /// <summary>A letter's private signing link.</summary>
    PrivateLetter,
    /// <summary>Not a link: the Message-ID of a mail.</summary>
    Message,
    /// <summary>What a signer gives to those who know them, so that they can vouch.</summary>
    Vouch,
    /// <summary>The page on which a report about a line is confirmed.</summary>
    Inquiry,
    /// <summary>The link at which an outlet finds the PDF under embargo.</summary>
    EmbargoCopy,
    /// <summary>Ends the updates to one signer.</summary>
    Unsubscribe,
    /// <summary>The page on which a signatory of an earlier letter signs the one that follows it; the round is that letter's id.</summary>
    FollowUp,
}
