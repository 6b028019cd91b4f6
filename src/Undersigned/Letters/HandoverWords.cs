using Microsoft.Extensions.Localization;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

public static class HandoverWords
{
    /// <summary>"In person, at 14:30 UTC, by Hyacinth Moravcová-Dube, with 604 names (edition 2)."</summary>
    public static string In(this Handover delivery, IStringLocalizer<LettersTexts> texts)
    {
        var says = Handover.Ways.Contains(delivery.How) ? texts["how-" + delivery.How].Value : delivery.How;
        if (delivery.At is { } at)
            says = texts["handover-at", says, at];
        if (delivery.By is { } by)
            says = texts["handover-by", says, by];
        says = delivery.Standing == 1 ? texts["handover-with-one", says] : texts["handover-with", says, Printed.Number(delivery.Standing)];
        return (delivery.Edition is { } edition ? texts["handover-edition", says, edition].Value : says) + ".";
    }
}
