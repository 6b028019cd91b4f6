using System.Buffers;
using System.Text;
using System.Text.Json;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>The result as JSON, in the shape that docs/api.md documents.</summary>
internal static class Json
{
    internal static string Of(Report report, Findings? findings, string? sentence)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("exit", report.ExitStatus);
            if (findings is not null) Write(json, findings);
            if (sentence is not null) json.WriteString("sentence", sentence);
            WriteFailures(json, report);
            WriteTexts(json, "troubles", report.Troubles);
            WriteTexts(json, "warnings", report.Warnings);
            WriteTexts(json, "remarks", report.Remarks);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Findings findings)
    {
        json.WriteString("origin", findings.Origin);
        json.WriteString("key", findings.KeyIsGiven ? "given" : "site");
        json.WriteNumber("treeSize", findings.Size);
        json.WriteString("root", findings.Root.ToHex());
        json.WriteString("opened", EntryTime.Format(findings.OpenedAt));
        json.WriteString("lastChanged", EntryTime.Format(findings.LastChanged));
        if (findings.AsOf is { } asOf) json.WriteString("asOf", EntryTime.Format(asOf));
        json.WriteNumber("standing", findings.Standing);
        json.WriteNumber("withheld", findings.Withheld);
        json.WriteStartObject("byLevel");
        foreach (var (level, count) in findings.ByLevel) json.WriteNumber(level.Code(), count);
        json.WriteEndObject();
        json.WriteNumber("withdrawn", findings.Withdrawn);
        json.WriteNumber("removed", findings.Removed);
        json.WriteNumber("amended", findings.Amended);
        json.WriteNumber("amendedInName", findings.AmendedInName);
        json.WriteBoolean("amendedInNameIsAtLeast", findings.IsAtLeast);
        if (findings.Shown is { } shown) json.WriteNumber("shown", shown);
        json.WriteNumber("witnessesOfPolicy", findings.WitnessesOfPolicy);
        json.WriteNumber("witnessesSeen", findings.WitnessesSeen);
        if (findings.Audits is not { } audits) return;
        json.WriteStartArray("audits");
        foreach (var audit in audits) Write(json, audit);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AuditFindings audit)
    {
        json.WriteStartObject();
        json.WriteNumber("draw", audit.Draw);
        json.WriteString("announced", EntryTime.Format(audit.AnnouncedAt));
        json.WriteNumber("size", audit.Size);
        json.WriteNumber("standing", audit.Standing);
        json.WriteNumber("count", audit.Count);
        json.WriteString("source", audit.Text.Source);
        json.WriteString("moment", EntryTime.Format(audit.Text.Moment));
        json.WriteString("reading", audit.Text.Reading);
        if (audit.Statement is { } statement) Write(json, statement, audit.StatedIn!.Value);
        if (audit.Left is { } left) json.WriteNumber("left", left);
        if (audit.Lines is { } lines) Write(json, lines);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AuditText statement, long entry)
    {
        json.WriteNumber("statement", entry);
        json.WriteString("auditor", statement.Auditor);
        if (statement.Abandoned is { } reason)
        {
            json.WriteString("abandoned", reason);
            return;
        }
        json.WriteString("value", statement.Value);
        json.WriteNumber("drawn", statement.Drawn);
        json.WriteNumber("reached", statement.Reached);
        json.WriteNumber("confirmed", statement.Confirmed);
        json.WriteNumber("false", statement.False);
        json.WriteNumber("unreached", statement.Unreached);
        json.WriteString("bound", statement.Bound);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<DrawnLine> lines)
    {
        json.WriteStartArray("lines");
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteNumber("signatory", line.Number);
            json.WriteString("status", line.Status.ToString().ToLowerInvariant());
            if (line.Status == SignatoryStatus.Standing && line.Name is { } name) json.WriteString("name", name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFailures(Utf8JsonWriter json, Report report)
    {
        json.WriteStartArray("failures");
        foreach (var failure in report.Failures)
        {
            json.WriteStartObject();
            json.WriteNumber("check", failure.Check);
            json.WriteString("where", failure.Where);
            json.WriteString("expected", failure.Expected);
            json.WriteString("found", failure.Found);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
