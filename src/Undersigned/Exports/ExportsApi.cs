using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Undersigned.Data;
using Undersigned.Shared;
using Undersigned.SignatoryList;

namespace Undersigned.Exports;

/// <summary>Files of exactly the public list, narrowed and dated as its pages are. They leave while they are read, and are not kept in memory.</summary>
public static class ExportsApi
{
    private static readonly string Build = typeof(ExportsApi).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    public static void MapExportsApi(this WebApplication app)
    {
        foreach (var place in new[] { "signatories", "editions/{edition:int}" })
        {
            app.MapGet($"/letters/{{slug}}/{place}.csv", Csv);
            app.MapGet($"/letters/{{slug}}/{place}.xlsx", Workbook);
            app.MapGet($"/letters/{{slug}}/{place}/all.json", Json);
            app.MapGet($"/letters/{{slug}}/{place}.jsonld", JsonLd);
        }
    }

    private static Task<IResult> Csv(string slug, HttpContext http, ListReading reading, FacetCache facets, ListExport export, CancellationToken cancellation) =>
        SendAsync(slug, http, reading, facets, "csv", "text/csv; charset=utf-8", list => export.WriteCsvAsync(list, http.Response.Body, cancellation), cancellation);

    private static Task<IResult> Workbook(string slug, HttpContext http, ListReading reading, FacetCache facets, ListExport export, CancellationToken cancellation)
    {
        // The archive ends each of its parts with some bytes that it does not wait for.
        http.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        return SendAsync(slug, http, reading, facets, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", list => export.WriteWorkbookAsync(list, http.Response.Body, cancellation), cancellation);
    }

    private static Task<IResult> Json(string slug, HttpContext http, ListReading reading, FacetCache facets, ListExport export, CancellationToken cancellation) =>
        SendAsync(slug, http, reading, facets, "json", "application/json; charset=utf-8", list => export.WriteJsonAsync(list, http.Response.BodyWriter, cancellation), cancellation);

    private static Task<IResult> JsonLd(string slug, HttpContext http, ListReading reading, FacetCache facets, ListExport export, CancellationToken cancellation) =>
        SendAsync(slug, http, reading, facets, "jsonld", "application/ld+json; charset=utf-8", list => export.WriteLinkedAsync(list, http.Response.BodyWriter, cancellation), cancellation);

    private static async Task<IResult> SendAsync(string slug, HttpContext http, ListReading reading, FacetCache facets, string ending, string type, Func<ExportedList, Task> write, CancellationToken cancellation)
    {
        var edition = http.Request.RouteValues["edition"] is string text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        if (await reading.FindAsync(slug, edition, http.Request.Query, cancellation) is not { IsTooEarly: false } list)
            return Results.NotFound();
        if (list.IsBadMoment || list.Filter.HasBadYears)
            return Results.BadRequest();
        var headers = http.Response.Headers;
        var tag = TagOf(list);
        (headers.ETag, headers.CacheControl) = (tag, "public, max-age=0, must-revalidate");
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        http.Response.ContentType = type;
        headers[HeaderNames.ContentDisposition] = $"attachment; filename=\"{FileName(list)}.{ending}\"";
        await write(new ExportedList(list, await list.NotShownAsync(facets)));
        return Results.Empty;
    }

    // What is shown of an earlier list changes with today's: who leaves today is in no file from then on.
    private static string TagOf(AskedList list) =>
        $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Build} {list.Today.CacheKey} {list.Letter.Size}")))[..20]}\"";

    // inspectors-edition-4, inspectors-2026-03-01-1202
    private static string FileName(AskedList list) => list.Edition is { } edition
        ? string.Create(CultureInfo.InvariantCulture, $"{list.Letter.Letter.Slug}-edition-{edition.Number}")
        : string.Create(CultureInfo.InvariantCulture, $"{list.Letter.Letter.Slug}-{Printed.Machine(list.Letter.At.EntryAt)[..10]}-{list.Letter.Size}");
}
