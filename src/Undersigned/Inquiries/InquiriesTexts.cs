namespace Undersigned.Inquiries;

/// <summary>The texts of InquiriesTexts.resx.</summary>
public sealed class InquiriesTexts;
