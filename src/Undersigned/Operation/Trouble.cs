using Undersigned.Data.Migrations;

namespace Undersigned.Operation;

internal static class Trouble
{
    /// <summary>What can go wrong outside this program is said in one sentence.</summary>
    public static async Task<int> SayAsync(Func<Task<int>> run, TextWriter error)
    {
        try
        {
            return await run();
        }
        catch (UsageException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitStatus.Usage;
        }
        catch (NewerDatabaseException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitStatus.NewerDatabase;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or System.Data.Common.DbException)
        {
            await error.WriteLineAsync(e.Message);
            return ExitStatus.Failed;
        }
    }
}
