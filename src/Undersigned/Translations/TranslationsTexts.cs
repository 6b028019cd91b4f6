namespace Undersigned.Translations;

/// <summary>The texts of TranslationsTexts.resx.</summary>
public sealed class TranslationsTexts;
