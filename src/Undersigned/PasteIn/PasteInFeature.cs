namespace Undersigned.PasteIn;

/// <summary>Names as people send them, lines or whole sheets, into signatures.</summary>
public static class PasteInFeature
{
    public static void AddPasteIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PasteCheck>();
        builder.Services.AddScoped<Taking>();
        builder.Services.AddScoped<Imports>();
        builder.Services.AddHostedService<ImportWork>();
    }

    public static void MapPasteIn(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/paste-in, …/import and …/import/{importId}.
    }
}
