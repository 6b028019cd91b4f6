namespace Undersigned.SignatoryList;

/// <summary>The texts of SignatoryListTexts.resx.</summary>
public sealed class SignatoryListTexts;
