namespace Undersigned.Transparency;

/// <summary>The sequencer, the log's addresses, the page that says how to check.</summary>
public static class TransparencyFeature
{
    public static void AddTransparency(this WebApplicationBuilder builder)
    {
    }

    public static void MapTransparency(this WebApplication app)
    {
    }
}
