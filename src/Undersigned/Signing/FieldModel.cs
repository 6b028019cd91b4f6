namespace Undersigned.Signing;

/// <summary>One field for the partial _Field; its error, if any, stands in the model state under <paramref name="Name"/>.</summary>
public sealed record FieldModel(string Name, string Label, string? Value)
{
    public string? Hint { get; init; }
    public string Type { get; init; } = "text";
    public int Lines { get; init; } = 1;
    public string? AutoComplete { get; init; }
    public string? InputMode { get; init; }
    public string? Css { get; init; }
    public int? MaxLength { get; init; }
    /// <summary>The message stands above a row of narrow fields, under this field's id and "-e".</summary>
    public bool HasErrorAbove { get; init; }
}
