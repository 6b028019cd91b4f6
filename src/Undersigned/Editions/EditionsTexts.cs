namespace Undersigned.Editions;

/// <summary>The texts of EditionsTexts.resx.</summary>
public sealed class EditionsTexts;
