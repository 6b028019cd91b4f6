using System.Text;
using Undersigned.Log.Letters;
using Record = Undersigned.Log.Letters.Record;

namespace Undersigned.Log.Tests.Letters;

public sealed class MutationTests
{
    private const int Rounds = 60_000;

    [Fact]
    public void Whatever_an_entry_is_made_into_only_the_format_exception_is_thrown() =>
        Mutate([.. GoodLogs.All.Values.Take(12).SelectMany(log => log().Entries.Take(20))], bytes => Entry.Parse(bytes), bytes => Entry.LaterVersion(bytes));

    [Fact]
    public void Whatever_a_record_is_made_into_only_the_format_exception_is_thrown() =>
        Mutate([.. GoodLogs.All.Values.SelectMany(log => log().Openings.Values.Take(5)).Select(opening => Encoding.UTF8.GetBytes(opening.Record)).DistinctBy(Convert.ToHexString)],
            bytes => Record.Parse(bytes, false), bytes => Record.Parse(bytes, true));

    [Fact]
    public void Whatever_a_page_of_records_is_made_into_only_the_format_exception_is_thrown() =>
        Mutate([new RecordsPage(7, [new Opening(2, new byte[32], "{\"name\":\"A\\u0041\"}"), new Opening(3, new byte[32], "💧")]).Encode()], bytes => RecordsPage.Parse(0, bytes));

    [Fact]
    public void Whatever_an_origin_is_made_into_none_is_thrown() =>
        Mutate([Encoding.UTF8.GetBytes(SomeLog.Origin)], bytes => Assert.True(!Origin.TryParse(Encoding.UTF8.GetString(bytes), out var origin) || origin.Slug.Length > 0));

    private static readonly string[] Tokens = ["\"", "\\", "\\u", "\\ud83d", "{", "}", "[", "]", ",", ":", "0", "-1", "1e9", "9007199254740993", "null", "true", "\n", "\t", "é", "\u0000", "=", "=="];

    // A fixed seed: a failure comes again.
    internal static void Mutate(IReadOnlyList<byte[]> seeds, params Action<byte[]>[] parsers)
    {
        var random = new Random(20260301);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = seeds[random.Next(seeds.Count)].ToList();
            for (var times = random.Next(1, 4); times > 0; times--) MutateOnce(bytes, random, seeds);
            var input = bytes.ToArray();
            foreach (var parse in parsers)
                try
                {
                    parse(input);
                }
                catch (LogFormatException)
                {
                }
                catch (Exception e)
                {
                    Assert.Fail($"{e.GetType().Name} on {Convert.ToBase64String(input)}");
                }
        }
    }

    private static void MutateOnce(List<byte> bytes, Random random, IReadOnlyList<byte[]> seeds)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(6))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(at, random.Next(Math.Min(bytes.Count - at, 8) + 1)); break;
            case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
            case 4: bytes.RemoveRange(at, bytes.Count - at); break;
            default:
                var other = seeds[random.Next(seeds.Count)];
                bytes.InsertRange(at, other.AsSpan(random.Next(other.Length)).ToArray());
                break;
        }
    }
}
