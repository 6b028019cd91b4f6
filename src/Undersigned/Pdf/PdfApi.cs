using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Pdf;

/// <summary>The bytes: of an edition for everybody, of an outlet's copy behind its link. What is not made leads to the page that says how far it is.</summary>
public static class PdfApi
{
    public static void MapPdfApi(this WebApplication app)
    {
        app.MapGet("/letters/{slug}/editions/{edition:int}.pdf", Edition);
        app.MapGet("/letters/{slug}/delivered/{sha256}.pdf", Delivered);
        app.MapGet("/embargo/{token}/letter.pdf", Copy);
    }

    private static async Task<IResult> Edition(string slug, HttpContext http, PrintedLetters letters, UndersignedDb db, CancellationToken cancellation)
    {
        var number = int.Parse((string)http.Request.RouteValues["edition"]!, CultureInfo.InvariantCulture);
        if (await letters.FindAsync(slug, number, cancellation) is not { } found)
            return Results.NotFound();
        var mark = await db.ShownMarkAsync(found.Then, cancellation);
        var made = await db.Pdfs.AsNoTracking().Where(p => p.LetterId == found.Today.Letter.Id && p.Edition == number && p.State == PdfState.Made && p.Mark == mark).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellation);
        if (made is null)
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.Redirect($"{http.Request.PathBase}/letters/{slug}/editions/{number}/pdf");
        }
        http.Response.Headers.CacheControl = "public, max-age=0, must-revalidate";
        return await SendAsync(http, db, made, $"{slug}-edition-{number}.pdf", cancellation);
    }

    // The very bytes that a delivery's record names, and never another file in their place.
    private static async Task<IResult> Delivered(string slug, string sha256, HttpContext http, PublishedLetters letters, PastLists past, UndersignedDb db, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || letter.Posts.FirstOrDefault(p => p.Words.Delivery?.Sha256 == sha256) is not { Words.Delivery: { } delivery })
            return Results.NotFound();
        if (await db.DeliveredFileAsync(past, letter, delivery, cancellation) is not { } file)
            return Results.StatusCode(StatusCodes.Status410Gone);
        http.Response.Headers.CacheControl = "public, max-age=0, must-revalidate";
        return await SendAsync(http, db, file, $"{slug}-edition-{file.Edition}.pdf", cancellation);
    }

    private static async Task<IResult> Copy(string token, HttpContext http, EmbargoCopies copies, UndersignedDb db, CancellationToken cancellation)
    {
        if (await copies.FindAsync(token, cancellation) is not { IsOpen: true } found)
            return Results.NotFound();
        return await copies.NewestAsync(found, cancellation) is { } newest && newest.Mark == await copies.MarkAsync(found, cancellation)
            ? await SendAsync(http, db, newest, $"{found.Letter.Slug}-embargo-{Printed.Machine(newest.AsOf!.Value).Replace(":", "", StringComparison.Ordinal)}.pdf", cancellation)
            : Results.Redirect($"{http.Request.PathBase}/embargo/{token}");
    }

    private static async Task<IResult> SendAsync(HttpContext http, UndersignedDb db, LetterPdf pdf, string name, CancellationToken cancellation)
    {
        var tag = $"\"{Convert.ToHexStringLower(pdf.Sha256!)}\"";
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        http.Response.ContentType = "application/pdf";
        http.Response.ContentLength = pdf.Length;
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{name}\"";
        await db.SendAsync(pdf, http.Response.Body, cancellation);
        return Results.Empty;
    }
}
