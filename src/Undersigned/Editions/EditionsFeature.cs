namespace Undersigned.Editions;

/// <summary>Numbered editions of the list: published at a press or by schedule, each with an address and a page of what changed.</summary>
public static class EditionsFeature
{
    public static void AddEditions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EditionWriter>();
        builder.Services.AddHostedService<EditionClock>();
    }

    public static void MapEditions(this WebApplication app) => app.MapEditionsApi();
}
