namespace Undersigned.Verifier;

/// <summary>What the program writes: results on standard output, all else on the other.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool showProgress)
{
    private int drawn;

    internal void Progress(string what)
    {
        if (!showProgress) return;
        error.Write($"\r{what.PadRight(drawn)}");
        drawn = what.Length;
    }

    internal void Usage(string message) => error.WriteLine(message);

    internal void Say(string line)
    {
        if (drawn > 0) error.Write($"\r{new string(' ', drawn)}\r");
        output.WriteLine(line);
        output.Flush();
    }

    internal void Print(Report report, Findings? findings, string? sentence, bool json)
    {
        if (drawn > 0) error.Write($"\r{new string(' ', drawn)}\r");
        foreach (var trouble in report.Troubles) error.WriteLine($"cannot tell: {trouble}");
        if (json)
        {
            output.WriteLine(Json.Of(report, findings, sentence));
            return;
        }
        foreach (var failure in report.Failures) output.WriteLine(failure);
        foreach (var warning in report.Warnings) error.WriteLine($"warning: {warning}");
        foreach (var remark in report.Remarks) error.WriteLine($"note: {remark}");
        if (sentence is not null) output.WriteLine(sentence);
    }
}
