namespace Undersigned.Signing;

/// <summary>The texts of SigningTexts.resx.</summary>
public sealed class SigningTexts;
