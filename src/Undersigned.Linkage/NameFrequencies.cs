namespace Undersigned.Linkage;

/// <summary>How common names are: the shipped table of common names, and the distinct names of a list where there is one.</summary>
public sealed class NameFrequencies
{
    private readonly RecordStore _store;

    internal NameFrequencies(RecordStore store) => _store = store;

    /// <summary>The shipped table alone.</summary>
    public static NameFrequencies Shipped { get; } = new(new RecordStore(new Nicknames([])));

    /// <summary>The share of people who would write this name: the product over its words, and never under one in a hundred million.</summary>
    public double ShareOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var share = 1.0;
        foreach (var token in PersonName.Parse(name).Tokens) share *= ShareOf(token);
        return Math.Max(share, 1e-8);
    }

    internal double ShareOf(NameToken token)
    {
        if (token.Text.Length == 1) return .1;
        var (bearers, background) = _store.Tokens.Find(token) is { } number ? (_store.Tokens[number].Bearers, (double)_store.Tokens[number].Background) : (0, TokenTable.BackgroundOf(token.Text));
        return (bearers + Weights.NamePrior * background) / (_store.Names + Weights.NamePrior);
    }
}
