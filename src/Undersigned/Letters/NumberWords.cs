using Microsoft.Extensions.Localization;
using Undersigned.Shared;

namespace Undersigned.Letters;

public static class NumberWords
{
    /// <summary>"31 more are on the maintainers’ own list": what stands beside the number of those who signed here. Empty where nobody is.</summary>
    public static string OwnList(this IStringLocalizer<LettersTexts> texts, int imported) =>
        imported switch { 0 => "", 1 => texts["own-list-one"], _ => texts["own-list", Printed.Number(imported)] };
}
