using System.Text.RegularExpressions;
using Undersigned.Shared;

namespace Undersigned.Tests.Guards;

/// <summary>Whoever has a page's token is its reader: no such page may be stored, indexed or named to another site.</summary>
public sealed partial class PrivatePageTests
{
    [Fact]
    public void Every_page_with_a_token_in_its_address_is_private()
    {
        var pages = Directory.EnumerateFiles(SourceTree.Of("src/Undersigned"), "*.cshtml", SearchOption.AllDirectories)
            .Select(f => Route().Match(File.ReadAllText(f)).Groups[1].Value).Where(r => r.Contains("oken", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(pages);
        Assert.All(pages, r => Assert.Contains(SafeAnswers.PrivatePaths, p => r.StartsWith(p + "/", StringComparison.Ordinal)));
    }

    [GeneratedRegex("^@page \"([^\"]+)\"")]
    private static partial Regex Route();
}
