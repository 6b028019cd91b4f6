using Undersigned.Bench;

// Each part prints its section of bench/RESULTS.md on standard output, and what it is doing on standard error.
switch (args)
{
    case ["log"]: return LogBench.Run(tlogGo: null);
    case ["log", var tlogGo]: return LogBench.Run(tlogGo);
    case ["pages", var folder]: return await PagesBench.RunAsync(folder);
    case ["sign", var folder]: return await SignBench.RunAsync(folder, Environment.GetEnvironmentVariable("UNDERSIGNED_BENCH_POSTGRES"));
    case ["lists", var folder]: return await ListsBench.RunAsync(folder, Environment.GetEnvironmentVariable("UNDERSIGNED_BENCH_POSTGRES"));
    case ["pdf", var folder]: return await PdfBench.RunAsync(folder);
    case ["start", var folder]: return await StartBench.RunAsync(folder);
    default:
        Console.Error.WriteLine("Usage: bench/run log|pages|lists|pdf|sign|start");
        return 2;
}
