using Undersigned.Data;

namespace Undersigned.Transparency;

/// <summary>The sequencer, the log's addresses, the page that says how to check.</summary>
public static class TransparencyFeature
{
    public static void AddTransparency(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Chance.System);
        builder.Services.AddSingleton<SignedHeads>();
        builder.Services.AddSingleton<Sequencer>();
        builder.Services.AddHostedService<SequencerLoop>();
    }

    public static void MapTransparency(this WebApplication app) => app.MapLog();
}
