namespace Undersigned.Glance;

/// <summary>Forty lines a screen, odd ones ticked.</summary>
public static class GlanceFeature
{
    public static void AddGlance(this WebApplicationBuilder builder)
    {
    }

    public static void MapGlance(this WebApplication app)
    {
    }
}
