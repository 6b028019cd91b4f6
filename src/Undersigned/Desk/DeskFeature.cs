namespace Undersigned.Desk;

/// <summary>Today: what needs the organiser, numbers, the unconfirmed, switches, everything as one spreadsheet.</summary>
public static class DeskFeature
{
    public static void AddDesk(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DeskQuery>();
        builder.Services.AddScoped<UrgentTasks>();
        builder.Services.AddScoped<Resending>();
        builder.Services.AddScoped<SignatureSheet>();
    }

    public static void MapDesk(this WebApplication app)
    {
        // The pages map themselves, below /desk/letters/{letterId}.
    }
}
