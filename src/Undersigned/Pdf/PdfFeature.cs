namespace Undersigned.Pdf;

/// <summary>Letter and names as a PDF: of each edition, and under embargo for the outlets that the desk names.</summary>
public static class PdfFeature
{
    public static void AddPdf(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChromiumPrint>();
        builder.Services.AddScoped<PrintPage>();
        builder.Services.AddScoped<PrintedLetters>();
        builder.Services.AddScoped<PdfMaking>();
        builder.Services.AddScoped<EmbargoCopies>();
        builder.Services.AddSingleton<PdfLoop>();
        builder.Services.AddHostedService(s => s.GetRequiredService<PdfLoop>());
    }

    public static void MapPdf(this WebApplication app) => app.MapPdfApi();
}
