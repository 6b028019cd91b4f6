using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Transparency;

/// <summary>
/// The real program, killed without warning while signatures are let in, and started again. UNDERSIGNED_KILLS says how often:
/// a few times in ./test, some hundred times by bench/kill.
/// </summary>
public sealed class KillTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("UNDERSIGNED_KILLS") ?? "5", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_lists_nothing_twice_and_its_log_verifies()
    {
        await using var house = await House.BuildAsync();
        var random = new Random(20260301);
        for (var i = 0; i < Kills; i++)
        {
            await using var program = await house.StartAsync();
            await house.LetInAsync(TimeSpan.FromMilliseconds(random.Next(50, 2500)));
            program.Kill();
        }
        await using var last = await house.StartAsync();
        await house.CheckAsync(last);
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {house.Acknowledged} signatures");
    }

    /// <summary>A database, a folder and a published letter, without a process.</summary>
    private sealed class House(string folder, Instance instance, long letterId) : IAsyncDisposable
    {
        private readonly ConcurrentBag<long> acknowledged = [];

        public int Acknowledged => acknowledged.Count;

        public static async Task<House> BuildAsync()
        {
            var folder = Directory.CreateTempSubdirectory("undersigned-kill-").FullName;
            var instance = new Instance { DataFolder = folder, PublicUrl = new Uri("http://letters.example"), Database = await TestEngine.NewDatabaseAsync() };
            await Migrations.RunAsync(instance);
            await using var db = Open(instance);
            var letter = new Letter { Slug = "inspectors", CreatedAt = TimeProvider.System.GetUtcNow(), Title = "Let the inspectors publish", Organiser = "Weirkeepers" };
            db.Letters.Add(letter);
            await db.SaveChangesAsync(Stop);
            db.Publish(letter, letter.CreatedAt);
            await db.SaveChangesAsync(Stop);
            return new House(folder, instance, letter.Id);
        }

        private static UndersignedDb Open(Instance instance)
        {
            var options = new DbContextOptionsBuilder<UndersignedDb>();
            Database.Use(options, instance);
            return new UndersignedDb(options.Options);
        }

        public Task<RunningProgram> StartAsync() => RunningProgram.StartAsync(instance);

        /// <summary>Admissions, removals and erasures from two sides for a while, as desks and pages write them; what was committed is remembered.</summary>
        public Task LetInAsync(TimeSpan howLong)
        {
            var until = Stopwatch.StartNew();
            return Task.WhenAll(Enumerable.Range(0, 2).Select(async side =>
            {
                for (var i = 0; until.Elapsed < howLong; i++)
                {
                    await using var db = Open(instance);
                    var signature = new Signature { LetterId = letterId, Revision = 1, Name = "Ada Okafor", FoldedName = "ada okafor", SubmittedAt = TimeProvider.System.GetUtcNow(), CodeExpiresAt = TimeProvider.System.GetUtcNow() + Signature.CodeLifetime };
                    db.Signatures.Add(signature);
                    await db.SaveChangesAsync(Stop);
                    db.Admit(signature, TimeProvider.System.GetUtcNow());
                    await db.SaveChangesAsync(Stop);
                    acknowledged.Add(signature.Id);
                    if (side == 0 && i % 10 == 9)
                        await LeaveAsync(i % 20 == 9);
                }
            }));
        }

        private async Task LeaveAsync(bool erase)
        {
            await using var db = Open(instance);
            if (await db.Signatures.OrderBy(s => s.Id).FirstOrDefaultAsync(s => s.State == SignatureState.Listed, Stop) is not { } signature)
                return;
            if (erase)
                await db.EraseAsync(signature, TimeProvider.System.GetUtcNow(), Stop);
            else
                await db.LeaveAsync(signature, SignatureState.Removed, "duplicate", TimeProvider.System.GetUtcNow(), Stop);
            try
            {
                await db.SaveChangesAsync(Stop);
            }
            catch (DbUpdateException)
            {
                // Somebody else was quicker; then nothing of it happened.
            }
        }

        public async Task CheckAsync(RunningProgram program)
        {
            await using var db = Open(instance);
            for (var i = 0; i < 1200 && (await db.Changes.AnyAsync(Stop) || await db.Logs.AnyAsync(l => l.PublishedSize < l.TreeSize, Stop)); i++)
                await Task.Delay(100, Stop);
            Assert.False(await db.Changes.AnyAsync(Stop), "Changes wait: " + program.Said);
            var log = await program.ReadLogAsync();
            var signatures = await db.Signatures.AsNoTracking().ToListAsync(Stop);
            Assert.Empty(acknowledged.Except(signatures.Where(s => s.Number is not null).Select(s => s.Id)));
            Assert.Equal(Enumerable.Range(1, (int)log.Replay.Signatories), signatures.Where(s => s.Number is not null).Select(s => s.Number!.Value).Order());
            Assert.Equal(log.Replay.Standing, signatures.Count(s => s.State == SignatureState.Listed));
            Assert.Equal(log.Replay.Standing, (await db.Checkpoints.OrderByDescending(c => c.Size).FirstAsync(Stop)).Counts.Standing);
        }

        public async ValueTask DisposeAsync()
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            await TestEngine.DropAsync(instance.Database);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>`undersigned serve` as a process of its own.</summary>
    private sealed class RunningProgram(Process process, Uri url, ConcurrentQueue<string> said) : IAsyncDisposable
    {
        public string Said => string.Join('\n', said);

        public static async Task<RunningProgram> StartAsync(Instance instance)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "Undersigned.dll"), "serve", "--data", instance.DataFolder, "--url", instance.PublicUrl.ToString(), "--port", "0"])
                start.ArgumentList.Add(argument);
            // Not as an argument: those are shown to everybody on the machine.
            if (instance.Database is { } database)
                start.Environment["UNDERSIGNED_DATABASE"] = database;
            var process = Process.Start(start)!;
            var said = new ConcurrentQueue<string>();
            process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
            process.BeginErrorReadLine();
            while (await process.StandardOutput.ReadLineAsync(Stop) is { } line)
            {
                said.Enqueue(line);
                if (line.StartsWith("Listening on ", StringComparison.Ordinal))
                    return new RunningProgram(process, new Uri(line["Listening on ".Length..]), said);
            }
            throw new InvalidOperationException("It did not start: " + string.Join('\n', said));
        }

        /// <summary>SIGKILL: nothing of it gets to run any more.</summary>
        public void Kill() => process.Kill();

        public async Task<ReadLog> ReadLogAsync()
        {
            using var http = new HttpClient { BaseAddress = url };
            return await ReadLog.OfAsync(http, "inspectors");
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }
}
