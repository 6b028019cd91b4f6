namespace Undersigned.Exports;

/// <summary>The public list as files, of now and of each edition: CSV, a workbook, JSON in one piece, schema.org.</summary>
public static class ExportsFeature
{
    public static void AddExports(this WebApplicationBuilder builder) => builder.Services.AddScoped<ListExport>();

    public static void MapExports(this WebApplication app)
    {
        app.MapExportsApi();
        app.MapFilesApi();
    }
}
