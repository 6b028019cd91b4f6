namespace Undersigned.Writing;

/// <summary>Beginning and editing a letter, the private link, publication and closing.</summary>
public static class WritingFeature
{
    public static void AddWriting(this WebApplicationBuilder builder)
    {
    }

    public static void MapWriting(this WebApplication app)
    {
    }
}
