namespace Undersigned.Linkage;

/// <summary>Compares two rows and adds up bits. Holds what one thread needs to do it again and again without allocating.</summary>
internal sealed partial class PairComparison(RecordStore store)
{
    private readonly LevelCache _tokenLevels = new();
    private readonly LevelCache _valueLevels = new();
    private readonly RarityCache _values = new();

    /// <summary>The bits for one person, without what the size of the list says. With a trail, also what they came from.</summary>
    public double Score(in RecordStore.Row a, in RecordStore.Row b, List<Agreement>? trail = null)
    {
        var bits = Name(a, b, trail);
        bits += WorkAndPlace(a, b, trail);
        bits += Facts(a, b, trail);
        if (a.Mailbox != 0 && a.Mailbox == b.Mailbox)
        {
            bits += Weights.LocalPart;
            trail?.Add(new(AgreementKind.Mailbox, Weights.LocalPart));
        }
        return bits;
    }

    private double WorkAndPlace(in RecordStore.Row a, in RecordStore.Row b, List<Agreement>? trail)
    {
        var work = Posts(a, b, trail);
        var domain = a.Domain >= 0 && b.Domain >= 0 ? Value(AgreementKind.Domain, a.Domain, b.Domain, trail, Seen(work)) : 0;
        var place = a.Location >= 0 && b.Location >= 0 ? Value(AgreementKind.Place, a.Location, b.Location, trail, Seen(work + Math.Max(0, domain))) : 0;
        return work + domain + place;
    }

    /// <summary>An employer shows in organization, domain and place: the second sign of it counts in part.</summary>
    private static double Seen(double bits) => bits > 2 ? Weights.SeenTwice : 1;

    private double Value(AgreementKind kind, int a, int b, List<Agreement>? trail, double share = 1)
    {
        var level = ValueLevelOf(a, b);
        var bits = share * ValueBits(a, b, level);
        trail?.Add(new(kind, bits) { Value = level, First = a, Second = b });
        return bits;
    }

    private ValueLevel ValueLevelOf(int a, int b)
    {
        if (a == b) return ValueLevel.Same;
        if (a > b) (a, b) = (b, a);
        if (_valueLevels.TryGet(a, b, out var level)) return (ValueLevel)level;
        var found = store.Values.Compare(a, b);
        _valueLevels.Set(a, b, (byte)found);
        return found;
    }

    private double ValueBits(int a, int b, ValueLevel level)
    {
        var kind = store.Values[a].Kind;
        var (shift, least, most) = ValueLevels[(int)kind * 8 + (int)level];
        return level == ValueLevel.None ? least : Math.Clamp(Math.Min(ValueRarity(a, kind), ValueRarity(b, kind)) + shift, least, most);
    }

    private static readonly (double Shift, double Least, double Most)[] ValueLevels =
        [.. Enumerable.Range(0, 8 * 8).Select(at => (Kind: (ValueKind)(at / 8), Level: (ValueLevel)(at % 8))).Select(at => (Weights.ValueShift(at.Kind, at.Level), Weights.ValueBounds(at.Kind, at.Level).Least, Weights.ValueBounds(at.Kind, at.Level).Most))];

    private double ValueRarity(int value, ValueKind kind)
    {
        if (_values.TryGet(value, store.Version, out var bits)) return bits;
        return _values.Set(value, store.Version, Rarity.Bits(Rarity.Share(store.Values[value].Holders, store.Names, Weights.ValueShare(kind), Weights.ValuePrior)));
    }

    /// <summary>Facts of one name with each other; the best pair where a name stands twice.</summary>
    private double Facts(in RecordStore.Row a, in RecordStore.Row b, List<Agreement>? trail)
    {
        var sum = 0.0;
        var ofA = store.FactsOf(a);
        var ofB = store.FactsOf(b);
        for (var i = 0; i < ofA.Length; i++)
        {
            var field = store.Values[ofA[i]].Field;
            if (i > 0 && store.Values[ofA[i - 1]].Field == field) continue;
            var best = double.NegativeInfinity;
            int first = -1, second = -1;
            for (var k = i; k < ofA.Length && store.Values[ofA[k]].Field == field; k++)
                foreach (var other in ofB)
                {
                    if (store.Values[other].Field != field) continue;
                    var bits = ValueBits(ofA[k], other, ValueLevelOf(ofA[k], other));
                    if (bits > best) (best, first, second) = (bits, ofA[k], other);
                }
            if (first < 0) continue;
            sum += best;
            trail?.Add(new(AgreementKind.Fact, best) { Value = ValueLevelOf(first, second), First = first, Second = second });
        }
        return sum;
    }

    /// <summary>The pair of posts that fits best.</summary>
    private double Posts(in RecordStore.Row a, in RecordStore.Row b, List<Agreement>? trail)
    {
        var ofA = store.PostsOf(a);
        var ofB = store.PostsOf(b);
        if (ofA.Length == 0 || ofB.Length == 0) return 0;
        var best = double.NegativeInfinity;
        RecordStore.PostNumbers first = default, second = default;
        foreach (var x in ofA)
            foreach (var y in ofB)
            {
                var bits = Post(x, y, null);
                if (bits > best) (best, first, second) = (bits, x, y);
            }
        if (trail is not null) Post(first, second, trail);
        return best;
    }

    private double Post(in RecordStore.PostNumbers a, in RecordStore.PostNumbers b, List<Agreement>? trail)
    {
        var bits = 0.0;
        if (a.Organization >= 0 && b.Organization >= 0) bits += Value(AgreementKind.Organization, a.Organization, b.Organization, trail);
        var position = ValueLevel.None;
        if (a.Position >= 0 && b.Position >= 0)
        {
            position = ValueLevelOf(a.Position, b.Position);
            bits += Value(AgreementKind.Position, a.Position, b.Position, trail);
        }
        var years = YearsOf(a, b);
        if (years == YearsLevel.Unknown) return bits;
        var ofYears = Weights.Years(years, position >= ValueLevel.Alike);
        trail?.Add(new(AgreementKind.Years, ofYears) { Years = years });
        return bits + ofYears;
    }

    private static YearsLevel YearsOf(in RecordStore.PostNumbers a, in RecordStore.PostNumbers b)
    {
        if (a.From == 0 && a.To == 0 || b.From == 0 && b.To == 0) return YearsLevel.Unknown;
        var from = a.From != 0 && b.From != 0 ? Math.Abs(a.From - b.From) : -1;
        var to = a.To != 0 && b.To != 0 ? Math.Abs(a.To - b.To) : a.To == b.To ? 0 : -1;
        if (from == 0 && to == 0) return YearsLevel.Equal;
        if (from == 0 || to == 0 && a.To != 0) return YearsLevel.OneEqual;
        int endOfA = a.To == 0 ? short.MaxValue : a.To, endOfB = b.To == 0 ? short.MaxValue : b.To;
        if (a.From > endOfB || b.From > endOfA) return YearsLevel.Disjoint;
        return from is > 0 and <= 2 || to is > 0 and <= 2 ? YearsLevel.Near : YearsLevel.Overlap;
    }
}
