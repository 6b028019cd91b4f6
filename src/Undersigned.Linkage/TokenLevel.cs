namespace Undersigned.Linkage;

/// <summary>How two words of names agree, weakest first. A higher level never weighs less (a test holds that).</summary>
internal enum TokenLevel : byte
{
    /// <summary>Nothing in common.</summary>
    None,

    /// <summary>"J." and "John".</summary>
    Initial,

    /// <summary>One begins with the other, three letters at least: "Wil", "William".</summary>
    Beginning,

    /// <summary>Alike: Jaro–Winkler .88, edits within the word's budget.</summary>
    Alike,

    /// <summary>The same consonants: "Catherine", "Kathryn".</summary>
    Sound,

    /// <summary>A short form: "Kasia", "Katarzyna".</summary>
    Nickname,

    /// <summary>Other alphabets, near after folding or with nearly the same consonants.</summary>
    ScriptsAlike,

    /// <summary>One letter changed, left out, added or swapped, four letters at least.</summary>
    OneLetter,

    /// <summary>Other alphabets, equal after folding: "Путин", "Putin".</summary>
    Scripts,

    /// <summary>Equal.</summary>
    Same,
}
