using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Undersigned.Linkage;

/// <summary>How two values of a field agree, weakest first.</summary>
internal enum ValueLevel : byte
{
    /// <summary>Different.</summary>
    None,

    /// <summary>Codes: the same beginning. Dates: the same year. Words: a rare word in common.</summary>
    Partly,

    /// <summary>Codes: two letters off. Dates: two of year, month and day. Words: most of the weight in common, or letters alike.</summary>
    Alike,

    /// <summary>One letter or digit off, or neighbours swapped; for dates also day and month.</summary>
    OneLetter,

    /// <summary>Organizations: one is the other's initials.</summary>
    Acronym,

    /// <summary>Equal after folding.</summary>
    Same,
}

/// <summary>What a value is, which decides how it is compared.</summary>
internal enum ValueKind : byte
{
    Date, Code, Words, Place, Organization, Position, Domain,
}

/// <summary>Every value of the fields beside the name, numbered, with the number of distinct names that hold it.</summary>
internal sealed class ValueTable
{
    private static readonly FrozenSet<string> PlainWords = Tables.Words("plain-words.txt");
    private static readonly FrozenDictionary<string, string[]> Abbreviations = Tables.Lines("abbreviations.txt")
        .Select(line => line.Split(' ')).ToFrozenDictionary(words => words[0], words => words[1..], StringComparer.Ordinal);

    private readonly Dictionary<(int Field, string Text), int> _numbers = [];
    private readonly Dictionary<(ValueKind Kind, string Name), int> _fields = [];
    private readonly List<string> _fieldNames = [];
    private readonly List<Value> _values = [];

    public int Count => _values.Count;

    public ref readonly Value this[int number] => ref CollectionsMarshal.AsSpan(_values)[number];

