namespace Undersigned.Glance;

/// <summary>Forty lines a screen, odd ones ticked.</summary>
public static class GlanceFeature
{
    public static void AddGlance(this WebApplicationBuilder builder) => builder.Services.AddScoped<Lending>();

    public static void MapGlance(this WebApplication app)
    {
        // The page maps itself: /desk/letters/{letterId}/glance, with /loan, /decision and /undo for its forms.
    }
}
