namespace Undersigned.PasteIn;

/// <summary>Names as people send them, one a line, into signatures.</summary>
public static class PasteInFeature
{
    public static void AddPasteIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PasteCheck>();
        builder.Services.AddScoped<Taking>();
    }

    public static void MapPasteIn(this WebApplication app)
    {
        // The page maps itself: /desk/letters/{letterId}/paste-in.
    }
}
