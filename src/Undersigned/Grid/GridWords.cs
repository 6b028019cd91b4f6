using Undersigned.Access;

namespace Undersigned.Grid;

/// <summary>What the desk says after an act.</summary>
public static class GridWords
{
    /// <summary>"Marked as known: 12 lines. 3 were left as they are."</summary>
    public static string Done(string what, int done, int left) =>
        (done == 0 ? "Nothing was changed." : $"{ActWords.Of(what)}: {StaffWords.Count(done, "line", "lines")}.")
        + (left == 0 ? "" : $" {StaffWords.Count(left, "line was left as it is.", "lines were left as they are.")}");

    public static string Undone(int restored, int left) =>
        (restored == 0 ? "There was nothing left to undo." : $"Undone on {StaffWords.Count(restored, "line", "lines")}.")
        + (left == 0 ? "" : $" {StaffWords.Count(left, "line has moved on since and stays as it is.", "lines have moved on since and stay as they are.")}");
}
