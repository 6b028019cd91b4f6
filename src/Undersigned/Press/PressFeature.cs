namespace Undersigned.Press;

/// <summary>For newspapers and whoever counts: the public page of a letter’s numbers, citation and quotations, its statistics, and the desk’s page of quotations.</summary>
public static class PressFeature
{
    public static void AddPress(this WebApplicationBuilder builder) => builder.Services.AddSingleton<Wordings>();

    public static void MapPress(this WebApplication app) => app.MapStatisticsApi();
}
