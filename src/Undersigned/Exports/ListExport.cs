using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.SignatoryList;

namespace Undersigned.Exports;

/// <summary>The list that a file holds.</summary>
/// <param name="List">As the address asks for it.</param>
/// <param name="NotShown">Who stood then and has left since.</param>
public sealed record ExportedList(AskedList List, int NotShown)
{
    public PublishedLetter Letter => List.Letter;

    /// <summary>Every signatory who stands is in the file.</summary>
    public bool IsComplete => List.Filter.IsNone && NotShown == 0;

    /// <summary>How many rows say only that a name is withheld: they stand in the whole list alone, since nothing of them can be asked for.</summary>
    public int Withheld => List.Filter.IsNone ? Letter.Counts.Withheld : 0;

    public int? Edition => (List.Edition ?? Letter.Edition)?.Number;
}

/// <summary>
/// Writes the list as a file. In the tables each row carries time, size and root of the list, so that rows that are cut out, sorted or put
/// into another sheet still say what they are of.
/// </summary>
public sealed partial class ListExport(ListQuery query, Instance instance)
{
    public const string NameWithheld = "Name withheld";

    public static IReadOnlyList<string> Columns { get; } =
    [
        "signatory", "name", "position", "organization", "years", "location", "level", "since",
        "time", "treeSize", "root", "standing", "withheld", "edition", "complete",
    ];

    public async Task WriteCsvAsync(ExportedList list, Stream to, CancellationToken cancellation)
    {
        await to.WriteAsync(Csv.ByteOrderMark, cancellation);
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        await foreach (var row in TableAsync(list, cancellation))
            await text.WriteAsync(Csv.Line(row));
    }

    public Task WriteWorkbookAsync(ExportedList list, Stream to, CancellationToken cancellation) =>
        Workbook.WriteAsync(to, TableAsync(list, cancellation), list.Letter.At.EntryAt, cancellation);

    private async IAsyncEnumerable<IReadOnlyList<string>> TableAsync(ExportedList list, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Columns;
        var (letter, counts) = (list.Letter, list.Letter.Counts);
        string[] of =
        [
            Printed.Machine(letter.At.EntryAt), Digits(letter.Size), letter.Fingerprint, Digits(counts.Standing), Digits(counts.Withheld),
            list.Edition is { } edition ? Digits(edition) : "", list.IsComplete ? "true" : "false",
        ];
        await foreach (var line in query.EachAsync(list.List, cancellation))
        {
            var shown = line.Shown;
            yield return
            [
                Digits(line.Number), shown.Name, shown.Position ?? "", shown.Organization ?? "", shown.Years is null ? "" : ShownLine.YearsText(shown.Years),
                shown.Location ?? "", LevelModel.Code(line.Level), Printed.Machine(line.Since), .. of,
            ];
        }
        for (var i = 0; i < list.Withheld; i++)
            yield return ["", NameWithheld, "", "", "", "", "withheld", "", .. of];
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
