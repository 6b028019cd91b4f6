using CsCheck;
using Undersigned.SignatoryList;

namespace Undersigned.Tests.SignatoryList;

public sealed class NameMatchTests
{
    private static readonly Gen<string> Word = Gen.Char["abcdeil"].Array[4, 9].Select(c => new string(c));

    [Theory]
    [InlineData("wierzbolowicz", "wierzbolowicz")]
    [InlineData("wierzbolowicz", "wierzbolowic")]
    [InlineData("wierzbolowicz", "wierzboolowicz")]
    [InlineData("wierzbolowicz", "wierzbalowicz")]
    [InlineData("wierzbolowicz", "wierzboloiwcz")]
    [InlineData("tadeusz wierzbolowicz", "wierz t")]
    [InlineData("ottoline brandt okonjo", "okonjo ottoline")]
    public void A_name_is_found(string name, string asked) => Assert.NotNull(NameMatch.Slips(asked.Split(' '), name));

    [Theory]
    [InlineData("wierzbolowicz", "wierbzalowicz")]
    [InlineData("ann lunt", "amn")]
    [InlineData("ann lunt", "ann brandt")]
    public void Another_name_is_not(string name, string asked) => Assert.Null(NameMatch.Slips(asked.Split(' '), name));

    [Fact]
    public void Every_slip_of_one_letter_is_forgiven_and_leaves_a_piece_to_find_it_by() =>
        Gen.Select(Word, Gen.Int[0, 3], Gen.Int[0, 8], Gen.Char["abcdeilz"]).Sample((word, kind, at, letter) =>
        {
            var asked = Slip(word, kind, at % word.Length, letter);
            if (asked == word || asked.Length < 4)
                return true;
            return NameMatch.IsOneSlip(asked, word) && NameMatch.IsOneSlip(word, asked)
                && NameMatch.Pieces(asked).Any(p => $" {word} ".Contains(p, StringComparison.Ordinal));
        });

    [Fact]
    public void Two_slips_are_as_many_as_the_longest_way_round_says() =>
        Gen.Select(Word, Word).Sample((a, b) => NameMatch.IsOneSlip(a, b) == (Distance(a, b) == 1));

    private static string Slip(string word, int kind, int at, char letter) => kind switch
    {
        0 => word.Insert(at, letter.ToString()),
        1 => word.Remove(at, 1),
        2 => word.Remove(at, 1).Insert(at, letter.ToString()),
        _ => at + 1 < word.Length ? word[..at] + word[at + 1] + word[at] + word[(at + 2)..] : word,
    };

    // Optimal string alignment, by the book.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
