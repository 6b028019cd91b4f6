namespace Undersigned.Abuse;

/// <summary>Limits, trends, removal of many at once, and mail that is held.</summary>
public static class AbuseFeature
{
    public static void AddAbuse(this WebApplicationBuilder builder) => builder.Services.AddScoped<BulkRemoval>();

    public static void MapAbuse(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/trends, /bulk-removal, /limits and /mail.
    }
}
