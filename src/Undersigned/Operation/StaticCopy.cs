using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Undersigned.Shared;
using Undersigned.Verifier;

namespace Undersigned.Operation;

/// <summary>What was made.</summary>
/// <param name="Files">How many files there are.</param>
/// <param name="Sentence">The verifier's sentence about the copy.</param>
internal sealed record MadeCopy(int Files, string Sentence);

/// <summary>
/// A copy of a public letter as plain files. Pages are followed link by link; of the record it keeps what the verifier asks for while it
/// checks the letter, and then the verifier checks the copy alone, by the clock of a day later, before it takes the place of an earlier one.
/// </summary>
internal sealed class StaticCopy(HttpClient http, Uri letter, Uri shown, string folder, TextWriter progress)
{
    private const int Attempts = 3;
    private const int AtOnce = 4;
    private const int MostFiles = 5_000_000;

    private readonly CopiedSite site = new(letter, shown);
    private readonly ConcurrentBag<string> missing = [];
    private string staging = "";

    /// <summary>Null where there is nothing to copy, or the copy does not hold; why was said.</summary>
    public async Task<MadeCopy?> MakeAsync(CancellationToken cancellation)
    {
        var target = CopyFolder.Open(folder);
        for (var attempt = 1; ; attempt++)
        {
            staging = target.NewStaging();
            missing.Clear();
            try
            {
                await CopyPagesAsync(cancellation);
                LeadToTheOriginal();
                if (await CopyRecordAsync(cancellation) is { } sentence)
                {
                    WriteFront(sentence);
                    var files = target.Replace(staging);
                    foreach (var path in missing.Order(StringComparer.Ordinal))
                        await progress.WriteLineAsync($"{path} is linked and did not answer; links to it lead to the original.");
                    return new(files, sentence);
                }
            }
            finally
            {
                CopyFolder.Drop(staging);
            }
            // The letter went on while it was copied; its pages and its record have to be of one moment.
            if (attempt == Attempts)
                return null;
            await progress.WriteLineAsync("The letter changed meanwhile; once more.");
        }
    }

