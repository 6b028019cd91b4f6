using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Undersigned.Shared;

/// <summary>What every answer has: the headers that keep a page to itself, HEAD like GET, no body larger than a form.</summary>
internal static class SafeAnswers
{
    /// <summary>A form with everything filled; pages that take more say so with [RequestSizeLimit].</summary>
    public const int LargestForm = 64 * 1024;

    /// <summary>
    /// Below these addresses stand tokens or staff pages: not to be stored, indexed, or named to another site.
    /// </summary>
    public static readonly string[] PrivatePaths =
        ["/private", "/embargo", "/confirm", "/confirmation", "/not-me", "/report", "/signature", "/follow-up", "/attach", "/vouch", "/unsubscribe", "/setup", "/invitation", "/sign-in", "/sign-out", "/account", "/desk", PublicApi.Root + "/desk"];

    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

    // HEAD is answered as GET is; Kestrel keeps the request's own method in mind and sends no body.
    public static Task HeadAsGet(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    public static Task Headers(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        if (IsPrivate(AskedFor(http)))
        {
            Put(headers, referrers: "no-referrer");
            headers.CacheControl = "no-store";
            headers["X-Robots-Tag"] = "noindex, nofollow";
        }
        else
            Put(headers);
        return next(http);
    }

    public static void Put(IHeaderDictionary headers, string referrers = "same-origin")
    {
        headers.ContentSecurityPolicy = Policy + "'none'";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()";
        headers["Referrer-Policy"] = referrers;
    }

    /// <summary>Opened as far as the page says, and no answer else.</summary>
    public static void Open(IHeaderDictionary headers, PublicPageAttribute page)
    {
        if (page.MayBeFramed)
        {
            headers.ContentSecurityPolicy = Policy + "*";
            headers.Remove(HeaderNames.XFrameOptions);
        }
        if (page.HasFrames)
            headers.ContentSecurityPolicy = Policy + "'none'; frame-src 'self'";
        if (page.MayBeRead)
            headers.AccessControlAllowOrigin = "*";
    }

    /// <summary>Refused before it is read, so that the answer is 413 and not the form reader's 400.</summary>
    public static Task BodyLimit(HttpContext http, RequestDelegate next)
    {
        var limit = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>();
        var largest = limit is null ? LargestForm : limit.MaxRequestBodySize ?? long.MaxValue;
        var isErrorPage = http.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (!isErrorPage && http.Request.ContentLength is { } length && length > largest)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }
        return next(http);
    }

    // The error page is drawn by a second pass under its own address.
    private static PathString AskedFor(HttpContext http) =>
        http.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? http.Request.Path;

    private static bool IsPrivate(PathString path)
    {
        foreach (var p in PrivatePaths)
            if (path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
