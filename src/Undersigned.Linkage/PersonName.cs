using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Undersigned.Linkage;

/// <summary>A word of a name, folded to lower-case Latin letters, and the script it was written in.</summary>
internal readonly record struct NameToken(string Text, Script Script, bool Mixed);

/// <summary>
/// A name taken apart: "Prof. Nowak-Lis, Katarzyna (Kasia)" is the words katarzyna, nowak, lis, and beside them kasia, which may
/// match and are never missed.
/// </summary>
internal sealed class PersonName
{
    private const int MaxTokens = 6;
    private static readonly FrozenSet<string> Honorifics = Tables.Words("honorifics.txt");
    private static readonly FrozenSet<string> Particles = Tables.Words("particles.txt");
    private static readonly FrozenSet<string> Formerly = new[] { "nee", "geb", "geborene", "geboren", "born", "formerly", "vormals" }.ToFrozenSet();
    private static readonly SearchValues Separators = new(" \t-‐‑‒–—.·・‧•/\\_,;:،、+&|");

    private PersonName(List<NameToken> tokens, List<NameToken> aside) => (Tokens, Aside) = (tokens, aside);

    /// <summary>Given names before family names, as far as the writing shows it.</summary>
    public List<NameToken> Tokens { get; }

    public List<NameToken> Aside { get; }

    /// <summary>A name in signs without a blank, of which the first was taken for the family's: whole, since it may be foreign or in one word.</summary>
    public NameToken? Whole { get; private set; }

    public static PersonName Parse(string name, IReadOnlyList<string>? aliases = null)
    {
        var text = Folding.Compatible(name);
        var aside = new List<NameToken>();
        text = TakeBrackets(text, aside);
        var tokens = Ordered(text, aside);
        NameToken? whole = tokens.Count == 2 && tokens[0].Script is Script.Han or Script.Hangul && !Separators.Has(text.Trim())
            ? new(tokens[1].Text + tokens[0].Text, tokens[0].Script, false) : null;
        foreach (var alias in aliases ?? [])
            foreach (var token in Parse(alias).Tokens) aside.Add(token);
        Keep(tokens);
        aside.RemoveAll(token => tokens.Contains(token));
        if (tokens.Count == 0 && aside.Count > 0)
        {
            tokens.AddRange(aside.Take(MaxTokens));
            aside.Clear();
        }
        if (aside.Count > MaxTokens) aside.RemoveRange(MaxTokens, aside.Count - MaxTokens);
        return new PersonName(tokens, aside) { Whole = whole };
    }

    /// <summary>"Family, Given" is turned round; "Given Family, 3rd Baron of X" and "…, née X" put what follows aside.</summary>
    private static List<NameToken> Ordered(string text, List<NameToken> aside)
    {
        var parts = text.Split([',', '،', ';']);
        var first = Words(parts[0], aside);
        for (var i = 1; i < parts.Length; i++)
        {
            var titled = parts[i].AsSpan().ContainsAnyInRange('0', '9') && !LooksLikeName(parts[i]);
            var more = Words(parts[i], aside);
            more.RemoveAll(token => Honorifics.Contains(token.Text) || Honorifics.Contains(token.Text + "?") && more.Count > 1 && first.Count > 1);
            if (titled) aside.AddRange(more);
            else first.InsertRange(0, more);
        }
        return first;
    }

    private static bool LooksLikeName(string part) => part.Trim().Split(' ') is [var word] && !char.IsAsciiDigit(word[0]);

    /// <summary>Takes (…), […], "…" and 'one word' out of the text.</summary>
    private static string TakeBrackets(string text, List<NameToken> aside)
    {
        foreach (var (open, close) in Brackets)
            while (text.IndexOf(open, StringComparison.Ordinal) is >= 0 and var from && text.IndexOf(close, from + 1) is > 0 and var to)
            {
                var inside = text[(from + 1)..to];
                if (open == '\'' && (inside.Length is < 2 or > 20 || !inside.All(char.IsLetter) || from > 0 && text[from - 1] != ' ')) break;
                if (from == 0 && to == text.Length - 1) text = inside;
                else
                {
                    aside.AddRange(Words(inside, aside));
                    text = string.Concat(text.AsSpan(0, from), " ", text.AsSpan(to + 1));
                }
            }
        return text;
    }

    private static readonly (char Open, char Close)[] Brackets = [('(', ')'), ('[', ']'), ('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’'), ('\'', '\'')];

