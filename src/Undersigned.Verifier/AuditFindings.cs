using System.Globalization;
using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;
using static Undersigned.Verifier.Findings;

namespace Undersigned.Verifier;

/// <summary>A line that a draw fell on, as it stands now.</summary>
internal sealed record DrawnLine(long Number, SignatoryStatus Status, bool IsWithheld, string? Name)
{
    // A name is printed on a terminal, and may be anything.
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {(Status != SignatoryStatus.Standing ? $"({Status.ToString().ToLowerInvariant()} since)" : IsWithheld ? "Name withheld" : Printable(Name ?? "(not shown any more)"))}");

    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? ' ' : c));
}

/// <summary>What the log says of one draw, and the sentence that it makes.</summary>
internal sealed record AuditFindings
{
    internal required long Draw { get; init; }

    internal required DateTimeOffset AnnouncedAt { get; init; }

    internal required long Size { get; init; }

    internal required Hash Root { get; init; }

    /// <summary>How many stood there: what the bound is about.</summary>
    internal required long Standing { get; init; }

    internal required int Count { get; init; }

    internal required DrawText Text { get; init; }

    /// <summary>Null while nothing is stated.</summary>
    internal AuditText? Statement { get; init; }

    internal long? StatedIn { get; init; }

    internal string? GivenValue { get; init; }

    /// <summary>How many of the drawn lines do not stand any more; null while nobody knows which are drawn.</summary>
    internal int? Left { get; init; }

    internal IReadOnlyList<DrawnLine>? Lines { get; init; }

    internal string Sentence => (Statement, StatedIn) switch
    {
        (null, _) => Announced(),
        ({ Abandoned: not null }, _) => $"The draw of {CountOf(Count)} announced in entry {Draw} at {Minute(AnnouncedAt)} was given up in entry {StatedIn}. It says nothing of the list.",
        ({ } statement, _) => Stated(statement),
    };

    /// <summary>The sentence, and the lines where they were asked for.</summary>
    internal IEnumerable<string> Printed => [Sentence, .. Lines?.Select(line => line.ToString()) ?? []];

    private string Announced() =>
        $"Entry {Draw} announced at {Minute(AnnouncedAt)} that {CountOf(Count)} of the {Number(Standing)} that stood at size {Size} will be drawn, by a value known at {Minute(Text.Moment)}. No statement has followed.";

    private string Stated(AuditText statement)
    {
        var text = new StringBuilder();
        text.Append($"Of {CountOf(statement.Drawn)} drawn from the {Number(Standing)} that stood at size {Size}, {Number(statement.Reached)} {(statement.Reached == 1 ? "person was" : "people were")} reached: ");
        text.Append($"{Number(statement.Confirmed)} confirmed that they signed, {Number(statement.False)} did not; {Number(statement.Unreached)} {(statement.Unreached == 1 ? "was" : "were")} not reached. ");
        text.Append($"With {AuditSample.Confidence} % confidence at most {statement.Bound} % of these lines are false, counting those not reached as false. ");
        text.Append($"Announced in entry {Draw} at {Minute(AnnouncedAt)}, before the value was known at {Minute(Text.Moment)}; stated in entry {StatedIn}. ");
        if (Left > 0) text.Append($"{Number(Left.Value)} of the drawn lines {(Left == 1 ? "does" : "do")} not stand any more. ");
        text.Append(GivenValue is not null ? "The value is the one that you gave." : "The value is the statement's own: compare it with its source.");
        return text.ToString();
    }

    private static string CountOf(int count) => count == 1 ? "1 line" : $"{Number(count)} lines";
}
