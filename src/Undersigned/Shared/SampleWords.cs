using Microsoft.Extensions.Localization;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>A draw and what came of it in a sentence, from the figures in the record.</summary>
public static class SampleWords
{
    public static string Announced(this IStringLocalizer<SharedTexts> texts, PostWords draw) =>
        texts["sample-announced", Printed.Number(draw.Count ?? 0), draw.Source ?? "", draw.KnownAt is { } moment ? Printed.Moment(moment) : "", draw.Reading ?? ""];

    public static string Found(this IStringLocalizer<SharedTexts> texts, PostWords statement) =>
        statement.Unreached is null or 0
            ? texts["sample-found-all", Number(statement.Drawn), Number(statement.Confirmed), Number(statement.False), statement.Bound ?? ""]
            : texts["sample-found", Number(statement.Drawn), Number(statement.Reached), Number(statement.Confirmed), Number(statement.False), Number(statement.Unreached), statement.Bound ?? ""];

    private static string Number(int? number) => Printed.Number(number ?? 0);
}
