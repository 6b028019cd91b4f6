namespace Undersigned.Verifier;

/// <summary>One check that failed: <c>FAIL 4 records/004 index 1207 expected the opening of its commitment found another</c>.</summary>
internal sealed record Failure(int Check, string Where, string Expected, string Found)
{
    public override string ToString() => $"FAIL {Check} {Where} expected {Expected} found {Found}";
}

/// <summary>Everything that is found out on the way to the result.</summary>
internal sealed class Report
{
    private readonly List<Failure> failures = [];
    private readonly List<string> troubles = [], warnings = [], remarks = [];

    /// <summary>Checks that failed, in the order found.</summary>
    internal IReadOnlyList<Failure> Failures => failures;

    /// <summary>Why something could not be looked at.</summary>
    internal IReadOnlyList<string> Troubles => troubles;

    /// <summary>What is odd but breaks no rule.</summary>
    internal IReadOnlyList<string> Warnings => warnings;

    /// <summary>What the reader should know of the run, such as that a page is older than the list.</summary>
    internal IReadOnlyList<string> Remarks => remarks;

    /// <summary>0 where all holds, 1 where a check fails, 2 where it could not be told; a 1 outranks a 2.</summary>
    internal int ExitStatus => failures.Count > 0 ? 1 : troubles.Count > 0 ? 2 : 0;

    internal void Fail(int check, string where, string expected, string found) => failures.Add(new Failure(check, where, expected, found));

    internal void Fail(int check, string where, string expected, long found) => Fail(check, where, expected, Number(found));

    internal void Trouble(string what) => troubles.Add(what);

    internal void Warn(string what) => warnings.Add(what);

    internal void Remark(string what) => remarks.Add(what);

    internal static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
