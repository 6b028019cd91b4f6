using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Undersigned.Shared;

/// <summary>
/// The files of wwwroot, and those that a stranger checks a list with, carried inside the program and compressed once. An address with the file's fingerprint is kept by browsers
/// for good; a changed file has another address.
/// </summary>
public static class Assets
{
    private const string Prefix = "wwwroot/";

    private static readonly FrozenDictionary<string, Asset> Files = Read();

    /// <summary>"undersigned.css?v=1f0c…", to be put after "~/".</summary>
    public static string Path(string name) => $"{name}?v={Files[name].Fingerprint}";

    /// <summary>The same for every language of the page that names it.</summary>
    public static string Path(HttpContext http, string name) => $"{RequestTongue.Of(http)?.Root ?? http.Request.PathBase}/{Path(name)}";

    internal static void Map(WebApplication app)
    {
        foreach (var (name, asset) in Files)
            app.MapGet("/" + name, (HttpContext http) => Send(http, asset));
    }

    private static Task Send(HttpContext http, Asset asset)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = http.Request.Query["v"] == asset.Fingerprint ? "public, max-age=31536000, immutable" : "public, max-age=300";
        headers.ETag = $"\"{asset.Fingerprint}\"";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(asset.Fingerprint, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var isBrotli = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (isBrotli)
            headers.ContentEncoding = "br";
        var bytes = isBrotli ? asset.Brotli : asset.Bytes;
        http.Response.ContentType = asset.ContentType;
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, 0, bytes.Length);
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(Assets).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[Prefix.Length..].Replace('\\', '/'), n => Asset.Of(n, assembly));
    }

    private sealed record Asset(byte[] Bytes, byte[] Brotli, string Fingerprint, string ContentType)
    {
        public static Asset Of(string resource, Assembly assembly)
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize))
                brotli.Write(bytes);
            return new Asset(bytes, packed.ToArray(), Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], System.IO.Path.GetExtension(resource) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                ".md" or ".py" => "text/plain; charset=utf-8",
                _ => "application/octet-stream",
            });
        }
    }
}
