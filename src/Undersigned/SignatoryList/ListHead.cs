namespace Undersigned.SignatoryList;

/// <summary>The head of every page of the list: its number, as of when, what is not shown any more, and where to go.</summary>
public sealed record ListHead(AskedList List, int NotShown = 0, bool IsWhole = false);
