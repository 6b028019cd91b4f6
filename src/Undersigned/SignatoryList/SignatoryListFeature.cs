namespace Undersigned.SignatoryList;

/// <summary>The list of those who stand: pages, search, permalinks, the whole list, JSON.</summary>
public static class SignatoryListFeature
{
    public static void AddSignatoryList(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ListQuery>();
        builder.Services.AddScoped<NameSearch>();
    }

    public static void MapSignatoryList(this WebApplication app) => app.MapSignatoriesApi();
}
