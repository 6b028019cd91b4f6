namespace Undersigned.Press;

/// <summary>The texts of PressTexts.resx.</summary>
public sealed class PressTexts;
