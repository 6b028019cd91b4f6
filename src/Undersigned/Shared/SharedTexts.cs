namespace Undersigned.Shared;

/// <summary>The texts of SharedTexts.resx.</summary>
public sealed class SharedTexts;
