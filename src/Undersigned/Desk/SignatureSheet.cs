using Undersigned.Access;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>
/// Everything of a letter's signatures, a row each.
/// </summary>
public static class SignatureSheet
{
    private static readonly string[] Columns =
        ["number", "state", "since", "level", "evidence", "name", "position", "organization", "years", "location", "address", "source", "signed", "confirmed", "confirmed how", "on the page", "reason"];

    public static string Header => Csv.Line(Columns);

    public static string Row(Signature s, IEnumerable<Evidence> evidence)
    {
        var shown = s.ToShown();
        return Csv.Line(
        [
            s.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            StaffWords.State(s.State), Printed.Machine(s.StateAt),
            StaffWords.Level(s.Level), string.Join("; ", evidence.Select(Evidence)),
            s.Name, shown.Position, shown.Organization, shown.Years is null ? null : ShownLine.YearsText(shown.Years), s.Location,
            s.Email, StaffWords.Source(s.Source),
            Printed.Machine(s.SubmittedAt), Time(s.ConfirmedAt), s.ConfirmedHow?.ToString().ToLowerInvariant(), Time(s.ListedAt),
            StaffWords.Reason(s.DecisionReason),
        ]);
    }

    // "Known, 2026-03-01: called at the published number"
    private static string Evidence(Evidence e) =>
        $"{StaffWords.Evidence(e.Kind)}, {Printed.Machine(e.At)[..10]}" + (e.What is null ? "" : ": " + e.What) + (e.EndedAt is { } ended ? $" (ended {Printed.Machine(ended)[..10]})" : "");

    private static string? Time(DateTimeOffset? at) => at is { } time ? Printed.Machine(time) : null;
}
