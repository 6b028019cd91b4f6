namespace Undersigned.Verification;

/// <summary>Names the resource file of this folder.</summary>
public sealed class VerificationTexts;
