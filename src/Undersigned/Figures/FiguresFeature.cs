namespace Undersigned.Figures;

/// <summary>Numbers while a reporter waits, signers whom the press may call, and the eras that all is counted by.</summary>
public static class FiguresFeature
{
    public static void AddFigures(this WebApplicationBuilder builder) => builder.Services.AddScoped<FigureQuery>();

    public static void MapFigures(this WebApplication app)
    {
        // The pages map themselves, below /desk/letters/{letterId}: figures, press and eras.
    }
}
