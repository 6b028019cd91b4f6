namespace Undersigned.Sampling;

/// <summary>Names the resource file of this feature's texts.</summary>
public sealed class SamplingTexts;
