namespace Undersigned.Demo;

/// <summary>The demo instance: its inbox, its one-click sign-in, its people.</summary>
public static class DemoFeature
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
    }

    public static void MapDemo(this WebApplication app)
    {
    }
}
