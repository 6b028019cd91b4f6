namespace Undersigned.Desk;

/// <summary>Today: what needs the organiser, numbers, the unconfirmed, switches, everything as one spreadsheet, and the same for programs with a token.</summary>
public static class DeskFeature
{
    public static void AddDesk(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DeskQuery>();
        builder.Services.AddScoped<UrgentTasks>();
        builder.Services.AddScoped<Resending>();
        builder.Services.AddScoped<SignatureSheet>();
    }

    /// <summary>The pages map themselves, below /desk/letters/{letterId}.</summary>
    public static void MapDesk(this WebApplication app) => app.MapDeskApi();
}
