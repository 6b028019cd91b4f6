using Undersigned.Model;

namespace Undersigned.SignatoryList;

/// <summary>The head of every page of the list: its number, and where to go.</summary>
public sealed record ListHead(PublishedLetter Letter, bool IsWhole = false);
