namespace Undersigned.Duplicates;

/// <summary>Pairs of lines that may be one person: found by a worker, decided by people.</summary>
public static class DuplicatesFeature
{
    public static void AddDuplicates(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<PairFinding>();
        builder.Services.AddScoped<Telling>();
    }

    public static void MapDuplicates(this WebApplication app)
    {
        // The page maps itself: /desk/letters/{letterId}/duplicates, with /decisions for its form.
    }
}
