namespace Undersigned.Letters;

/// <summary>The letter's page, the front page, the letter as JSON.</summary>
public static class LettersFeature
{
    public static void AddLetters(this WebApplicationBuilder builder)
    {
    }

    public static void MapLetters(this WebApplication app)
    {
    }
}
