using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>The letter's page, the front page, the letter as JSON.</summary>
public static class LettersFeature
{
    public static void AddLetters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LetterText>();
        builder.Services.AddSingleton(s =>
        {
            var letters = s.GetRequiredService<PublishedLetters>();
            return new LetterTongues(slug => letters.Find(slug)?.Words.Language, () => letters.All.Select(l => Tongue.Of(l.Words.Language)).Distinct().ToList() is [var one] ? one : null);
        });
        builder.Services.AddSingleton(s =>
        {
            var letters = s.GetRequiredService<PublishedLetters>();
            return new PageVersions(slug => letters.Find(slug)?.CacheKey, () => string.Join('/', letters.All.Select(l => l.Letter.Slug + "." + l.CacheKey)));
        });
    }

    public static void MapLetters(this WebApplication app) => app.MapLetterApi();
}
