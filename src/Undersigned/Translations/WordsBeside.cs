using Undersigned.Model;

namespace Undersigned.Translations;

/// <summary>One of two texts side by side, for the partial _Words.</summary>
/// <param name="Mark">What the ids in it begin with.</param>
/// <param name="Label">What stands above it.</param>
public sealed record WordsBeside(LetterWords Words, string Mark, string Label);
