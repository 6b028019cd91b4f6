using Microsoft.Extensions.Localization;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>An edition in one line: "+412, 3 withdrawn, 1 corrected".</summary>
public static class EditionWords
{
    public static string Changes(this IStringLocalizer<SharedTexts> texts, Edition edition) =>
        texts.Changes(edition.Added, edition.Withdrawn, edition.Removed, edition.Corrected);

    public static string Changes(this IStringLocalizer<SharedTexts> texts, int added, int withdrawn, int removed, int corrected)
    {
        (string Key, int Count)[] parts = [("edition-added", added), ("edition-withdrawn", withdrawn), ("edition-removed", removed), ("edition-corrected", corrected)];
        var said = parts.Where(p => p.Count > 0).Select(p => texts[p.Key, Printed.Number(p.Count)].Value).ToList();
        return said.Count == 0 ? texts["edition-same"] : string.Join(Printed.Comma, said);
    }
}
