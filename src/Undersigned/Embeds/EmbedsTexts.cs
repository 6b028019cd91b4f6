namespace Undersigned.Embeds;

/// <summary>The texts of EmbedsTexts.resx.</summary>
public sealed class EmbedsTexts;
