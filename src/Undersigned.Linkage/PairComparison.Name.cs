namespace Undersigned.Linkage;

/// <summary>
/// Names: the words of both sides are paired, the heaviest agreement first, wherever they stand. Words aside (a former name, a
/// short form in brackets) may pair and are never missed.
/// </summary>
internal sealed partial class PairComparison
{
    private const int Most = 12;

    private double Name(in RecordStore.Row a, in RecordStore.Row b, List<Agreement>? trail)
    {
        var ofA = store.Numbers(a.NumbersAt, a.TokenCount + a.AsideCount);
        var ofB = store.Numbers(b.NumbersAt, b.TokenCount + b.AsideCount);
        Span<double> gains = stackalloc double[Most * Most];
        Span<TokenLevel> levels = stackalloc TokenLevel[Most * Most];
        for (var i = 0; i < ofA.Length; i++)
            for (var j = 0; j < ofB.Length; j++)
            {
                var level = i >= a.TokenCount && j >= b.TokenCount && ofA[i] != ofB[j] ? TokenLevel.None : TokenLevelOf(ofA[i], ofB[j]);
                levels[i * Most + j] = level;
                gains[i * Most + j] = TokenBits(ofA[i], ofB[j], level);
            }
        int takenA = 0, takenB = 0;
        var sum = 0.0;
        while (Best(gains, ofA.Length, ofB.Length, takenA, takenB) is >= 0 and var best)
        {
            int i = best / Most, j = best % Most;
            takenA |= 1 << i;
            takenB |= 1 << j;
            sum += gains[best];
            trail?.Add(new(AgreementKind.Name, gains[best]) { Token = levels[best], First = ofA[i], Second = ofB[j], FirstAt = i, SecondAt = j });
        }
        return sum + Unpaired(a, b, takenA, takenB, trail);
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
        var (least, most) = Weights.NameBounds(level);
        if (level == TokenLevel.Initial || least == most) return most;
        var share = Math.Max(Share(a), Share(b));
        return Math.Clamp(Rarity.Bits(share) + Weights.NameShift(level), least, most);
    }

    private double Share(int token)
    {
        ref readonly var word = ref store.Tokens[token];
        return Rarity.Share(word.Bearers, store.Names, word.Background, Weights.NamePrior);
    }
}
