using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Undersigned.Operation;

/// <summary>PostgreSQL's own pg_dump and pg_restore, with the settings of the connection; the password goes by the environment.</summary>
internal static class PostgresTool
{
    public static async Task RunAsync(string tool, string connection, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardError = true };
        foreach (var (name, value) in Environment(new NpgsqlConnectionStringBuilder(connection)))
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw new IOException($"{tool} failed: {said.Trim()}");
        }
        catch (Win32Exception)
        {
            throw new IOException($"{tool} is not there. Install PostgreSQL's client programs (Debian: postgresql-client), of the server's release or later.");
        }
    }

    private static IEnumerable<(string Name, string Value)> Environment(NpgsqlConnectionStringBuilder connection)
    {
        yield return ("PGHOST", connection.Host ?? "");
        yield return ("PGPORT", connection.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        yield return ("PGDATABASE", connection.Database ?? "");
        if (connection.Username is { } user)
            yield return ("PGUSER", user);
        if (connection.Password is { } password)
            yield return ("PGPASSWORD", password);
    }
}
