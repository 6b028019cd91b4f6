namespace Undersigned.Translations;

/// <summary>Translations of a letter: written at the desk, entered in the record, shown beside the words that were signed.</summary>
public static class TranslationsFeature
{
    public static void AddTranslations(this WebApplicationBuilder builder) => builder.Services.AddScoped<TranslationWriter>();

    public static void MapTranslations(this WebApplication app) => app.MapTranslationApi();
}
