using System.Runtime.InteropServices;

namespace Undersigned.Linkage;

/// <summary>Every word of names that was met, numbered, with what is computed once for it and the number of distinct names that hold it.</summary>
internal sealed class TokenTable(Nicknames nicknames)
{
    private static readonly Dictionary<string, double> Background = ReadBackground();
    private readonly Dictionary<(string Text, Script Script), int> _numbers = [];
    private readonly List<Word> _words = [];

    public int Count => _words.Count;

    public ref readonly Word this[int number] => ref CollectionsMarshal.AsSpan(_words)[number];

    public int Number(NameToken token)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (token.Text, token.Script), out var known);
        if (known) return number;
        number = _words.Count;
        _words.Add(new Word(token.Text, ConsonantSkeleton.Of(token.Text), token.Script, (float)BackgroundOf(token.Text)));
        return number;
    }

    public int? Find(NameToken token) => _numbers.TryGetValue((token.Text, token.Script), out var number) ? number : null;

    public static double BackgroundOf(string text) => Background.TryGetValue(text, out var share) ? share : Weights.RareNameShare;

    public void Bears(int token, int change) => CollectionsMarshal.AsSpan(_words)[token].Bearers += change;

    public TokenLevel Compare(int a, int b) => a == b ? TokenLevel.Same : TokenComparison.Compare(this[a], this[b], nicknames);

    private static Dictionary<string, double> ReadBackground()
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in Tables.Lines("common-names.txt"))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            shares[line[..blank]] = int.Parse(line.AsSpan(blank + 1), System.Globalization.CultureInfo.InvariantCulture) / 10_000.0;
        }
        return shares;
    }

    internal struct Word(string text, string skeleton, Script script, float background)
    {
        public readonly string Text = text;
        public readonly string Skeleton = skeleton;
        public readonly Script Script = script;
        public readonly ulong TextHash = Mixing.Of(text);
        public readonly ulong SkeletonHash = Mixing.Of(skeleton);
        public readonly ulong BeginningHash = Mixing.Of(text.AsSpan(0, Math.Min(3, text.Length)));

        /// <summary>The share of people who bear it, by the shipped table.</summary>
        public readonly float Background = background;

        /// <summary>How many distinct names of the list hold it.</summary>
        public int Bearers;
    }
}
