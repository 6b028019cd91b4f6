using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Undersigned.Tests.Guards;

/// <summary>Texts that signers and readers see stand in resource files; a key without its text fails here, not on a page.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void Every_key_that_a_page_or_class_uses_has_its_text()
    {
        var missing = Folders().SelectMany(folder =>
        {
            var texts = Texts(folder);
            return Keys(folder).Where(k => !texts.Contains(k)).Select(k => $"{Path.GetFileName(folder)}: {k}");
        });
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_text_is_used()
    {
        var unused = Folders().SelectMany(folder =>
        {
            var source = string.Concat(Sources(folder).Select(File.ReadAllText));
            return Texts(folder).Where(k => !source.Contains($"\"{k}\"", StringComparison.Ordinal) && !IsComposed(source, k))
                .Select(k => $"{Path.GetFileName(folder)}: {k}");
        });
        Assert.Empty(unused);
    }

    [Fact]
    public void The_guard_sees_a_key_in_a_page() =>
        Assert.Equal(["one", "two"], Key().Matches("<p>@T[\"one\"]</p> @Html.Raw(texts[\"two\", 3].Value)").Select(m => m.Groups[1].Value));

    // A key made of a fixed beginning and a code, such as T["level-" + level].
    private static bool IsComposed(string source, string key) =>
        Enumerable.Range(1, key.Length - 1).Where(i => key[i] == '-')
            .Any(i => source.Contains($"\"{key[..(i + 1)]}\"", StringComparison.Ordinal) || source.Contains($"$\"{key[..(i + 1)]}{{", StringComparison.Ordinal));

    private static IEnumerable<string> Folders() =>
        Directory.EnumerateFiles(SourceTree.Of("src/Undersigned"), "*.resx", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => Path.GetDirectoryName(f)!).Distinct();

    private static HashSet<string> Texts(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.resx").SelectMany(f => XDocument.Load(f).Root!.Elements("data").Select(d => d.Attribute("name")!.Value))];

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal));

    private static IEnumerable<string> Keys(string folder) =>
        Sources(folder).SelectMany(f => Key().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct();

    [GeneratedRegex("\\b(?:T|H|Texts|texts|localizer)\\[\"([a-z0-9-]*[a-z0-9])\"")]
    private static partial Regex Key();
}

internal static class SourceTree
{
    /// <summary>A path of the checkout that these tests were built from.</summary>
    public static string Of(string path)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Undersigned.slnx")))
                return Path.Combine(folder, path);
        throw new DirectoryNotFoundException("The tests run from a build inside the checkout.");
    }
}
