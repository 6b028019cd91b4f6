using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>What the reader asks of the audits in a log.</summary>
/// <param name="Value">The public value as the reader knows it, of <paramref name="Draw"/> or else of the latest draw.</param>
/// <param name="Draw">The entry of the one draw to be looked at; null looks at all.</param>
/// <param name="NamesLines">Whether the drawn lines are to be named.</param>
internal sealed record AuditRequest(string? Value, long? Draw, bool NamesLines);

/// <summary>Check 8: the draws that the log announces, and the statements about them (signatory log, section 5).</summary>
internal sealed class AuditCheck(LogReading reading, Openings openings, Documents documents, Report report)
{
    private readonly Dictionary<long, AuditText> statements = [];
    private readonly Dictionary<long, long> statedIn = [];

    /// <summary>The findings, by rising entry of the draw; what fails is in the report.</summary>
    internal async Task<IReadOnlyList<AuditFindings>> RunAsync(AuditRequest request, DateTimeOffset now, CancellationToken cancel)
    {
        var draws = reading.Audits.Where(audit => audit.Entry.Type == EntryType.Draw).ToDictionary(audit => audit.Index, audit => audit.Entry);
        if (reading.TooManyAudits is { } tooMany) report.Fail(8, $"entry {tooMany}", $"at most {LogReading.MaxAudits} draws and audits", "more");
        foreach (var (index, entry) in reading.Audits.Where(audit => audit.Entry.Type == EntryType.Post)) await ReadStatementAsync(index, entry, draws, cancel).ConfigureAwait(false);
        var about = request.Draw ?? draws.Keys.DefaultIfEmpty(-1).Max();
        if (!draws.ContainsKey(about)) report.Trouble(request.Draw is null ? "this log announces no draw" : $"entry {about} is no draw");
        var found = new List<AuditFindings>();
        foreach (var (index, entry) in draws.OrderBy(draw => draw.Key))
            if ((request.Draw ?? index) == index && await ReadDrawAsync(index, entry, cancel).ConfigureAwait(false) is { } draw)
                found.Add(Check(draw, index == about ? request : request with { Value = null, NamesLines = false }, now));
        if (found.Count == 0 && report.ExitStatus == 0) report.Trouble("the texts of this log's draws are not there any more");
        return found;
    }

    private async Task<byte[]?> TextAsync(long index, Entry entry, CancellationToken cancel)
    {
        var text = await documents.ReadAsync(entry.Text!.Value, cancel).ConfigureAwait(false);
        if (text is null) report.Remark($"entry {index}: its text is not there any more, so that nothing can be said of this audit");
        return text;
    }

    private async Task ReadStatementAsync(long index, Entry entry, Dictionary<long, Entry> draws, CancellationToken cancel)
    {
        try
        {
            if (await TextAsync(index, entry, cancel).ConfigureAwait(false) is not { } text) return;
            var statement = AuditText.Parse(text);
            if (statement.Draw >= index || !draws.ContainsKey(statement.Draw)) report.Fail(8, $"entry {index}", "a statement about an earlier draw", statement.Draw);
            else if (!statements.TryAdd(statement.Draw, statement)) report.Fail(8, $"entry {index}", $"one statement about the draw in entry {statement.Draw}", "a second");
            else statedIn[statement.Draw] = index;
        }
        catch (LogFormatException e)
        {
            report.Fail(8, $"entry {index}", "a statement as specified", e.Message);
        }
    }

    private async Task<AuditFindings?> ReadDrawAsync(long index, Entry entry, CancellationToken cancel)
    {
        try
        {
            if (await TextAsync(index, entry, cancel).ConfigureAwait(false) is not { } text) return null;
            return new AuditFindings
            {
                Draw = index,
                AnnouncedAt = entry.Time,
                Size = entry.Size!.Value,
                Root = entry.Root!.Value,
                Standing = reading.Replay.CountsAt(entry.Size.Value)!.Value.Standing,
                Count = (int)entry.Count!.Value,
                Text = DrawText.Parse(text),
                Statement = statements.GetValueOrDefault(index),
                StatedIn = statedIn.TryGetValue(index, out var stated) ? stated : null,
            };
        }
        catch (LogFormatException e)
        {
            report.Fail(8, $"entry {index}", "a draw's text as specified", e.Message);
            return null;
        }
    }

    private AuditFindings Check(AuditFindings draw, AuditRequest request, DateTimeOffset now)
    {
        if (draw.AnnouncedAt >= draw.Text.Moment)
            report.Fail(8, $"entry {draw.Draw}", $"a draw announced before the moment of its value, {EntryTime.Format(draw.Text.Moment)}", EntryTime.Format(draw.AnnouncedAt));
        if (draw.StatedIn is { } stated) CheckStatement(draw, draw.Statement!, stated, request.Value);
        else if (now > draw.Text.Moment) report.Warn($"entry {draw.Draw}: the value of this draw was to be known at {EntryTime.Format(draw.Text.Moment)}, and no statement has followed");
        if ((draw.Statement?.Value ?? request.Value) is not { } value) return draw;
        var drawn = AuditSample.Draw(draw.Root, Encoding.UTF8.GetBytes(value), reading.Replay.StandingNumbers(draw.Size), draw.Count);
        return draw with
        {
            GivenValue = request.Value,
            Left = drawn.Count(number => StatusOf(number) != SignatoryStatus.Standing),
            Lines = request.NamesLines ? [.. drawn.Select(LineOf)] : null,
        };
    }

    private void CheckStatement(AuditFindings draw, AuditText statement, long stated, string? value)
    {
        if (statement.Abandoned is not null) return;
        var where = $"entry {stated}";
        if (reading.Replay.TimeOf(stated) < draw.Text.Moment) report.Fail(8, where, $"a statement after the moment of its value, {EntryTime.Format(draw.Text.Moment)}", EntryTime.Format(reading.Replay.TimeOf(stated)));
        if (value is not null && value != statement.Value) report.Fail(8, where, "the value that you gave", "another");
        if (statement.Drawn != draw.Count) report.Fail(8, where, $"drawn {draw.Count}, as announced", statement.Drawn);
        else if ((long)statement.Reached + statement.Unreached != statement.Drawn) report.Fail(8, where, $"reached and unreached to be {statement.Drawn} together", (long)statement.Reached + statement.Unreached);
        else if ((long)statement.Confirmed + statement.False != statement.Reached) report.Fail(8, where, $"confirmed and false to be {statement.Reached} together", (long)statement.Confirmed + statement.False);
        else if (AuditSample.BoundInPercent(statement.Drawn, statement.False + statement.Unreached) is var bound && bound != statement.Bound) report.Fail(8, where, $"bound {bound}", IsNumber(statement.Bound) ? statement.Bound : "another");
    }

    private static bool IsNumber(string text) => text.Length <= 10 && text.All(c => char.IsAsciiDigit(c) || c == '.');

    private SignatoryStatus StatusOf(long number) => reading.Replay.StateAt(number, openings.Size)!.Value.Status;

    private DrawnLine LineOf(long number)
    {
        var state = reading.Replay.StateAt(number, openings.Size)!.Value;
        return new DrawnLine(number, state.Status, state.Level == Level.Withheld, openings.NameIn(state.Record));
    }
}
