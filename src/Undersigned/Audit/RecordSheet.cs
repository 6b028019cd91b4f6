using System.Globalization;
using System.Text;
using Undersigned.Access;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Audit;

/// <summary>The record as comma-separated text, a page after the other, so that a long one needs no memory.</summary>
internal static class RecordSheet
{
    private const int AtOnce = 1_000;

    private static readonly string[] Columns = ["time", "who", "what", "act", "number", "name", "signature", "from", "to", "detail", "part of act"];

    public static async Task WriteAsync(HttpResponse response, string name, RecordOfActs record, IQueryable<StaffAct> acts, ActFilter filter, CancellationToken cancellation)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        await response.Body.WriteAsync(Csv.ByteOrderMark, cancellation);
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(false), leaveOpen: true);
        await text.WriteAsync(Csv.Line(Columns));
        for (var next = filter; ;)
        {
            var lines = await record.ReadAsync(acts, next, AtOnce, cancellation);
            foreach (var line in lines)
                await text.WriteAsync(Csv.Line(Cells(line)));
            if (lines.Count < AtOnce)
                return;
            next = next with { Before = lines[^1].Act.Id };
        }
    }

    private static IEnumerable<string?> Cells(ActLine line) =>
    [
        Printed.Machine(line.Act.At), line.Who, line.What, line.Act.What,
        line.SignatureNumber?.ToString(CultureInfo.InvariantCulture), line.SignatureName, line.Act.SignatureId?.ToString(CultureInfo.InvariantCulture),
        line.From, line.To, line.Detail, line.Act.BulkActId?.ToString(CultureInfo.InvariantCulture),
    ];
}
