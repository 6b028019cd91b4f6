namespace Undersigned.Letters;

/// <summary>The texts of LettersTexts.resx.</summary>
public sealed class LettersTexts;
