namespace Undersigned.Log.Letters;

/// <summary>What an entry does (signatory log, section 2).</summary>
public enum EntryType
{
    /// <summary><c>open</c>: publishes the letter; the first entry and only there.</summary>
    Open,

    /// <summary><c>revise</c>: corrects the text or the rules, never the sense.</summary>
    Revise,

    /// <summary><c>sign</c>: one more signatory stands.</summary>
    Sign,

    /// <summary><c>amend</c>: replaces what is shown of a signatory.</summary>
    Amend,

    /// <summary><c>withdraw</c>: a signatory takes back their signature.</summary>
    Withdraw,

    /// <summary><c>remove</c>: the maintainers take a signature off.</summary>
    Remove,

    /// <summary><c>reinstate</c>: undoes a removal.</summary>
    Reinstate,

    /// <summary><c>erase</c>: an opening or a text is destroyed for good.</summary>
    Erase,

    /// <summary><c>post</c>: something was published under the letter.</summary>
    Post,

    /// <summary><c>draw</c>: announces an audit sample.</summary>
    Draw,

    /// <summary><c>close</c>: no signatures until reopened.</summary>
    Close,

    /// <summary><c>reopen</c>: signatures again.</summary>
    Reopen,

    /// <summary><c>retire</c>: the list is final.</summary>
    Retire,
}

/// <summary>How a signatory was checked (the member <c>level</c>); <c>Withheld</c> if and only if the name is.</summary>
public enum Level
{
    /// <summary><c>email</c>: an address was confirmed, nothing else.</summary>
    Email,

    /// <summary><c>imported</c>: put on the list by the maintainers without confirmation.</summary>
    Imported,

    /// <summary><c>account</c>: confirmed through an account elsewhere.</summary>
    Account,

    /// <summary><c>domain</c>: an address of an organization's domain.</summary>
    Domain,

    /// <summary><c>roster</c>: found on a list of members.</summary>
    Roster,

    /// <summary><c>vouched</c>: signatories vouch for them.</summary>
    Vouched,

    /// <summary><c>known</c>: known to the maintainers.</summary>
    Known,

    /// <summary><c>withheld</c>: the name is withheld, and with it how it was checked.</summary>
    Withheld,
}

/// <summary>Why an entry was made (the member <c>reason</c>).</summary>
public enum Reason
{
    /// <summary><c>typo</c></summary>
    Typo,

    /// <summary><c>update</c></summary>
    Update,

    /// <summary><c>impersonation</c></summary>
    Impersonation,

    /// <summary><c>duplicate</c></summary>
    Duplicate,

    /// <summary><c>not-eligible</c></summary>
    NotEligible,

    /// <summary><c>signer-request</c></summary>
    SignerRequest,

    /// <summary><c>legal</c></summary>
    Legal,

    /// <summary><c>error</c></summary>
    Error,

    /// <summary><c>other</c></summary>
    Other,
}

/// <summary>What was published under the letter (the member <c>kind</c> of a <c>post</c>).</summary>
public enum PostKind
{
    /// <summary><c>update</c></summary>
    Update,

    /// <summary><c>response</c></summary>
    Response,

    /// <summary><c>channels</c></summary>
    Channels,

    /// <summary><c>delivery</c></summary>
    Delivery,

    /// <summary><c>audit</c></summary>
    Audit,

    /// <summary><c>translation</c></summary>
    Translation,

    /// <summary><c>edition</c></summary>
    Edition,
}

/// <summary>What an <c>erase</c> destroys (the member <c>what</c>).</summary>
public enum Erased
{
    /// <summary><c>record</c>: the opening of what was shown.</summary>
    Record,

    /// <summary><c>identity</c>: the opening of a withheld signatory's identity.</summary>
    Identity,

    /// <summary><c>text</c>: the document itself.</summary>
    Text,
}

/// <summary>The codes as they are written in entries.</summary>
public static class Codes
{
    private static readonly string[] Types = ["open", "revise", "sign", "amend", "withdraw", "remove", "reinstate", "erase", "post", "draw", "close", "reopen", "retire"];
    private static readonly string[] Levels = ["email", "imported", "account", "domain", "roster", "vouched", "known", "withheld"];
    private static readonly string[] Reasons = ["typo", "update", "impersonation", "duplicate", "not-eligible", "signer-request", "legal", "error", "other"];
    private static readonly string[] Kinds = ["update", "response", "channels", "delivery", "audit", "translation", "edition"];
    private static readonly string[] Things = ["record", "identity", "text"];

    /// <summary>The code of an entry's type, such as <c>sign</c>.</summary>
    public static string Code(this EntryType type) => Types[(int)type];

    /// <summary>The code of a level, such as <c>email</c>; the keys of <c>byLevel</c> in a page's answer.</summary>
    public static string Code(this Level level) => Levels[(int)level];

    /// <summary>The code of a reason, such as <c>not-eligible</c>.</summary>
    public static string Code(this Reason reason) => Reasons[(int)reason];

    /// <summary>The code of a kind of post, such as <c>update</c>.</summary>
    public static string Code(this PostKind kind) => Kinds[(int)kind];

    /// <summary>The code of what an erasure destroys, such as <c>record</c>.</summary>
    public static string Code(this Erased what) => Things[(int)what];

    /// <summary>The reason with this code, or null where there is none such.</summary>
    public static Reason? ParseReason(string code) => Array.IndexOf(Reasons, code) is >= 0 and var i ? (Reason)i : null;

    /// <summary>The level with this code, or null where there is none such.</summary>
    public static Level? ParseLevel(string code) => Array.IndexOf(Levels, code) is >= 0 and var i ? (Level)i : null;

    internal static EntryType ReadType(ReadOnlySpan<byte> code) => (EntryType)Find(Types, code, "type");

    internal static Level ReadLevel(ReadOnlySpan<byte> code) => (Level)Find(Levels, code, "level");

    internal static Reason ReadReason(ReadOnlySpan<byte> code) => (Reason)Find(Reasons, code, "reason");

    internal static PostKind ReadKind(ReadOnlySpan<byte> code) => (PostKind)Find(Kinds, code, "kind");

    internal static Erased ReadErased(ReadOnlySpan<byte> code) => (Erased)Find(Things, code, "what");

    private static int Find(string[] codes, ReadOnlySpan<byte> code, string member)
    {
        for (var i = 0; i < codes.Length; i++)
            if (System.Text.Ascii.Equals(code, codes[i])) return i;
        throw new LogFormatException($"an unknown {member}");
    }
}
