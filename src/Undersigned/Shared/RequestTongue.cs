using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>
/// The language of each letter by its slug, null for one that is not public; and of all letters, null where they differ. Whether the
/// interface speaks it is <see cref="Tongue"/>'s to say.
/// </summary>
public sealed record LetterTongues(Func<string, string?> OfLetter, Func<string?> OfAll);

/// <summary>
/// What a request's address says of its language. <c>/es/letters/weirs</c> is the page <c>/letters/weirs</c> in Spanish: the first part is moved into
/// the path's base, so that links of the page that begin with ~/ carry the language on. An address without it speaks the letter's
/// language, where we do, else English. No cookie, no Accept-Language: one address is one answer, and can be kept and cited.
/// </summary>
/// <param name="Root">The path's base without a language.</param>
/// <param name="Path">What follows, without the language.</param>
/// <param name="Default">What the address speaks without a language.</param>
/// <param name="HasPrefix">The address names a language.</param>
public sealed record RequestTongue(PathString Root, PathString Path, string Default, bool HasPrefix)
{
    // What staff and programs read is English; the demo's pages too.
    private static readonly string[] EnglishAlone = [PublicApi.Root, "/desk", "/demo", "/setup", "/invitation", "/sign-in", "/sign-out", "/account"];

    /// <summary>The same page can be asked for in another language: it is read by GET, and is there.</summary>
    public bool HasOthers { get; private set; }

    public static RequestTongue? Of(HttpContext http) => http.Features.Get<RequestTongue>();

    public static bool IsSpoken(PathString path) => !EnglishAlone.Any(p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));

    /// <summary>The path of this page in a language, from the site's root.</summary>
    public string In(string tongue) => (tongue == Default ? "" : "/" + tongue) + Path.ToUriComponent();

    /// <summary>What a way begins with that leads from a page of a letter to one that names none in its address, in the same language: "~" or "~/es".</summary>
    public static string Carry(HttpContext http) => Of(http) is { HasPrefix: false } && Tongue.Current != Tongue.English ? "~/" + Tongue.Current : "~";

    /// <summary>Sets what the request speaks, before anything is drawn.</summary>
    internal sealed class Chosen(LetterTongues letters)
    {
        public async Task SpeakAsync(HttpContext http, RequestDelegate next)
        {
            var (root, path) = (http.Request.PathBase, http.Request.Path);
            var prefix = Tongue.All.FirstOrDefault(t => path.StartsWithSegments("/" + t, StringComparison.Ordinal));
            if (prefix is not null)
            {
                path.StartsWithSegments("/" + prefix, StringComparison.Ordinal, out var rest);
                path = rest.HasValue ? rest : "/";
                (http.Request.PathBase, http.Request.Path) = (root.Add("/" + prefix), path);
            }
            var tongue = new RequestTongue(root, path.Value is { Length: > 1 } v && v.EndsWith('/') ? v[..^1] : path, DefaultOf(path), prefix is not null);
            http.Features.Set(tongue);
            CultureInfo.CurrentUICulture = Tongue.CultureOf(prefix ?? tongue.Default);
            await next(http);
        }

        private string DefaultOf(PathString path)
        {
            if (path == "/")
                return Tongue.Of(letters.OfAll());
            return path.StartsWithSegments("/letters", StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue
                ? Tongue.Of(letters.OfLetter(rest.Value!.Split('/')[1]))
                : Tongue.English;
        }
    }

    /// <summary>
    /// After routing: only pages speak. The log, the API, exports, the feed, pictures and the desk are the same for everybody, and each has
    /// one address, to which one with a language leads.
    /// </summary>
    internal static Task OneAddressAsync(HttpContext http, RequestDelegate next)
    {
        if (Of(http) is not { } tongue || http.GetEndpoint() is not { } endpoint)
            return next(http);
        var isPage = endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null && IsSpoken(tongue.Path);
        var isError = http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerPathFeature>() is not null;
        if (tongue.HasPrefix && !isPage && !isError)
        {
            // 308: the same method, and for good.
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.Location = (tongue.Root + tongue.Path).ToUriComponent() + http.Request.QueryString.ToUriComponent();
            return Task.CompletedTask;
        }
        tongue.HasOthers = isPage && !isError && HttpMethods.IsGet(http.Request.Method);
        return next(http);
    }
}
