using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Undersigned.Log.Letters;

namespace Undersigned.Log.Tests.Letters;

public class AuditSampleTests
{
    private static readonly Hash Root = new([.. Enumerable.Range(0, 32).Select(b => (byte)b)]);

    private static IEnumerable<long> Numbers(int count) => Enumerable.Range(1, count).Select(number => (long)number);

    // Computed by a program of a few lines in another language.
    [Theory]
    [InlineData("3 11 19 24 37 41", 20, 5, "18 15 3 1 8")]
    [InlineData("Zürich 7", 1000, 8, "367 715 791 259 134 847 905 543")]
    public void The_draw_falls_on_the_lines_that_the_specification_says(string value, int standing, int count, string drawn) =>
        Assert.Equal(drawn, string.Join(' ', AuditSample.Draw(Root, Encoding.UTF8.GetBytes(value), Numbers(standing), count)));

    [Fact]
    public void The_draw_is_the_definition_whatever_the_order_in_which_lines_come() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 60], Gen.String[1, 20], Gen.Int).Sample((standing, count, value, seed) =>
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            var shuffled = Numbers(standing).ToArray();
            new Random(seed).Shuffle(shuffled);
            var drawn = AuditSample.Draw(Root, bytes, shuffled, count);
            Assert.Equal(Math.Min(count, standing), drawn.Distinct().Count());
            Assert.Equal(Numbers(standing).OrderBy(number => Place(bytes, number), StringComparer.Ordinal).Take(count), drawn);
            // A larger draw begins with the smaller one: asking for more changes nobody's turn.
            Assert.Equal(drawn, AuditSample.Draw(Root, bytes, shuffled, count + 7).Take(drawn.Count));
        });

    private static string Place(byte[] value, long number) => Convert.ToHexString(SHA256.HashData(
        [.. Encoding.UTF8.GetBytes("undersigned/draw/v1\n"), .. Root.ToArray(), .. value, .. Encoding.UTF8.GetBytes("\n" + number.ToString(CultureInfo.InvariantCulture))]));

    [Fact]
    public void A_million_lines_are_drawn_from_in_one_pass() =>
        Assert.Equal(2000, AuditSample.Draw(Root, "7"u8, Numbers(1_000_000), 2000).Distinct().Count());

    // By a calculation with 60 decimal digits; the first decimals are those of printed tables.
    [Theory]
    [InlineData(1, 0, 0.950000000000)]
    [InlineData(2, 1, 0.974679434480)]
    [InlineData(10, 0, 0.258865550893)]
    [InlineData(10, 1, 0.394163302436)]
    [InlineData(10, 5, 0.777558898991)]
    [InlineData(10, 9, 0.994883803108)]
    [InlineData(20, 1, 0.216106164206)]
    [InlineData(20, 3, 0.343663804314)]
    [InlineData(59, 0, 0.049507609888)]
    [InlineData(100, 0, 0.029513049607)]
    [InlineData(100, 5, 0.102253377643)]
    [InlineData(300, 0, 0.009936081944)]
    [InlineData(300, 10, 0.055884740514)]
    [InlineData(200, 14, 0.107267979226)]
    [InlineData(1000, 50, 0.062863403512)]
    [InlineData(3, 3, 1)]
    public void The_bound_is_that_of_Clopper_and_Pearson(int drawn, int bad, double bound) => Assert.Equal(bound, AuditSample.UpperBound(drawn, bad), 1e-11);

    [Fact]
    public void Where_none_is_false_the_bound_has_a_closed_form_for_small_and_huge_samples() =>
        Gen.Int[1, 16_000_000].Sample(drawn => Assert.Equal(1, AuditSample.UpperBound(drawn, 0) / -double.ExpM1(Math.Log(0.05) / drawn), 1e-8));

    [Fact]
    public void The_bound_grows_with_what_was_not_confirmed_and_is_never_below_the_share_found() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int[0, 2999]).Where((drawn, bad) => bad < drawn).Sample((drawn, bad) =>
        {
            var bound = AuditSample.UpperBound(drawn, bad);
            Assert.InRange(bound, (double)bad / drawn, AuditSample.UpperBound(drawn, bad + 1));
            // As the definition has it, in exact numbers for samples that these can hold.
            if (drawn <= 60) Assert.Equal(0.05, Tail(drawn, bad, bound), 1e-9);
        });

    [Fact]
    public void The_bound_of_a_large_sample_is_found_too() => Assert.Equal(0.5000981, AuditSample.UpperBound(16_000_000, 7_998_280), 1e-6);

    private static double Tail(int drawn, int bad, double share)
    {
        var sum = 0.0;
        for (var i = 0; i <= bad; i++)
        {
            var ways = BigInteger.One;
            for (var j = 1; j <= i; j++) ways = ways * (drawn - i + j) / j;
            sum += (double)ways * Math.Pow(share, i) * Math.Pow(1 - share, drawn - i);
        }
        return sum;
    }

    [Theory]
    [InlineData(1, 0, "95.0")]
    [InlineData(300, 10, "5.6")]
    [InlineData(59, 0, "5.0")]
    [InlineData(300, 0, "1.0")]
    [InlineData(100_000, 0, "0.1")]
    [InlineData(7, 7, "100.0")]
    public void The_bound_is_written_in_percent_rounded_up(int drawn, int bad, string percent) => Assert.Equal(percent, AuditSample.BoundInPercent(drawn, bad));

    [Theory]
    [InlineData("3 11 19", true)]
    [InlineData("王伟", true)]
    [InlineData("", false)]
    [InlineData(" 3", false)]
    [InlineData("3\u00a0", false)]
    [InlineData("3\n4", false)]
    [InlineData("3\u00854", false)]
    public void A_value_is_one_line_without_white_space_at_its_ends(string text, bool good) => Assert.Equal(good, AuditSample.IsValue(text));

    [Fact]
    public void A_value_has_at_most_500_bytes()
    {
        Assert.True(AuditSample.IsValue(new string('é', 250)));
        Assert.False(AuditSample.IsValue(new string('é', 250) + "e"));
    }
}
