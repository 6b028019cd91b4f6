using System.Runtime.CompilerServices;
using PublicApiGenerator;
using Undersigned.Linkage;

namespace Undersigned.Linkage.Tests.Approved;

public class PublicApiTests
{
    /// <summary>Where it differs, what there is now is written beside the approved file: compare the two, and rename it if the change is meant.</summary>
    [Theory]
    [InlineData("Undersigned.Linkage")]
    public void The_public_API_is_the_approved_one(string space)
    {
        var options = new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = ["System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute"],
            IncludeTypes = [.. typeof(LinkageIndex).Assembly.GetExportedTypes().Where(type => type.Namespace == space)],
        };
        var actual = typeof(LinkageIndex).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = Path.Combine(Folder(), $"{space}.approved.txt");
        if (File.Exists(approved) && File.ReadAllText(approved) == actual) return;
        var received = Path.Combine(Folder(), $"{space}.received.txt");
        File.WriteAllText(received, actual);
        Assert.Fail($"The public API differs from {approved}; see {received}.");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