    /// <summary>The number of a value, or −1 if there is nothing to compare in it.</summary>
    public int Number(ValueKind kind, string? text, string field = "")
    {
        if (string.IsNullOrWhiteSpace(text)) return -1;
        var words = Spelled(kind, text);
        if (words.Count == 0) return -1;
        var plain = kind is ValueKind.Code or ValueKind.Domain ? string.Concat(words) : string.Join(' ', words);
        var fieldNumber = FieldNumber(kind, field);
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (fieldNumber, plain), out var known);
        if (known) return number;
        number = _values.Count;
        _values.Add(new Value(fieldNumber, kind, plain, [.. words], text.Trim()));
        return number;
    }

    public void Holds(int value, int change) => CollectionsMarshal.AsSpan(_values)[value].Holders += change;

    public ValueLevel Compare(int a, int b)
    {
        if (a == b) return ValueLevel.Same;
        ref readonly var x = ref this[a];
        ref readonly var y = ref this[b];
        return x.Kind switch
        {
            ValueKind.Date => Dates(x, y),
            ValueKind.Code => Codes(x.Text, y.Text),
            ValueKind.Domain => ValueLevel.None,
            _ => WordsOf(x, y),
        };
    }

    /// <summary>A fact's name as the caller gave it.</summary>
    public string FieldName(int field) => _fieldNames[field];

    private int FieldNumber(ValueKind kind, string field)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_fields, (kind, field), out var known);
        if (known) return number;
        number = _fieldNames.Count;
        _fieldNames.Add(field);
        return number;
    }

    private static List<string> Spelled(ValueKind kind, string text)
    {
        if (kind == ValueKind.Domain) return [text.Trim().TrimEnd('.').ToLowerInvariant()];
        if (kind == ValueKind.Code && text.Contains('@', StringComparison.Ordinal)) return [Folding.Compatible(text).Trim().ToLowerInvariant()];
        var words = Folding.Words(text);
        if (kind == ValueKind.Date && string.Concat(words) is { Length: 4 or 6 or 8 } digits && digits.All(char.IsAsciiDigit)) return [digits];
        if (kind is not (ValueKind.Position or ValueKind.Organization)) return words;
        var spelled = new List<string>(words.Count);
        foreach (var word in words)
            if (Abbreviations.TryGetValue(word, out var full)) spelled.AddRange(full);
            else spelled.Add(word);
        var heavy = spelled.Where(word => word is not ("the" or "of" or "and" or "for" or "at" or "in")).ToList();
        return heavy.Count > 0 ? heavy : spelled;
    }

    private static ValueLevel Dates(in Value a, in Value b)
    {
        if (a.Year == 0 || b.Year == 0) return Codes(a.Text, b.Text);
        // A year alone says as much as a year can.
        if (a.Month == 0 || b.Month == 0) return a.Year == b.Year ? ValueLevel.Alike : ValueLevel.None;
        if (a.Year == b.Year && a.Month == b.Day && a.Day == b.Month) return ValueLevel.OneLetter;
        if (Likeness.Edits(a.Digits, b.Digits, 1) == 1) return ValueLevel.OneLetter;
        var same = (a.Year == b.Year ? 1 : 0) + (a.Month == b.Month ? 1 : 0) + (a.Day == b.Day ? 1 : 0);
        if (same == 2 || Likeness.Edits(a.Digits, b.Digits, 2) == 2 && same >= 1) return ValueLevel.Alike;
        return a.Year == b.Year ? ValueLevel.Partly : ValueLevel.None;
    }

    private static ValueLevel Codes(string a, string b)
    {
        var longer = Math.Max(a.Length, b.Length);
        var edits = Likeness.Edits(a, b, 3);
        if (edits == 1 && longer >= 4) return ValueLevel.OneLetter;
        if (edits == 2 && longer >= 6 || edits == 3 && longer >= 12) return ValueLevel.Alike;
        var half = Math.Min(a.Length, b.Length) / 2;
        return half >= 2 && a.AsSpan(0, half).SequenceEqual(b.AsSpan(0, half)) ? ValueLevel.Partly : ValueLevel.None;
    }

    private static ValueLevel WordsOf(in Value a, in Value b)
    {
        if (a.Joined == b.Joined) return ValueLevel.OneLetter;
        var edits = Likeness.Edits(a.Joined, b.Joined, 1);
        if (edits == 1 && a.Joined.Length >= 5) return ValueLevel.OneLetter;
        if (a.Kind is ValueKind.Organization && (IsAcronym(a, b) || IsAcronym(b, a))) return ValueLevel.Acronym;
        var overlap = Overlap(a, b);
        if (overlap >= .7 || a.Joined.Length >= 4 && Likeness.JaroWinkler(a.Joined, b.Joined) >= .92) return ValueLevel.Alike;
        return overlap >= .35 ? ValueLevel.Partly : ValueLevel.None;
    }

    private static bool IsAcronym(in Value letters, in Value words)
    {
        if (letters.Words.Length != 1 || letters.Text.Length < 2 || words.Words.Length != letters.Text.Length) return false;
        for (var i = 0; i < words.Words.Length; i++)
            if (words.Words[i][0] != letters.Text[i]) return false;
        return true;
    }

    /// <summary>The weight of the words in common, over the lighter side's: plain words weigh a quarter, long words more.</summary>
    private static double Overlap(in Value a, in Value b)
    {
        double common = 0, ofA = 0, ofB = 0;
        foreach (var word in b.Words) ofB += Weight(word);
        foreach (var word in a.Words)
        {
            ofA += Weight(word);
            if (Array.Exists(b.Words, other => other == word || word.Length >= 5 && other.Length >= 5 && Likeness.Edits(word, other, 1) <= 1)) common += Weight(word);
        }
        var most = Math.Max(ofA, ofB);
        return most == 0 ? 0 : Math.Min(common, Math.Min(ofA, ofB)) / (.5 * most + .5 * Math.Min(ofA, ofB));
    }

    private static double Weight(string word) => PlainWords.Contains(word) ? .25 : Math.Min(word.Length, 8) / 8.0 + .25;

    internal struct Value
    {
        public Value(int field, ValueKind kind, string text, string[] words, string shown)
        {
            (Field, Kind, Text, Words, Shown) = (field, kind, text, words, shown);
            Joined = words.Length == 1 ? text : string.Concat(words);
            Hash = Mixing.Of(Mixing.Of(text), (ulong)field);
            Digits = kind == ValueKind.Date ? ReadDate(text, out Year, out Month, out Day) : "";
        }

        public readonly int Field;
        public readonly ValueKind Kind;
        public readonly string Text;
        public readonly string Joined;
        public readonly string[] Words;

        /// <summary>As first written, for reasons.</summary>
        public readonly string Shown;
        public readonly ulong Hash;
        public readonly string Digits;
        public readonly int Year;
        public readonly int Month;
        public readonly int Day;

        /// <summary>How many distinct names of the list hold it.</summary>
        public int Holders;

        private static string ReadDate(string text, out int year, out int month, out int day)
        {
            (year, month, day) = (0, 0, 0);
            var digits = string.Concat(text.Where(char.IsAsciiDigit));
            if (digits.Length is not (4 or 6 or 8)) return digits;
            year = int.Parse(digits.AsSpan(0, 4), CultureInfo.InvariantCulture);
            if (digits.Length >= 6) month = int.Parse(digits.AsSpan(4, 2), CultureInfo.InvariantCulture);
            if (digits.Length == 8) day = int.Parse(digits.AsSpan(6, 2), CultureInfo.InvariantCulture);
            return digits;
        }
    }
}
