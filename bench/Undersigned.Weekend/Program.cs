using Microsoft.Playwright;
using Npgsql;
using Undersigned.Weekend;

// bench/weekend builds this and hands its arguments on.
var plan = new WeekendPlan(1_100, 1_500, 6, 1_143, null, 0.97, 0.99);
for (var i = 0; i < args.Length; i++)
    switch (args[i])
    {
        case "--engine" when i + 1 < args.Length && args[++i] is "sqlite" or "postgres":
            plan = plan with { Database = args[i] == "sqlite" ? null : await NewDatabaseAsync() };
            break;
        case "--signers" when i + 1 < args.Length && int.TryParse(args[++i], out var signers):
            plan = plan with { Before = signers * 11 / 26, After = signers - signers * 11 / 26 };
            break;
        case "--seed" when i + 1 < args.Length && int.TryParse(args[++i], out var seed):
            plan = plan with { Seed = seed };
            break;
        default:
            Console.Error.WriteLine("Usage: bench/weekend [--engine sqlite|postgres] [--signers 2600] [--seed 1143]");
            return 2;
    }

var folder = Directory.CreateTempSubdirectory("undersigned-weekend-");
try
{
    using var playwright = await Playwright.CreateAsync();
    await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", ChromiumSandbox = false });
    var outcome = await Weekend.RunAsync(plan, folder.FullName, browser, Console.Error.WriteLine);
    Console.Write(Report.Of(outcome));
    return outcome.IsGood ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}

// bench/weekend has started a server, or was told of one.
static async Task<string> NewDatabaseAsync()
{
    var server = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable("UNDERSIGNED_BENCH_POSTGRES"));
    await using var connection = new NpgsqlConnection(server.ToString());
    await connection.OpenAsync();
    server.Database = "weekend_" + Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
    await using var command = connection.CreateCommand();
    command.CommandText = "CREATE DATABASE " + server.Database;
    await command.ExecuteNonQueryAsync();
    return server.ToString();
}
