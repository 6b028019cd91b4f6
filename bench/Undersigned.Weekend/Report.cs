using System.Globalization;
using System.Text;

namespace Undersigned.Weekend;

/// <summary>What is printed, and kept in bench/WEEKEND.md.</summary>
internal static class Report
{
    public static string Of(Outcome outcome)
    {
        var report = new StringBuilder();
        Musts(outcome, report);
        Costs(outcome, report);
        Ordinary(outcome, report);
        return report.ToString();
    }

    private static void Musts(Outcome outcome, StringBuilder report)
    {
        Line(report, $"| what is public at the end | of | now | must be |");
        Line(report, $"|---|---:|---:|---:|");
        Row("pranks public", outcome.Fates.Count(f => f.Person.IsPrank), outcome.PranksPublic, "0");
        Row("forged prominent names public", outcome.Fates.Count(f => f.Person.Kind == Kind.Forged), outcome.ForgedPublic, "0");
        Row("true signers wrongly declined", outcome.Fates.Count(f => f.Person.IsTrue && f.Confirmed), outcome.TrueDeclined, "0");
        Row("true signers confirmed and not decided", outcome.Fates.Count(f => f.Person.IsTrue && f.Confirmed), outcome.TrueWaiting, "");
        Row("duplicates public beside the other line", outcome.Fates.Count(f => f.Person.Kind == Kind.Duplicate), outcome.DuplicatesPublic, "");
        Row("mistakes not corrected", outcome.Fates.Count(f => f.Person.Fix != Fix.None && f.Stands), outcome.NotCorrected, "");
        foreach (var day in outcome.Verified)
            Line(report, $"\n`undersigned verify list` after {day}");
        if (outcome.ToTheList is { Count: > 0 } seconds)
            Line(report, $"\nFrom the decision to the line on the public list, of {seconds.Count} who signed after publication: median {seconds[seconds.Count / 2]:N0} s, 99 in 100 within {seconds[Math.Min(seconds.Count - 1, seconds.Count * 99 / 100)]:N0} s (their own pages say both, to the second). From the confirmation to the decision it takes as long as the staff sleep.");

        void Row(string what, int of, IReadOnlyList<Person> now, string must) =>
            Line(report, $"| {what} | {of} | {now.Count}{(now.Count is > 0 and <= 8 ? $" ({string.Join("; ", now.Select(p => $"{p.Kind}: {p.Name}"))})" : "")} | {must} |");
    }

    private static void Costs(Outcome outcome, StringBuilder report)
    {
        var signatures = outcome.Fates.Count(f => f.Confirmed);
        Line(report, $"\nAt the desk, for {signatures:N0} confirmed signatures:\n");
        Line(report, $"| step | screens | clicks | keys | words read | decided | hours | of them away from the desk | of them waiting for pages | screens per 100 | clicks per 100 | decided an hour |");
        Line(report, $"|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (step, cost) in outcome.Work.Steps.Append(("**all**", outcome.Work.Total)))
            Line(report, $"| {step} | {cost.Screens} | {cost.Clicks} | {cost.Keys} | {cost.Words:N0} | {cost.Decided:N0} | {cost.Seconds / 3600:N2} | {cost.Away / 3600:N2} | {cost.Waited / 3600:N2} | {cost.Screens * 100.0 / signatures:N1} | {cost.Clicks * 100.0 / signatures:N1} | {(cost.Decided > 0 ? (cost.Decided / cost.Seconds * 3600).ToString("N0", CultureInfo.InvariantCulture) : "")} |");
    }

    private static void Ordinary(Outcome outcome, StringBuilder report)
    {
        var estimates = OrdinaryWay.For(outcome);
        Line(report, $"\nThe same rows with a form and a spreadsheet, estimated:\n");
        Line(report, $"| step | hours | counted |");
        Line(report, $"|---|---:|---|");
        foreach (var estimate in estimates)
            Line(report, $"| {estimate.Step} | {estimate.Seconds / 3600:N2} | {estimate.How} |");
        Line(report, $"| **all** | {estimates.Sum(e => e.Seconds) / 3600:N2} | against {outcome.Work.Total.Seconds / 3600:N2} at this desk, setting up included |");
        Line(report, $"\nThe sheet has no confirmed address, no second look at prominent names, and no record; its {outcome.Fates.Count(f => f.Person.Kind == Kind.LookAlike)} names with a letter of another script cannot be told from the real ones by eye.");
    }

    private static void Line(StringBuilder report, FormattableString line) => report.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
