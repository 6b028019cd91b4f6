namespace Undersigned.PasteIn;

/// <summary>Fifty lines as people send them.</summary>
public static class PasteInFeature
{
    public static void AddPasteIn(this WebApplicationBuilder builder)
    {
    }

    public static void MapPasteIn(this WebApplication app)
    {
    }
}
