using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;

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

    [Fact]
    public void The_example_of_a_draw_falls_on_the_lines_it_names() =>
        Assert.Contains($"a draw of 5 falls on {string.Join(", ", AuditSample.Draw(new Hash(Bytes), "3 11 19 24 37 41"u8, Enumerable.Range(1, 20).Select(number => (long)number), 5))}.", Document());

    [Fact]
    public void The_example_of_a_statement_is_one_whose_bound_is_right()
    {
        var from = Document().IndexOf("{\"kind\":\"audit\"", StringComparison.Ordinal);
        var statement = AuditText.Parse(Encoding.UTF8.GetBytes(Document()[from..(Document().IndexOf('}', from) + 1)]));
        Assert.Equal(AuditSample.BoundInPercent(statement.Drawn, statement.False + statement.Unreached), statement.Bound);
    }

    private static string Document([CallerFilePath] string path = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/log.md"));
}