    private async Task CopyPagesAsync(CancellationToken cancellation)
    {
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var wave = site.Beginning.Where(path => seen.TryAdd(path, true)).ToList();
        var done = 0;
        while (wave.Count > 0)
        {
            var found = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(wave, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (path, cancel) =>
            {
                foreach (var next in await CopyAsync(path, cancel))
                    if (seen.TryAdd(next, true))
                        found.Add(next);
                if (Interlocked.Increment(ref done) % 1000 == 0)
                    await progress.WriteLineAsync($"{Printed.Number(done)} pages …");
            });
            if (seen.Count > MostFiles)
                throw new InvalidDataException("There are more pages than a letter has. The copy was given up.");
            wave = [.. found.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>A PDF that is not made yet, say: what the copy does not have is looked for where it may be.</summary>
    private void LeadToTheOriginal()
    {
        if (missing.IsEmpty)
            return;
        foreach (var file in Directory.EnumerateFiles(staging, "*.html", SearchOption.AllDirectories))
        {
            var at = "/" + Path.GetRelativePath(staging, file).Replace('\\', '/');
            var (page, links) = (File.ReadAllText(file), missing.Select(path => (Link: CopiedPage.Relative(at, "/" + site.Below(site.FileAt(site.AddressOf(path)))), To: site.OriginalOf(site.AddressOf(path)))));
            var led = links.Aggregate(page, (text, link) => text.Replace($"\"{link.Link}\"", $"\"{link.To.AbsoluteUri}\"", StringComparison.Ordinal));
            if (led != page)
                File.WriteAllText(file, led);
        }
    }

    /// <summary>Copies what is at a path of the site, and says which paths it leads to.</summary>
    private async Task<IReadOnlyList<string>> CopyAsync(string path, CancellationToken cancellation)
    {
        using var answer = await GetAsync(site.AddressOf(path), cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            if (path == site.LetterPath)
                throw new InvalidDataException($"{site.AddressOf(path)} answered {(int)answer.StatusCode}. There is no public letter at that address.");
            if (!site.Beginning.Contains(path))
                missing.Add(path);
            return [];
        }
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        switch (answer.Content.Headers.ContentType?.MediaType)
        {
            case "text/html":
                var page = new CopiedPage(site, path, bytes);
                foreach (var at in site.PlacesOf(path))
                    Write(at, page.Rewritten(at));
                return page.Leads;
            case "application/json":
                Write(path, await WholeAsync(path, bytes, cancellation));
                return [];
            default:
                Write(path, bytes);
                return [];
        }
    }

    /// <summary>A list that comes in pages, as one: files have no query.</summary>
    private async Task<byte[]> WholeAsync(string path, byte[] bytes, CancellationToken cancellation)
    {
        if (JsonNode.Parse(bytes) is not JsonObject whole || whole["next"] is null)
            return bytes;
        var (lines, size) = (whole["signatories"]!.AsArray(), (long)whole["treeSize"]!);
        var next = (string?)whole["next"];
        while (next is not null)
        {
            using var answer = await GetAsync(new Uri(site.AddressOf(path), next), cancellation);
            if (answer.StatusCode != HttpStatusCode.OK || JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation)) is not JsonObject page)
                throw new InvalidDataException($"{next} answered {(int)answer.StatusCode} and not the next page of the list.");
            // The verifier finds it out; the copy begins anew.
            if ((long)page["treeSize"]! != size)
                return bytes;
            foreach (var line in page["signatories"]!.AsArray())
                lines.Add(line!.DeepClone());
            next = (string?)page["next"];
        }
        whole.Remove("next");
        whole["complete"] = true;
        return System.Text.Encoding.UTF8.GetBytes(whole.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    /// <summary>The verifier's sentence, where letter and copy both hold; null where they do not, and why was said.</summary>
    private async Task<string?> CopyRecordAsync(CancellationToken cancellation)
    {
        using var keeping = new HttpMessageInvoker(new Keeper(this, online: true));
        using var alone = new HttpMessageInvoker(new Keeper(this, online: false));
        foreach (var size in CitedSizes())
            (await keeping.SendAsync(new(HttpMethod.Get, site.AddressOf($"{site.LetterPath}/log/checkpoints/{size}")), cancellation)).Dispose();
        foreach (var (connection, time) in new[] { (keeping, TimeProvider.System), (alone, new DayLater()) })
        {
            var said = new StringWriter(CultureInfo.InvariantCulture);
            var troubles = new StringWriter(CultureInfo.InvariantCulture);
            if (await Verify.ListAsync(letter, connection, said, troubles, time, cancellation) == 0)
            {
                if (connection == alone)
                    return said.ToString().Trim();
                continue;
            }
            await progress.WriteAsync($"{said}{troubles}");
            return null;
        }
        return null;
    }

    /// <summary>The letter as it is and its editions are cited by size and fingerprint, so the checkpoints of those sizes belong to the copy.</summary>
    private IEnumerable<long> CitedSizes()
    {
        var (now, editions) = (ReadJson(site.LetterPath + ".json")?["treeSize"], ReadJson(site.EditionsPath)?["editions"] as JsonArray);
        return (editions ?? []).Select(e => e?["treeSize"]).Append(now).OfType<JsonValue>().Select(size => (long)size).Distinct();
    }

    private JsonObject? ReadJson(string path) => File.Exists(FileOf(path)) ? JsonNode.Parse(File.ReadAllBytes(FileOf(path))) as JsonObject : null;

    private async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await http.GetAsync(address, cancellation);
                if (attempt == Attempts || answer.StatusCode != HttpStatusCode.TooManyRequests && (int)answer.StatusCode < 500)
                    return answer;
                answer.Dispose();
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
            }
            catch (HttpRequestException e)
            {
                throw new IOException($"{address} cannot be reached: {e.Message}");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new IOException($"{address} did not answer in time.");
            }
            await Task.Delay(TimeSpan.FromSeconds(attempt), cancellation);
        }
    }

    private void WriteFront(string sentence)
    {
        var files = Directory.EnumerateFiles(staging, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(staging, file).Replace('\\', '/'));
        var letterFolder = site.Below(site.LetterPath);
        Write("/index.html", CopiedPage.Front(site, (string?)ReadJson(site.LetterPath + ".json")?["language"], sentence, files.Where(f => f.StartsWith(letterFolder, StringComparison.Ordinal) && !f.EndsWith(".html", StringComparison.Ordinal) && !f.StartsWith(letterFolder + "/log/", StringComparison.Ordinal))));
        Write("/" + CopyFolder.Mark, System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["of"] = shown.AbsoluteUri, ["made"] = Printed.Machine(site.Made), ["sentence"] = sentence }.ToJsonString()));
    }

    private void Write(string path, byte[] bytes)
    {
        var file = FileOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    private string FileOf(string path)
    {
        var file = Path.GetFullPath(Path.Combine(staging, site.Below(path)));
        return file.StartsWith(staging + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? file : throw new InvalidDataException($"{path} leads out of the copy’s folder. The copy was given up.");
    }

    /// <summary>Answers the verifier: pages from the copy, the record from the letter, which is kept; or all from the copy.</summary>
    private sealed class Keeper(StaticCopy copy, bool online) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (!online || !copy.site.IsRecord(path))
                return FromCopy(path);
            var answer = await copy.GetAsync(request.RequestUri, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK)
                return answer;
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            copy.Write(path, bytes);
            return answer;
        }

        private HttpResponseMessage FromCopy(string path)
        {
            var file = new[] { path, path + "/index.html" }.Select(copy.FileOf).FirstOrDefault(File.Exists);
            return file is null ? new(HttpStatusCode.NotFound) : new(HttpStatusCode.OK) { Content = new ByteArrayContent(File.ReadAllBytes(file)) };
        }
    }

    /// <summary>An answer that may be some minutes behind today must not be so for good in a copy.</summary>
    private sealed class DayLater : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(1);
    }
}
