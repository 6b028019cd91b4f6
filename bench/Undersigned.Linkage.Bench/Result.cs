namespace Undersigned.Linkage.Bench;

/// <summary>What came of one data set: figures by name, the aim, what peers reached.</summary>
internal sealed record Result(string Set, string Kind, IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>Which figure must be at least, or for a share of false alarms at most, what.</summary>
    public (string Figure, double Value, bool AtMost)[] Aims { get; init; } = [];

    public string Peers { get; init; } = "";

    public bool? Reached => Aims.Length == 0 ? null : Aims.All(aim => aim.AtMost ? Figures[aim.Figure] <= aim.Value : Figures[aim.Figure] >= aim.Value);
}
