using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Undersigned.Operation;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Verifier;

namespace Undersigned.Tests.Operation;

public sealed partial class MirrorTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-mirror-").FullName;
    private EditionStory story = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private string Address => $"{story.Letter.App.Url}{story.Path}";
    private string Copy => Path.Combine(folder, "copy");

    public async ValueTask InitializeAsync()
    {
        story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        await editor.PressAsync(await editor.OpenAsync(story.Desk), "Publish edition 1");
        await story.GoOnAsync();
        await editor.PressAsync(await editor.OpenAsync(story.Desk), "Publish edition 2: +1, 2 withdrawn, 1 corrected");
        await story.Letter.SequenceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await story.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_copy_on_another_web_server_verifies_by_itself_and_says_that_it_is_one()
    {
        var (status, output, error) = await RunAsync("mirror", Address, Copy);
        Assert.True(status == 0, output + error);
        Assert.StartsWith("As last changed at ", output, StringComparison.Ordinal);
        Assert.Empty(error);
        var list = (await story.JsonAsync("signatories.json")).GetProperty("signatories");
        var (names, somebody) = (list.GetArrayLength(), list[0].GetProperty("signatory").GetInt32());
        await using var nginx = await Nginx.ServeAsync(Copy, Path.Combine(folder, "nginx"));
        using var said = new StringWriter();
        Assert.True(await Verify.RunAsync(["list", nginx.Url + story.Path, "--thorough"], said, said) == 0, said.ToString());
        Assert.Contains($"{names} names are listed", said.ToString(), StringComparison.Ordinal);
        using var visitor = new HttpClient();
        foreach (var page in new[] { "", "/signatories", $"/signatories/{somebody}", "/editions", "/editions/1", "/editions/2/changes", "/verify" })
        {
            var html = await visitor.GetStringAsync(new Uri($"{nginx.Url}{story.Path}{page}"), Ct);
            Assert.Contains("<b>Copy</b> of <a href=\"http", html, StringComparison.Ordinal);
            Assert.Contains($"<link rel=\"canonical\" href=\"{Address}", html, StringComparison.Ordinal);
            Assert.DoesNotMatch("<form|<script|<iframe", html);
        }
        foreach (var file in new[] { "verify_list.py", "signatory-log.md" })
            Assert.Contains($"/{file}\"", await visitor.GetStringAsync(new Uri($"{nginx.Url}{story.Path}/verify"), Ct), StringComparison.Ordinal);
        Assert.StartsWith("#!/usr/bin/env python3", await visitor.GetStringAsync(new Uri($"{nginx.Url}/verify_list.py"), Ct), StringComparison.Ordinal);
        var edition = JsonDocument.Parse(await visitor.GetStringAsync(new Uri($"{nginx.Url}{story.Path}/editions/1.json"), Ct)).RootElement;
        Assert.StartsWith(edition.GetProperty("root").GetString()!, Convert.ToHexStringLower(Convert.FromBase64String(
            (await visitor.GetStringAsync(new Uri($"{nginx.Url}{story.Path}/log/checkpoints/{edition.GetProperty("treeSize")}"), Ct)).Split('\n')[2])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_leads_to_a_file_of_the_copy_or_to_the_original()
    {
        Assert.Equal(0, (await RunAsync("mirror", Address, Copy)).Status);
        var pages = Directory.EnumerateFiles(Copy, "*.html", SearchOption.AllDirectories).ToList();
        Assert.True(pages.Count > 10);
        foreach (var page in pages)
            foreach (Match link in Links().Matches(await File.ReadAllTextAsync(page, Ct)))
            {
                var to = WebUtility.HtmlDecode(link.Groups[1].Value);
                if (to.StartsWith('#') || to.StartsWith(story.Letter.App.Url.AbsoluteUri, StringComparison.Ordinal) || to.StartsWith("mailto:", StringComparison.Ordinal))
                    continue;
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(to.Split('#')[0]))), $"{page}: {to}");
            }
        Assert.Contains($"{Address}/sign\"", await File.ReadAllTextAsync(Path.Combine(Copy, story.Path, "index.html"), Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ar", "rtl", "نسخة", "لا يمكن التوقيع هنا")]
    [InlineData("de-AT", "ltr", "Kopie", "Hier kann nichts unterzeichnet werden")]
    [InlineData("pt-BR", "ltr", "Copy", "Nothing can be signed here")]
    public void A_copy_says_that_it_is_one_in_the_language_of_its_letter(string language, string direction, string copy, string says)
    {
        var tongue = Undersigned.Model.Tongue.Of(language);
        var site = new CopiedSite(new Uri("https://letters.example/letters/weirs"), new Uri("https://letters.example/letters/weirs"));
        var page = new CopiedPage(site, "/letters/weirs", System.Text.Encoding.UTF8.GetBytes($"<!doctype html><html lang=\"{tongue}\" dir=\"{direction}\"><head><title>x</title></head><body><a class=\"skip\" href=\"#main\">x</a></body></html>"));
        foreach (var html in new[] { page.Rewritten("/letters/weirs/index.html"), CopiedPage.Front(site, language, "As last changed", ["letters/weirs.json"]) }.Select(System.Text.Encoding.UTF8.GetString))
        {
            Assert.Contains($"<b>{copy}</b> ", html, StringComparison.Ordinal);
            Assert.Contains(says, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
            Assert.Contains($"lang=\"{tongue}\" dir=\"{direction}\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_later_copy_takes_the_place_of_the_earlier_and_a_list_in_pages_becomes_one()
    {
        Assert.Equal(0, (await RunAsync("mirror", Address, Copy)).Status);
        var first = await File.ReadAllTextAsync(Path.Combine(Copy, "copy.json"), Ct);
        for (var i = 0; i < 600; i++)
            await story.Letter.AdmitAsync($"Nummer {Words[i / 26 % 26]}{Words[i % 26]} Folgende");
        await story.Letter.SequenceAsync();
        Assert.True((await story.JsonAsync("signatories.json")).TryGetProperty("next", out _));

        var (status, output, error) = await RunAsync("mirror", Address, Copy);
        Assert.True(status == 0, output + error);
        Assert.NotEqual(first, await File.ReadAllTextAsync(Path.Combine(Copy, "copy.json"), Ct));
        var list = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Copy, story.Path, "signatories.json"), Ct)).RootElement;
        Assert.Equal(list.GetProperty("standing").GetInt32(), list.GetProperty("signatories").GetArrayLength());
        Assert.True(list.GetProperty("complete").GetBoolean());
        Assert.Equal([Copy], Directory.EnumerateDirectories(folder));
    }

    [Fact]
    public async Task What_is_no_copy_is_never_written_over_and_what_is_no_public_letter_is_not_copied()
    {
        Directory.CreateDirectory(Copy);
        await File.WriteAllTextAsync(Path.Combine(Copy, "thesis.txt"), "three years", Ct);
        var (status, _, error) = await RunAsync("mirror", Address, Copy);
        Assert.Equal((2, $"{Copy} holds something that is no copy of a letter. Give a new folder."), (status, error.Trim()));
        Assert.Equal("three years", await File.ReadAllTextAsync(Path.Combine(Copy, "thesis.txt"), Ct));

        var elsewhere = Path.Combine(folder, "elsewhere");
        (status, _, error) = await RunAsync("mirror", $"{story.Letter.App.Url}letters/unheard-of", elsewhere);
        Assert.Equal((1, true), (status, error.Contains("There is no public letter at that address.", StringComparison.Ordinal)));
        (status, _, error) = await RunAsync("mirror", "waterways", elsewhere);
        Assert.Equal((2, true), (status, error.Contains("It looks like this: https://", StringComparison.Ordinal)));
        (status, _, error) = await RunAsync("mirror", "http://127.0.0.1:9/letters/waterways", elsewhere);
        Assert.Equal((1, true), (status, error.Contains("cannot be reached", StringComparison.Ordinal)));
        Assert.Equal([Copy], Directory.EnumerateDirectories(folder));
    }

    [Fact]
    public async Task A_list_that_does_not_hold_is_not_kept_as_a_copy()
    {
        Assert.Equal(0, (await RunAsync("mirror", Address, Copy)).Status);
        var before = await File.ReadAllTextAsync(Path.Combine(Copy, "copy.json"), Ct);
        await story.Letter.App.QueryAsync(db => db.Lines.Where(l => l.EndIndex == null).ExecuteUpdateAsync(l => l.SetProperty(x => x.Record, x => x.Record.Replace("Ilustre", "Forged")), Ct));
        await story.Letter.App.RestartAsync();

        var (status, output, error) = await RunAsync("mirror", Address, Copy);

        Assert.Equal(1, status);
        Assert.Contains("FAIL ", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(Copy, "copy.json"), Ct));
    }

    [Fact]
    public async Task Beside_the_instance_it_is_made_by_the_slug_and_names_the_public_address()
    {
        var here = story.Letter.App.Url;
        var (status, output, error) = await RunAsync("export", "--static", story.Letter.Slug, Copy, "--data", folder, "--url", "https://letters.example/", "--listen", here.Host, "--port", $"{here.Port}");
        Assert.True(status == 0, output + error);
        var page = await File.ReadAllTextAsync(Path.Combine(Copy, story.Path, "index.html"), Ct);
        Assert.Contains($"<b>Copy</b> of <a href=\"https://letters.example/{story.Path}\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", page, StringComparison.Ordinal);
    }

    private static readonly string[] Words = [.. "abcdefghijklmnopqrstuvwxyz".Select(c => c + "o")];

    private static async Task<(int Status, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandLine.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Links();

    /// <summary>A web server that knows nothing of us.</summary>
    private sealed class Nginx(Process process, string url) : IAsyncDisposable
    {
        public string Url => url;

        public static async Task<Nginx> ServeAsync(string root, string work)
        {
            Directory.CreateDirectory(work);
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            await File.WriteAllTextAsync(Path.Combine(work, "nginx.conf"), $$"""
                {{(Environment.UserName == "root" ? "user root;" : "")}} daemon off; pid {{work}}/pid; error_log {{work}}/error.log; events { }
                http {
                    access_log off; include /etc/nginx/mime.types;
                    client_body_temp_path {{work}}; proxy_temp_path {{work}}; fastcgi_temp_path {{work}}; uwsgi_temp_path {{work}}; scgi_temp_path {{work}};
                    server { listen 127.0.0.1:{{port}}; root {{root}}; }
                }
                """, Ct);
            var nginx = new Nginx(Process.Start("/usr/sbin/nginx", ["-c", Path.Combine(work, "nginx.conf"), "-p", work, "-e", Path.Combine(work, "error.log")]), $"http://127.0.0.1:{port}/");
            using var client = new HttpClient();
            for (var i = 0; ; i++)
            {
                try
                {
                    (await client.GetAsync(new Uri(nginx.Url), Ct)).EnsureSuccessStatusCode();
                    return nginx;
                }
                catch (HttpRequestException) when (i < 100)
                {
                    await Task.Delay(50, Ct);
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }
}
