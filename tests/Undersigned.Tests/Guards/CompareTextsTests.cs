using System.Diagnostics;

namespace Undersigned.Tests.Guards;

/// <summary>The build's own guard: a text that is missing in a language, has another place to fill, is empty or is of no text, builds nothing.</summary>
public sealed class CompareTextsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-texts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_missing_an_empty_a_foreign_and_a_differing_text_are_named_with_file_and_key()
    {
        Write("PageTexts.resx", ("h", "All {0} of {1}"), ("sign", "Sign"), ("lead", "Read it"));
        foreach (var language in new[] { "fr", "de" })
            Write($"PageTexts.{language}.resx", ("h", "{1}, {0}"), ("sign", "x"), ("lead", "x"));
        Write("PageTexts.es.resx", ("h", "Los {0}"), ("sign", " "), ("more", "Más"), ("lead", "{0"));
        var (status, said) = await BuildAsync();
        Assert.NotEqual(0, status);
        foreach (var fault in new[]
        {
            "PageTexts.es.resx(4): Texts error : The text 'h' must fill the same places as in English: All {0} of {1}", "The text 'sign' is empty.", "The text 'more' is no text of PageTexts.resx.",
            "The text 'lead' has a brace that belongs to no place to fill.", "There is no PageTexts.ar.resx",
        })
            Assert.Contains(fault, said, StringComparison.Ordinal);
        Assert.DoesNotContain("PageTexts.fr.resx", said, StringComparison.Ordinal);

        Write("PageTexts.ar.resx", ("h", "{0} {1}"), ("sign", "x"));
        (_, said) = await BuildAsync();
        Assert.Contains("The text 'lead' is missing. In English: Read it", said, StringComparison.Ordinal);

        foreach (var language in new[] { "es", "ar" })
            Write($"PageTexts.{language}.resx", ("h", "{1}, {0}"), ("sign", "x"), ("lead", "x"));
        (status, said) = await BuildAsync();
        Assert.True(status == 0, said);
    }

    private void Write(string file, params (string Key, string Text)[] texts) => File.WriteAllText(
        Path.Combine(folder, file), "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<root>\n  <!-- -->\n" + string.Concat(texts.Select(t => $"  <data name=\"{t.Key}\"><value>{t.Text}</value></data>\n")) + "</root>\n");

    private async Task<(int Status, string Said)> BuildAsync()
    {
        var project = Path.Combine(folder, "texts.proj");
        await File.WriteAllTextAsync(project, $"<Project><PropertyGroup><IntermediateOutputPath>{folder}/obj/</IntermediateOutputPath></PropertyGroup><Import Project=\"{SourceTree.Of("build/Texts.targets")}\" /></Project>", TestContext.Current.CancellationToken);
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", project, "-t:CompareTexts", "-nologo", "-nodeReuse:false"]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" } })!;
        var said = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (build.ExitCode, said);
    }
}
