using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.PasteIn;

/// <summary>What the desk says of an import and of columns.</summary>
internal static class ImportWords
{
    public static IReadOnlyList<(SheetField Field, string Words)> Fields { get; } =
    [
        (SheetField.None, "nothing we need"),
        (SheetField.Name, "Name"),
        (SheetField.Given, "Given name"),
        (SheetField.Family, "Family name"),
        (SheetField.Address, "Mail address"),
        (SheetField.Position, "Title or position"),
        (SheetField.Organization, "Office or organization"),
        (SheetField.Years, "Years: 1985–2010"),
        (SheetField.From, "First year"),
        (SheetField.To, "Last year"),
        (SheetField.Service, "Offices with years, in one text"),
        (SheetField.Line, "Name, title, office and years, in one text"),
        (SheetField.Place, "Place"),
        (SheetField.Note, "Note that stays on the desk"),
    ];

    public static string State(SheetImport import) => import.State switch
    {
        ImportState.Mapping => "waits for its columns",
        ImportState.Trying => $"is being tried, {StaffWords.Count(import.RowsDone, "row", "rows")} so far",
        ImportState.Tried => $"tried: {StaffWords.Count(import.Good, "good row", "good rows")}, not taken yet",
        ImportState.Taking => $"is being taken, {Of(import.RowsDone, import.Rows)}",
        ImportState.Taken => $"{StaffWords.Count(import.Taken, "line is", "lines are")} taken",
        ImportState.Undoing => "is being undone",
        ImportState.Undone => $"undone: {StaffWords.Count(import.Restored, "line is", "lines are")} taken back",
        ImportState.Stopped => import.Taken > 0 ? $"stopped, {StaffWords.Count(import.Taken, "line is", "lines are")} taken" : "stopped, nothing was taken",
        _ => "put away",
    };

    /// <summary>"12,000 of 100,000 rows"</summary>
    public static string Of(int done, int all) => $"{Printed.Number(done)} of {StaffWords.Count(all, "row", "rows")}";

    public static string Kind(FaultKind kind) => kind switch
    {
        FaultKind.Doubled => "double",
        FaultKind.Unwanted => "wants no mail",
        _ => "wrong",
    };
}
