using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Transparency;

namespace Undersigned.Tests.Transparency;

public sealed class RecoveryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_writers_at_once_write_every_change_once()
    {
        await using var letter = await LetterStory.BeginAsync();
        var writers = new[] { Writer(letter), Writer(letter) };
        await letter.PublishAsync();
        for (var i = 0; i < 5; i++)
        {
            await letter.AdmitManyAsync(4);
            letter.Clock.Advance(TimeSpan.FromSeconds(2));
            letter.App.Get<WorkSignal>().Poke();
            await Task.WhenAll(writers.Select(w => Task.Run(() => w.RoundAsync(null, Stop))));
        }
        await letter.SequenceAsync();
        var log = await letter.CheckAsync(standing: 20);
        Assert.Equal(21, log.Checkpoint.Size);
        Assert.Empty(letter.App.Get<LogTroubles>().All);
    }

    private static Sequencer Writer(LetterStory letter) => ActivatorUtilities.CreateInstance<Sequencer>(letter.App.Services);

    [Fact]
    public async Task Of_two_writers_with_the_same_batch_one_wins_and_the_other_leaves_no_row()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.PublishAsync();
        await letter.AdmitAsync("Ada Okafor");
        await letter.SequenceAsync();
        var (stale, fresh) = (Writer(letter), Writer(letter));
        await stale.OpenAllAsync(Stop);
        await letter.AdmitAsync("Miriam Blum");
        await letter.SequenceAsync();
        await letter.AdmitAsync("Edda Nyström");
        // The stale one still believes in the size before Miriam's.
        await Task.WhenAll(stale.RoundAsync(null, Stop), fresh.RoundAsync(null, Stop));
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 3);
    }

    [Fact]
    public async Task A_crash_after_the_commit_is_made_good_by_the_same_checkpoint_at_the_next_start()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitAsync("Ada Okafor");
        await letter.PublishAsync();
        await letter.AdmitAsync("Miriam Blum");
        await letter.SequenceAsync();
        var note = await NoteAsync();
        await letter.RestartAsync(async () => await UnpublishAsync(letter));
        await letter.SequenceAsync();
        Assert.Equal(note, await NoteAsync());
        await letter.AdmitAsync("Edda Nyström");
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 3);

        Task<string> NoteAsync() => letter.App.QueryAsync(db => db.Checkpoints.Where(c => c.Size == 3).Select(c => c.Note).SingleAsync());
    }

    // As if the process had died between the commit of the entries and the checkpoint's.
    private static async Task UnpublishAsync(LetterStory letter)
    {
        var options = new DbContextOptionsBuilder<UndersignedDb>();
        Database.Use(options, letter.App.Instance);
        await using var db = new UndersignedDb(options.Options);
        await db.Checkpoints.Where(c => c.Size == 3).ExecuteDeleteAsync(Stop);
        await db.Logs.ExecuteUpdateAsync(set => set.SetProperty(l => l.PublishedSize, 2), Stop);
    }

    [Fact]
    public async Task A_log_restored_from_a_backup_is_not_continued_and_says_so_while_the_others_go_on()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitAsync("Ada Okafor");
        await letter.PublishAsync();
        await letter.RestartAsync(letter.App.BackUpAsync);
        await letter.AdmitAsync("Miriam Blum");
        await letter.SequenceAsync();
        await letter.RestartAsync(letter.App.RestoreAsync);

        await letter.AdmitAsync("Edda Nyström");
        var trouble = await letter.TroubleAsync();
        var log = await letter.ReadAsync();
        Assert.Equal(2, log.Checkpoint.Size);

        Assert.Equal((LogTroubleKind.Refused, log.Checkpoint.Origin), (trouble.Kind, trouble.Origin));
        Assert.Contains("holds 2 entries, but size 3 has been signed", trouble.What, StringComparison.Ordinal);
        Assert.Contains(letter.App.Log, l => l.Contains(trouble.What, StringComparison.Ordinal) && l.Contains(trouble.Remedy, StringComparison.Ordinal));
        await AnotherLetterGoesOnAsync(letter);
        using var http = letter.App.Client();
        Assert.Contains("This record is not being continued", await http.GetStringAsync(new Uri($"letters/{letter.Slug}/verify", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    private static async Task AnotherLetterGoesOnAsync(LetterStory letter)
    {
        await letter.App.QueryAsync(async db =>
        {
            var other = new Letter { Slug = "other", CreatedAt = letter.Now, Title = "Another letter", Organiser = "Weirkeepers" };
            db.Letters.Add(other);
            await db.SaveChangesAsync(Stop);
            db.Publish(other, letter.Now);
            return await db.SaveChangesAsync(Stop);
        });
        for (var i = 0; i < 100 && letter.App.Get<PublishedLetters>().Find("other") is null; i++)
        {
            letter.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Stop);
        }
        Assert.Equal(1, letter.App.Get<PublishedLetters>().Find("other")?.Size);
    }

    [Fact]
    public async Task A_database_that_lost_the_whole_log_is_refused_too()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitAsync("Ada Okafor");
        await letter.RestartAsync(letter.App.BackUpAsync);
        await letter.PublishAsync();
        await letter.RestartAsync(letter.App.RestoreAsync);
        await letter.LetterAsync((db, l) => db.Publish(l, letter.Now));
        Assert.Contains("holds no entry, but size 2 has been signed", (await letter.TroubleAsync()).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entry", "not those that were written")]
    [InlineData("tile", "tiles in the database are not")]
    [InlineData("counts", "counts in the database are not")]
    [InlineData("root", "not those that were written")]
    public async Task A_log_whose_rows_do_not_fit_together_is_not_continued(string what, string says)
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitManyAsync(3);
        await letter.PublishAsync();
        await letter.App.QueryAsync(async db =>
        {
            if (what == "entry")
                await Tampering.EntryAsync(db, letter.LetterId, 0);
            else if (what == "tile")
                await Tampering.TileAsync(db, letter.LetterId);
            var log = await db.Logs.SingleAsync(Stop);
            if (what == "counts")
                log.Counts = log.Counts with { Email = log.Counts.Email - 1, Known = 1 };
            else if (what == "root")
                log.Root = new byte[32];
            return await db.SaveChangesAsync(Stop);
        });
        await letter.RestartAsync();
        await letter.AdmitAsync("Edda Nyström");
        Assert.Contains(says, (await letter.TroubleAsync()).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_was_signed_with_another_key_is_not_continued()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitManyAsync(3);
        await letter.PublishAsync();
        var seed = Path.Combine(Undersigned.Data.InstanceKeys.FolderOf(letter.App.Instance), "instance.seed");
        await letter.RestartAsync(() => File.WriteAllBytesAsync(seed, new byte[32], Stop));
        Assert.Contains("another key", (await letter.TroubleAsync()).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_was_set_far_back_stops_the_writer_until_it_is_right()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.PublishAsync();
        var right = letter.Now;
        letter.Clock.AdjustTime(right.AddHours(-1));
        await letter.AdmitAsync("Ada Okafor");
        Assert.Equal(LogTroubleKind.Clock, (await letter.TroubleAsync()).Kind);
        letter.Clock.AdjustTime(right.AddMinutes(1));
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 1);
        Assert.Empty(letter.App.Get<LogTroubles>().All);
    }

    [Fact]
    public async Task A_clock_that_was_set_a_little_back_holds_up_nobody()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.PublishAsync();
        // The fake clock's timestamps go back with it, as a machine's never do; a restart forgets them.
        await letter.RestartAsync(() => Task.Run(() => letter.Clock.AdjustTime(letter.Now.AddMinutes(-5))));
        foreach (var name in new[] { "Ada Okafor", "Miriam Blum" })
        {
            await letter.AdmitAsync(name);
            await letter.SequenceAsync();
        }
        var log = await letter.CheckAsync(standing: 2);
        Assert.Equal([0, 1, 2], log.Entries.Select(e => (e.Time - log.Entries[0].Time).TotalSeconds));
    }

    [Fact]
    public async Task A_machine_whose_clock_differs_from_the_databases_does_not_write()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.PublishAsync();
        await letter.AdmitAsync("Ada Okafor");
        await Writer(letter).RoundAsync(letter.Now.AddMinutes(11), Stop);
        Assert.Equal(LogTroubleKind.Clock, (await letter.TroubleAsync()).Kind);
    }
}
