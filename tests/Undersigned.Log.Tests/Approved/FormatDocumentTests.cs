using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Undersigned.Log;

namespace Undersigned.Log.Tests.Approved;

/// <summary>The values that docs/log.md gives as examples are computed, so that whoever writes a verifier from it can rely on them.</summary>
public class FormatDocumentTests
{
    private const string Origin = "petition.example/letters/waterways/log";
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 32).Select(b => (byte)b)];

    [Fact]
    public void The_example_key_is_the_one_derived() => Assert.Contains(LogKey.LetterKey(Bytes, Origin).VerifierKey.ToString(), Document());

    [Fact]
    public void The_example_commitment_is_the_one_of_its_record()
    {
        const string record = """{"name":"Ilse Vandermeer","location":"Ghent"}""";
        byte[] committed = [.. Encoding.UTF8.GetBytes($"undersigned/record/v1\n{Origin}\n1\n"), .. Bytes, .. Encoding.UTF8.GetBytes(record)];
        Assert.Contains(record, Document());
        Assert.Contains(Convert.ToBase64String(SHA256.HashData(committed)), Document());
    }

    private static string Document([CallerFilePath] string path = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/log.md"));
}
