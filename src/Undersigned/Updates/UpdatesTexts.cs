namespace Undersigned.Updates;

/// <summary>Names the resource file of this feature's texts.</summary>
public sealed class UpdatesTexts;
