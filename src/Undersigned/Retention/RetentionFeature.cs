using Undersigned.Data;

namespace Undersigned.Retention;

/// <summary>The end of personal data: by itself, so many days after a letter is closed.</summary>
public static class RetentionFeature
{
    public static void AddRetention(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EndOfKeeping>();
        builder.Services.AddHourly<EndOfKeeping>((e, c) => e.RunAsync(c));
    }

    public static void MapRetention(this WebApplication app)
    {
        // The page maps itself: /desk/letters/{letterId}/retention.
    }
}
