namespace Undersigned.Linkage;

/// <summary>
/// Names: the words of both sides are paired, the heaviest agreement first, wherever they stand. Words aside (a former name, a
/// short form in brackets) may pair and are never missed.
/// </summary>
internal sealed partial class PairComparison
{
    private const int Most = 12;
    private readonly double[] _gains = new double[Most * Most];
    private readonly TokenLevel[] _levels = new TokenLevel[Most * Most];
    private readonly RarityCache _words = new();

    private double Name(in RecordStore.Row a, in RecordStore.Row b, List<Agreement>? trail)
    {
        if (a.Piece == b.Piece && a.TokenCount != b.TokenCount && a.TokenCount > 0) return InPieces(a.TokenCount > b.TokenCount ? a : b, trail);
        var ofA = store.Numbers(a.NumbersAt, a.TokenCount + a.AsideCount);
        var ofB = store.Numbers(b.NumbersAt, b.TokenCount + b.AsideCount);
        double[] gains = _gains;
        TokenLevel[] levels = _levels;
        for (var i = 0; i < ofA.Length; i++)
            for (var j = 0; j < ofB.Length; j++)
            {
                var level = i >= a.TokenCount && j >= b.TokenCount && ofA[i] != ofB[j] ? TokenLevel.None : TokenLevelOf(ofA[i], ofB[j]);
                levels[i * Most + j] = level;
                gains[i * Most + j] = TokenBits(ofA[i], ofB[j], level);
            }
        int takenA = 0, takenB = 0;
        double heaviest = 0, others = 0;
        while (Best(gains, ofA.Length, ofB.Length, takenA, takenB) is >= 0 and var best)
        {
            int i = best / Most, j = best % Most;
            takenA |= 1 << i;
            takenB |= 1 << j;
            if (heaviest == 0) heaviest = gains[best];
            else others += gains[best];
            trail?.Add(new(AgreementKind.Name, gains[best]) { Token = levels[best], First = ofA[i], Second = ofB[j], FirstAt = i, SecondAt = j });
        }
        // Where the given names differ, what agrees behind them is one family's name, be it in two words.
        if (((takenA | takenB) & 1) == 0 && others > 0)
        {
            others *= Weights.SeenTwice;
            for (var i = 1; i < trail?.Count; i++) trail[i] = trail[i] with { Bits = trail[i].Bits * Weights.SeenTwice };
        }
        return heaviest + others + Unpaired(a, b, takenA, takenB, trail);
    }

    /// <summary>The same letters with other spaces: nearly as good as the words of the side that has more of them.</summary>
    private double InPieces(in RecordStore.Row row, List<Agreement>? trail)
    {
        var bits = -Weights.OtherSpaces;
        foreach (var token in store.TokensOf(row)) bits += TokenBits(token, token, TokenLevel.Same);
        bits = Math.Max(bits, 1);
        trail?.Add(new(AgreementKind.NameJoined, bits));
        return bits;
    }

    private static int Best(ReadOnlySpan<double> gains, int ofA, int ofB, int takenA, int takenB)
    {
        var best = -1;
        for (var i = 0; i < ofA; i++)
        {
            if ((takenA >> i & 1) != 0) continue;
            for (var j = 0; j < ofB; j++)
                if ((takenB >> j & 1) == 0 && gains[i * Most + j] > 0 && (best < 0 || gains[i * Most + j] > gains[best])) best = i * Most + j;
        }
        return best;
    }

    /// <summary>What pairs with nothing: on both sides it speaks against, on one it hardly does. Pieces that join to one word are that word.</summary>
    private double Unpaired(in RecordStore.Row a, in RecordStore.Row b, int takenA, int takenB, List<Agreement>? trail)
    {
        var leftA = a.TokenCount - System.Numerics.BitOperations.PopCount((uint)takenA & (1u << a.TokenCount) - 1);
        var leftB = b.TokenCount - System.Numerics.BitOperations.PopCount((uint)takenB & (1u << b.TokenCount) - 1);
        if (leftA == 0 && leftB == 0) return 0;
        if (leftA > 0 && leftB > 0 && leftA + leftB > 2 && Joined(a, takenA) is { Length: >= 5 } joined && joined == Joined(b, takenB))
        {
            trail?.Add(new(AgreementKind.NameJoined, Weights.NameJoined));
            return Weights.NameJoined;
        }
        var conflicts = Math.Min(leftA, leftB);
        var left = Math.Max(leftA, leftB) - conflicts;
        var bits = conflicts * Weights.NameConflict + left * Weights.NameLeftOver;
        if (trail is null) return bits;
        if (conflicts > 0) trail.Add(new(AgreementKind.NameConflict, conflicts * Weights.NameConflict) { First = FirstLeft(a, takenA), Second = FirstLeft(b, takenB) });
        if (left > 0) trail.Add(new(AgreementKind.NameLeftOver, left * Weights.NameLeftOver) { First = leftA > leftB ? FirstLeft(a, takenA) : FirstLeft(b, takenB) });
        return bits;
    }

    private int FirstLeft(in RecordStore.Row row, int taken) => store.TokensOf(row)[System.Numerics.BitOperations.TrailingZeroCount(~taken)];

    private string Joined(in RecordStore.Row row, int taken)
    {
        var joined = "";
        var tokens = store.TokensOf(row);
        for (var i = 0; i < tokens.Length; i++)
            if ((taken >> i & 1) == 0) joined += store.Tokens[tokens[i]].Text;
        return joined;
    }

    private TokenLevel TokenLevelOf(int a, int b)
    {
        if (a == b) return TokenLevel.Same;
        if (a > b) (a, b) = (b, a);
        if (_tokenLevels.TryGet(a, b, out var level)) return (TokenLevel)level;
        var found = store.Tokens.Compare(a, b);
        _tokenLevels.Set(a, b, (byte)found);
        return found;
    }

    private double TokenBits(int a, int b, TokenLevel level)
    {
        if (level == TokenLevel.None) return 0;
        var (shift, least, most) = NameLevels[(int)level];
        // The commoner of the two counts.
        return least == most ? most : Math.Clamp(Math.Min(WordRarity(a), WordRarity(b)) + shift, least, most);
    }

    private static readonly (double Shift, double Least, double Most)[] NameLevels =
        [.. Enum.GetValues<TokenLevel>().Select(level => (Weights.NameShift(level), Weights.NameBounds(level).Least, Weights.NameBounds(level).Most))];

    private double WordRarity(int token)
    {
        if (_words.TryGet(token, store.Version, out var bits)) return bits;
        ref readonly var word = ref store.Tokens[token];
        return _words.Set(token, store.Version, Rarity.Bits(Rarity.Share(word.Bearers, store.Names, word.Background, Weights.NamePrior)));
    }
}
