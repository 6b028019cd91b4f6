using Undersigned.Access;

namespace Undersigned.Grid;

/// <summary>What the desk says after an act.</summary>
public static class GridWords
{
    /// <summary>"Marked as known: 12 lines. 3 were left as they are."</summary>
    public static string Done(string what, int done, int left) => Done(what, done, left, 0, 0);

    /// <summary>"Let in: 9 lines. 3 lines need two people: yours is one of the two decisions. 2 lines were left to somebody who has them on screen."</summary>
    public static string Done(string what, int done, int left, int looks, int lent) =>
        string.Join(' ', new[]
        {
            done == 0 ? "Nothing was changed." : done == looks ? "" : $"{ActWords.Of(what)}: {StaffWords.Count(done - looks, "line", "lines")}.",
            looks == 0 ? "" : $"{StaffWords.Count(looks, "line needs", "lines need")} two people: yours is kept as one of the two decisions.",
            lent == 0 ? "" : $"{StaffWords.Count(lent, "line was", "lines were")} left to somebody else, who has {(lent == 1 ? "it" : "them")} on screen at the glance.",
            left == lent ? "" : StaffWords.Count(left - lent, "line was left as it is.", "lines were left as they are."),
        }.Where(w => w.Length > 0));

    public static string Done(GridOutcome outcome) =>
        Done(outcome.What, outcome.Done.Count, outcome.Left.Select(l => l.Id).Distinct().Count(), outcome.Looks, outcome.Lent);

    public static string Undone(int restored, int left) =>
        (restored == 0 ? "There was nothing left to undo." : $"Undone on {StaffWords.Count(restored, "line", "lines")}.")
        + (left == 0 ? "" : $" {StaffWords.Count(left, "line has moved on since and stays as it is.", "lines have moved on since and stay as they are.")}");
}
