namespace Undersigned.Grid;

/// <summary>All signatures of a letter as a sheet, merged spellings, and every act on many with its undo.</summary>
public static class GridFeature
{
    public static void AddGrid(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<GridQuery>();
        builder.Services.AddScoped<GridActs>();
        builder.Services.AddScoped<GridEdits>();
        builder.Services.AddScoped<SpellingMerge>();
        builder.Services.AddScoped<SpellingsApart>();
        builder.Services.AddScoped<ActList>();
        builder.Services.AddSingleton<Presence>();
    }

    public static void MapGrid(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/grid, /spellings and /acts.
    }
}
