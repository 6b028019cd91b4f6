namespace Undersigned.Health;

/// <summary>/healthz and /readyz.</summary>
public static class HealthFeature
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
    }

    public static void MapHealth(this WebApplication app)
    {
    }
}
