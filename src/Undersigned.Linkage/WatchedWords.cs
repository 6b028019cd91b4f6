using System.Collections.Concurrent;
using System.Globalization;

namespace Undersigned.Linkage;

/// <summary>The words of all watched names, each once, and which of them a given word is near to.</summary>
internal sealed class WatchedWords
{
    /// <summary>Words that are remembered before all are forgotten; names of a letter repeat.</summary>
    private const int Remembered = 50_000;

    private static readonly Nicknames Shipped = new([]);
    private readonly Dictionary<NameToken, int> _numbers = [];
    private readonly List<TokenTable.Word> _words = [];
    private readonly List<List<int>> _forms = [];
    private readonly ConcurrentDictionary<NameToken, (int Word, TokenLevel Level)[]> _alike = new();

    public int Number(NameToken token)
    {
        token = token with { Mixed = false };
        if (_numbers.TryGetValue(token, out var number)) return number;
        _numbers[token] = number = _words.Count;
        _words.Add(WordOf(token));
        _forms.Add([]);
        return number;
    }

    /// <summary>The forms that hold a word.</summary>
    public List<int> FormsOf(int word) => _forms[word];

    public (int Word, TokenLevel Level)[] Alike(NameToken token)
    {
        token = token with { Mixed = false };
        if (_alike.TryGetValue(token, out var known)) return known;
        var word = WordOf(token);
        var alike = new List<(int, TokenLevel)>();
        for (var i = 0; i < _words.Count; i++)
            if (Transliteration.MayBegin(_words[i], word) && TokenComparison.Compare(_words[i], word, Shipped) is not TokenLevel.None and var level) alike.Add((i, level));
        if (_alike.Count > Remembered) _alike.Clear();
        return _alike[token] = [.. alike];
    }

    public static TokenTable.Word WordOf(NameToken token) => new(token.Text, ConsonantSkeleton.Of(token.Text), token.Script, (float)TokenTable.BackgroundOf(token.Text));

    public static string Shown(NameToken token) => token.Text.Length == 0 ? "" : string.Concat(token.Text[..1].ToUpper(CultureInfo.InvariantCulture), token.Text.AsSpan(1));
}
