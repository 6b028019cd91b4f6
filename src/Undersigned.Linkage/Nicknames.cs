using System.Collections.Frozen;

namespace Undersigned.Linkage;

/// <summary>Short forms of given names: the library's own table and the organiser's rows.</summary>
internal sealed class Nicknames
{
    private static readonly FrozenDictionary<string, string[]> Shipped = Read();
    private readonly Dictionary<string, HashSet<string>> _further = new(StringComparer.Ordinal);

    public Nicknames(IReadOnlyList<Nickname> further)
    {
        foreach (var row in further)
        {
            if (PersonName.Parse(row.Name).Tokens is not [var name, ..] || PersonName.Parse(row.ShortForm).Tokens is not [var form, ..]) continue;
            if (!_further.TryGetValue(name.Text, out var forms)) _further[name.Text] = forms = new(StringComparer.Ordinal);
            forms.Add(form.Text);
        }
    }

    /// <summary>Whether one is a short form of the other, or both are of one name.</summary>
    public bool Related(string a, string b)
    {
        if (Has(_further, a, b) || Has(_further, b, a)) return true;
        return Shipped.TryGetValue(a, out var ofA) && Shipped.TryGetValue(b, out var ofB) && ofA.Intersect(ofB).Any();
    }

    private static bool Has(Dictionary<string, HashSet<string>> table, string name, string form) => table.TryGetValue(name, out var forms) && forms.Contains(form);

    /// <summary>Word → the names it may stand for, itself among them where it is a name.</summary>
    private static FrozenDictionary<string, string[]> Read()
    {
        var groups = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var line in Tables.Lines("nicknames.txt"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in words)
            {
                if (!groups.TryGetValue(word, out var names)) groups[word] = names = new(StringComparer.Ordinal);
                names.Add(words[0]);
            }
        }
        return groups.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }
}
