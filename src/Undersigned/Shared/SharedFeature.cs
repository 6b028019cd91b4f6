namespace Undersigned.Shared;

/// <summary>Layout, partials, stylesheet, response headers.</summary>
public static class SharedFeature
{
    public static void AddShared(this WebApplicationBuilder builder)
    {
    }

    public static void MapShared(this WebApplication app)
    {
    }
}
