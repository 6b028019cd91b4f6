using System.Globalization;

namespace Undersigned.Weekend;

/// <param name="How">What was counted, in words.</param>
internal sealed record Estimate(string Step, double Seconds, string How);

/// <summary>
/// The same people by a form that fills a spreadsheet and a page that is pasted together by hand, as most letters are run: an estimate with the
/// constants that the desk's own time is computed with (<see cref="Cost"/>), so that the two differ by steps and not by measures.
/// </summary>
internal static class OrdinaryWay
{
    private const double Click = 1.3, Key = 0.28, Mind = 1.35, SecondsAWord = 60.0 / 238;
    /// <summary>Name, position, organization, years, address: as the form's columns.</summary>
    private const int WordsARow = 11;
    private const int WordsAName = 2;

    public static IReadOnlyList<Estimate> For(Outcome outcome)
    {
        var all = outcome.Fates.Count;
        var waves = outcome.Plan.Waves + 1;
        var reread = Enumerable.Range(0, waves).Sum(w => outcome.Plan.Before + outcome.Plan.After * w / outcome.Plan.Waves);
        var (duplicates, pranks, forged) = (Count(outcome, p => p.Kind == Kind.Duplicate), Count(outcome, p => p.IsPrank), Count(outcome, p => p.Kind is Kind.Forged or Kind.Prominent));
        var corrections = Count(outcome, p => p.Fix != Fix.None);
        var listed = Stock.Prominent.Length + Stock.TrulyProminent.Length;
        return
        [
            new("read every row and mark it", all * (WordsARow * SecondsAWord + 2 * Key) + all / 40.0 * Click + pranks * (Mind + 3 * Click),
                F($"{all:N0} rows of {WordsARow} words; a key to mark and one to go on; a click a screen of 40 to scroll; {pranks} times a decision and three clicks to delete a row")),
            new("find duplicates", reread * WordsAName * SecondsAWord + waves * 6 * Click + duplicates * (Mind + 2 * WordsARow * SecondsAWord + 4 * Click),
                F($"sorted by family name after each of {waves} waves and read through, {reread:N0} names in all, six clicks to sort and sort back; {duplicates} pairs read, decided, one row deleted")),
            new("look for prominent names", waves * listed * (Mind + 15 * Key + Click) + forged * 180,
                F($"{listed} names searched for after each wave, 15 keys each; {forged} calls of three minutes")),
            new("correct lines", corrections * (60 * SecondsAWord + 4 * Click + Mind + (15 + 15 + 60) * Key),
                F($"{corrections} mails of 60 words; the row found by its name (15 keys), the cell typed anew (15), an answer of a line (60)")),
            new("merge spellings", Stock.Organizations.Sum(o => o.Length - 1) * (Mind + 50 * Key + 3 * Click),
                F($"{Stock.Organizations.Sum(o => o.Length - 1)} spellings replaced one after the other, 50 keys for each pair, once at the end")),
            new("bring the list to the page", waves * 300, F($"{waves} times five minutes: sort, copy, convert, paste, look, upload; a guess (in public repositories of such letters we count 97 uploads for some 430 names, and several made by scripts)")),
        ];
    }

    private static int Count(Outcome outcome, Func<Person, bool> which) => outcome.Fates.Count(f => which(f.Person));

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
