using Undersigned.Shared;

namespace Undersigned.Embeds;

/// <summary>The letter on other people's pages: frames, oEmbed, the picture of link previews, the map for search engines.</summary>
public static class EmbedsFeature
{
    public static void AddEmbeds(this WebApplicationBuilder builder) => builder.Services.AddSingleton<Card>();

    // The frames and the page that hands them out map themselves, below /letters/{slug}/embed.
    public static void MapEmbeds(this WebApplication app)
    {
        app.MapCard();
        app.MapOEmbed();
        app.MapSitemap();
    }
}
