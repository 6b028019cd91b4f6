using System.Runtime.CompilerServices;
using System.Text;
using Undersigned.Log.Tests.Letters;

namespace Undersigned.Log.Tests.Approved;

/// <summary>
/// A whole log as it is served, byte for byte: whoever changes how an entry, a tile, a checkpoint or a record is written sees here what
/// every verifier out there would see.
/// </summary>
public sealed class LogBytesTests
{
    [Fact]
    public void The_bytes_of_a_fixed_log_are_the_approved_ones()
    {
        var actual = Written(GoodLogs.All["every act on a public signatory"]().Files());
        var approved = Path.Combine(Folder(), "every-act.approved.txt");
        if (File.Exists(approved) && File.ReadAllText(approved) == actual) return;
        var received = Path.ChangeExtension(approved, null)[..^".approved".Length] + ".received.txt";
        File.WriteAllText(received, actual);
        Assert.Fail($"The log differs from {approved}; see {received}.");
    }

    // Tiles and bundles are bytes and stand in hex, everything else is text.
    private static string Written(Dictionary<string, byte[]> files) => string.Concat(files.OrderBy(f => f.Key, StringComparer.Ordinal)
        .Select(f => $"== {f.Key}\n{(f.Key.StartsWith("tile/", StringComparison.Ordinal) ? Convert.ToHexStringLower(f.Value) : Encoding.UTF8.GetString(f.Value)).TrimEnd()}\n"));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
