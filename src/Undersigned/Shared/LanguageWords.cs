using Microsoft.Extensions.Localization;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>Languages by name, for a sentence.</summary>
public static class LanguageWords
{
    /// <summary>"Spanish" where the page speaks English and knows a word for it, else as the language calls itself.</summary>
    public static string LanguageName(this IStringLocalizer<SharedTexts> texts, string language) =>
        Tongue.Of(language) == language ? texts["language-" + language] : Tongue.NameOf(language);
}
