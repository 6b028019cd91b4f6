using Microsoft.Extensions.Localization;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

public static class DeliveryWords
{
    /// <summary>"In person, at 14:30 UTC, by Hyacinth Moravcová-Dube, with 604 names (edition 2)."</summary>
    public static string In(this Delivery delivery, IStringLocalizer<LettersTexts> texts)
    {
        var says = Delivery.Ways.Contains(delivery.How) ? texts["how-" + delivery.How].Value : delivery.How;
        if (delivery.At is { } at)
            says = texts["delivery-at", says, at];
        if (delivery.By is { } by)
            says = texts["delivery-by", says, by];
        says = delivery.Standing == 1 ? texts["delivery-with-one", says] : texts["delivery-with", says, Printed.Number(delivery.Standing)];
        return (delivery.Edition is { } edition ? texts["delivery-edition", says, edition].Value : says) + ".";
    }
}
