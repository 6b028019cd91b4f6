namespace Undersigned.Log.Letters;

/// <summary>
/// The order in which the acts of one batch become entries (signatory log, section 2, "Batches"): shuffled, so that neither order nor time tells
/// when a particular person signed, among the orders that the rules allow.
/// </summary>
public static class BatchOrder
{
    /// <summary>Arranges the acts of a batch.</summary>
    /// <param name="acts">The acts in the order in which they happened.</param>
    /// <param name="type">What each becomes.</param>
    /// <param name="subject">
    /// Whom each is about, null for the letter itself: acts about one subject keep their order, so that an amendment follows its signature and an
    /// erasure its withdrawal.
    /// </param>
    /// <param name="below">A random number from 0 to one less than its argument, such as <c>RandomNumberGenerator.GetInt32</c>.</param>
    /// <returns>
    /// <c>open</c> or <c>reopen</c> first, <c>close</c> and <c>retire</c> last. A <c>revise</c> parts the others into those before and after it, since
    /// signatures name the revision that was current.
    /// </returns>
    public static IReadOnlyList<T> Arrange<T>(IReadOnlyList<T> acts, Func<T, EntryType> type, Func<T, object?> subject, Func<int, int> below)
    {
        var arranged = new List<T>(acts.Count);
        arranged.AddRange(acts.Where(act => type(act) is EntryType.Open or EntryType.Reopen));
        var between = new List<T>();
        foreach (var act in acts)
        {
            if (type(act) is EntryType.Open or EntryType.Reopen or EntryType.Close or EntryType.Retire) continue;
            if (type(act) != EntryType.Revise)
            {
                between.Add(act);
                continue;
            }
            arranged.AddRange(Shuffle(between, subject, below));
            arranged.Add(act);
            between.Clear();
        }
        arranged.AddRange(Shuffle(between, subject, below));
        arranged.AddRange(acts.Where(act => type(act) == EntryType.Close));
        arranged.AddRange(acts.Where(act => type(act) == EntryType.Retire));
        return arranged;
    }

    private static readonly object TheLetter = new();

    // Places are shuffled; then the places that one subject's acts got are taken in the order of the acts.
    private static T[] Shuffle<T>(List<T> acts, Func<T, object?> subject, Func<int, int> below)
    {
        var places = Enumerable.Range(0, acts.Count).ToArray();
        for (var i = places.Length - 1; i > 0; i--)
        {
            var j = below(i + 1);
            (places[i], places[j]) = (places[j], places[i]);
        }
        var shuffled = new T[acts.Count];
        foreach (var group in Enumerable.Range(0, acts.Count).GroupBy(i => subject(acts[i]) ?? TheLetter))
        {
            var theirs = group.Select(i => places[i]).Order().ToArray();
            foreach (var (place, i) in theirs.Zip(group)) shuffled[place] = acts[i];
        }
        return shuffled;
    }
}
