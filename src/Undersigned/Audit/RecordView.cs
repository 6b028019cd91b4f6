using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Undersigned.Audit;

/// <summary>One page of the record with its filters, as both pages show it.</summary>
public sealed record RecordView(
    string Here, ActFilter Filter, IReadOnlyList<ActLine> Lines, bool HasMore,
    IReadOnlyList<(long Id, string Name)> People, IReadOnlyList<string> Codes, string? SignatureRoot)
{
    public const int LinesAPage = 100;

    public bool IsFiltered => Filter with { Before = null } != new ActFilter();

    public string NextPage => Address(Filter with { Before = Lines[^1].Act.Id });

    public string Sheet => Address(Filter with { Before = null }, "csv");

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private string Address(ActFilter filter, string? handler = null)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[]
        {
            ("handler", handler), ("by", filter.By?.ToString(CultureInfo.InvariantCulture)), ("what", filter.What), ("from", Day(filter.From)), ("to", Day(filter.To)),
            ("signature", filter.Signature?.ToString(CultureInfo.InvariantCulture)), ("q", filter.Text), ("before", filter.Before?.ToString(CultureInfo.InvariantCulture)),
        })
            if (!string.IsNullOrEmpty(value))
                query.Add(name, value);
        return Here + query.ToQueryString();
    }
}
