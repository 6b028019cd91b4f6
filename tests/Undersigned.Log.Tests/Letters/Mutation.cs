using System.Text;

namespace Undersigned.Log.Tests.Letters;

/// <summary>Good inputs with a few bytes changed, removed, added or exchanged.</summary>
public static class Mutation
{
    private const int Rounds = 1_000_000;

    private static readonly string[] Tokens = ["\"", "\\", "\\u", "\\ud83d", "{", "}", "[", "]", ",", ":", "0", "-1", "1e9", "9007199254740993", "null", "true", "\n", "\t", "é", "\u0000", "=", "=="];

    /// <summary>Gives each parser inputs that were good once. The seed is fixed, so that a failure comes again.</summary>
    public static void Try(IReadOnlyList<byte[]> seeds, params Action<byte[]>[] parsers)
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
