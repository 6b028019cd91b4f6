namespace Undersigned.SignatoryList;

/// <summary>The list of those who stand: pages, search, permalinks, the whole list, JSON.</summary>
public static class SignatoryListFeature
{
    public static void AddSignatoryList(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ListReading>();
        builder.Services.AddScoped<ListQuery>();
        // An edition is the same page, read at the edition's size.
        builder.Services.Configure<Microsoft.AspNetCore.Mvc.RazorPages.RazorPagesOptions>(o =>
        {
            o.Conventions.AddPageRoute("/SignatoryList/List", "/letters/{slug}/editions/{edition:int}");
            o.Conventions.AddPageRoute("/SignatoryList/All", "/letters/{slug}/editions/{edition:int}/all");
        });
        builder.Services.AddScoped<NameSearch>();
        builder.Services.AddSingleton<NameWords>();
    }

    public static void MapSignatoryList(this WebApplication app) => app.MapSignatoriesApi();
}