    private static List<NameToken> Words(string part, List<NameToken> aside)
    {
        var words = new List<NameToken>();
        var into = words;
        var raws = Separators.Split(part);
        for (var i = 0; i < raws.Count; i++)
            foreach (var token in Fold(raws[i], alone: raws.Count == 1))
            {
                // "Max Born" is a name, "Anna Lis born Nowak" are two.
                if (Formerly.Contains(token.Text) && words.Count > 0 && i < raws.Count - 1) into = aside;
                else into.Add(token);
            }
        return words;
    }

    private static IEnumerable<NameToken> Fold(string raw, bool alone)
    {
        var word = LookAlikes.Unmixed(raw, out var mixed);
        var script = ScriptOf(word);
        var ascii = Folding.ToAscii(word);
        // Han and Hangul: AnyAscii writes each sign with a capital; of a name in one piece the first sign is the family's.
        if (alone && script is Script.Han or Script.Hangul && word.EnumerateRunes().Count() is 2 or 3 or 4 && SecondCapital(ascii) is > 0 and var at)
        {
            yield return new(Letters(ascii[at..]), script, mixed);
            yield return new(Letters(ascii[..at]), script, mixed);
            yield break;
        }
        // "JC" in capitals are two initials.
        if (script == Script.Latin && word.Length == 2 && char.IsUpper(word[0]) && char.IsUpper(word[1]) && !IsVowel(word[0]) && !IsVowel(word[1]))
        {
            yield return new(Letters(ascii[..1]), script, mixed);
            yield return new(Letters(ascii[1..]), script, mixed);
            yield break;
        }
        var letters = Letters(ascii);
        if (letters.Length > 0) yield return new(letters, script, mixed);
    }

    private static bool IsVowel(char c) => char.ToLowerInvariant(c) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static int SecondCapital(string ascii)
    {
        for (var i = 1; i < ascii.Length; i++)
            if (char.IsAsciiLetterUpper(ascii[i])) return i;
        return -1;
    }

    /// <summary>Lower-case letters alone; a digit among letters is the letter it imitates. At most 40.</summary>
    private static string Letters(string ascii)
    {
        var letters = new StringBuilder(ascii.Length);
        var any = ascii.Any(char.IsAsciiLetter);
        foreach (var c in ascii)
        {
            if (letters.Length == 40) break;
            if (char.IsAsciiLetter(c)) letters.Append(char.ToLowerInvariant(c));
            else if (any && char.IsAsciiDigit(c)) letters.Append("oizeasgtbg"[c - '0']);
        }
        return letters.ToString();
    }

    private static Script ScriptOf(string word)
    {
        foreach (var rune in word.EnumerateRunes())
            if (Rune.IsLetter(rune)) return Scripts.Of(rune);
        return Script.Latin;
    }

    /// <summary>Drops forms of address and particles where a name remains without them, and bounds the rest.</summary>
    private static void Keep(List<NameToken> tokens)
    {
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            var text = tokens[i].Text;
            if (Honorifics.Contains(text) && tokens.Count > 1 || Honorifics.Contains(text + "?") && tokens.Count > 2 && i == 0) tokens.RemoveAt(i);
        }
        if (tokens.Count(token => !Particles.Contains(token.Text)) >= 2) tokens.RemoveAll(token => Particles.Contains(token.Text));
        if (tokens.Count > MaxTokens) tokens.RemoveRange(MaxTokens - 1, tokens.Count - MaxTokens);
    }

    /// <summary>Splits at any of its characters; apostrophes inside a word join.</summary>
    private sealed class SearchValues(string characters)
    {
        private readonly System.Buffers.SearchValues<char> _at = System.Buffers.SearchValues.Create(characters);

        public bool Has(string text) => text.AsSpan().ContainsAny(_at);

        public List<string> Split(string text)
        {
            var parts = new List<string>();
            var rest = text.AsSpan();
            while (rest.Length > 0)
            {
                var at = rest.IndexOfAny(_at);
                if (at < 0) at = rest.Length;
                if (at > 0) Add(parts, rest[..at]);
                rest = at == rest.Length ? [] : rest[(at + 1)..];
            }
            return parts;
        }

        private static void Add(List<string> parts, ReadOnlySpan<char> part)
        {
            // A ideographic blank and the like are blanks as well.
            foreach (var range in part.SplitAny('\u00a0', '\u3000', '\u2009'))
                if (!part[range].IsEmpty) parts.Add(part[range].ToString());
        }
    }
}
