using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Undersigned.Shared;

/// <summary>
/// Public answers, ready and compressed, in memory. An answer is kept together with the version of what it was drawn from, taken before
/// drawing began, and is served only while that is still the version: a page that was slow to draw while the list grew is never served after.
/// (Evicting at the commit is not enough: the slow page would be stored after the eviction.)
/// </summary>
internal sealed class PageCache(PageVersions versions, TimeProvider time, long budget = 256L << 20)
{
    private const string Fresh = "public, max-age=0, must-revalidate";
    private static readonly string Build = typeof(PageCache).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    private readonly ConcurrentDictionary<Target, Answer> answers = new();
    private readonly ConcurrentDictionary<(Target, string), TaskCompletionSource<Answer?>> drawing = new();
    private readonly Lock trimming = new();
    private long bytes;
    private long clock;

    /// <summary>Before everything else: an answer that is ready costs no more than finding it.</summary>
    public Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        var method = http.Request.Method;
        if ((HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) && answers.TryGetValue(Target.Of(http), out var answer) && answer.Version() == answer.DrawnFrom)
        {
            SafeAnswers.Put(http.Response.Headers);
            SafeAnswers.Open(http.Response.Headers, answer.Page);
            return SendAsync(http, answer);
        }
        return next(http);
    }

    /// <summary>After routing: draws an answer once for all who ask meanwhile, and keeps it.</summary>
    public async Task KeepAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is not { } page)
        {
            await next(http);
            return;
        }
        SafeAnswers.Open(http.Response.Headers, page);
        var version = VersionOf(http, page);
        if (version() is not { } drawnFrom)
        {
            await next(http);
            return;
        }
        var target = Target.Of(http);
        var mine = new TaskCompletionSource<Answer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = drawing.GetOrAdd((target, drawnFrom), mine);
        if (first == mine)
            await DrawAsync(http, next, target, page, version, drawnFrom, mine);
        else if (await first.Task is { } drawn)
            await SendAsync(http, drawn);
        else
            await next(http);
    }

    private Func<string?> VersionOf(HttpContext http, PublicPageAttribute page)
    {
        Func<string?> published = http.Request.RouteValues["slug"] is string slug ? () => versions.OfLetter(slug) : () => versions.OfAll();
        return page.ByTheHour ? () => published() is { } version ? $"{version}@{time.GetUtcNow().ToUnixTimeSeconds() / 3600}" : null : published;
    }

    private async Task DrawAsync(HttpContext http, RequestDelegate next, Target target, PublicPageAttribute page, Func<string?> version, string drawnFrom, TaskCompletionSource<Answer?> mine)
    {
        Answer? answer = null;
        try
        {
            var body = await CaptureAsync(http, next);
            if (http.Response.StatusCode == StatusCodes.Status200OK && http.Response.Headers.CacheControl.Count == 0)
                Keep(target, answer = Answer.Of(body, http.Response.ContentType, target.IsBrotli, page, version, drawnFrom));
            else
                await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
        finally
        {
            drawing.TryRemove((target, drawnFrom), out _);
            mine.SetResult(answer);
        }
        if (answer is not null)
            await SendAsync(http, answer);
    }

    private static async Task<byte[]> CaptureAsync(HttpContext http, RequestDelegate next)
    {
        var outward = http.Response.Body;
        using var inward = new MemoryStream();
        http.Response.Body = inward;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync();
            return inward.ToArray();
        }
        finally
        {
            http.Response.Body = outward;
        }
    }

    private static Task SendAsync(HttpContext http, Answer answer)
    {
        var response = http.Response;
        response.Headers.ETag = answer.Tag;
        response.Headers.CacheControl = Fresh;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch.Count > 0 && http.Request.Headers.IfNoneMatch.ToString().Contains(answer.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = answer.ContentType;
        if (answer.IsBrotli)
            response.Headers.ContentEncoding = "br";
        response.ContentLength = answer.Body.Length;
        return response.BodyWriter.WriteAsync(answer.Body, http.RequestAborted).AsTask();
    }

    private void Keep(Target target, Answer answer)
    {
        if (answer.Body.Length > budget / 4)
            return;
        lock (trimming)
        {
            if (answers.TryGetValue(target, out var old))
                bytes -= old.Body.Length;
            answer.KeptAt = ++clock;
            answers[target] = answer;
            bytes += answer.Body.Length;
            if (bytes > budget)
                Trim();
        }
    }

    // What is out of date goes first, then what was kept longest ago, down to three quarters.
    private void Trim()
    {
        foreach (var (target, answer) in answers.OrderBy(a => a.Value.Version() == a.Value.DrawnFrom).ThenBy(a => a.Value.KeptAt))
        {
            if (bytes <= budget / 4 * 3)
                return;
            if (answers.TryRemove(target, out _))
                bytes -= answer.Body.Length;
        }
    }

    private readonly record struct Target(string Address, bool IsBrotli)
    {
        public static Target Of(HttpContext http) => new(
            http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal));
    }

    private sealed record Answer(byte[] Body, string? ContentType, bool IsBrotli, string Tag, PublicPageAttribute Page, Func<string?> Version, string DrawnFrom)
    {
        public long KeptAt { get; set; }

        public static Answer Of(byte[] body, string? contentType, bool isBrotli, PublicPageAttribute page, Func<string?> version, string drawnFrom) => new(
            isBrotli ? Pack(body) : body,
            contentType,
            isBrotli,
            // Weak: the compressed and the plain answer are the same page. A new release may draw it otherwise.
            $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Build + drawnFrom)))[..20]}\"",
            page,
            version,
            drawnFrom);

        // The whole list of a large letter is worth a second, not ten.
        private static byte[] Pack(byte[] body)
        {
            var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
            return BrotliEncoder.TryCompress(body, packed, out var length, quality: body.Length < 1 << 20 ? 9 : 5, window: 22)
                ? packed[..length]
                : throw new InvalidOperationException("The buffer was smaller than the encoder promised.");
        }
    }
}
