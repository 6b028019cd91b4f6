namespace Undersigned.Pdf;

/// <summary>The texts of PdfTexts.resx.</summary>
public sealed class PdfTexts;
