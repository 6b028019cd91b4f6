using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Verifier;

namespace Undersigned.Tests.Transparency;

/// <summary>The verifying program over HTTP: against the letter as it is, and against databases in which one thing was changed.</summary>
public sealed class TamperTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_changed_in_the_database_is_caught_and_named_and_nothing_else_is()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor");
        await letter.AdmitManyAsync(300);
        await letter.PublishAsync();
        await letter.AmendAsync(ada, "Ada N. Okafor");
        await letter.SequenceAsync();
        var (status, said) = await VerifyAsync(letter);
        Assert.True(status == 0, said);
        Assert.Contains("301 names are listed", said, StringComparison.Ordinal);

        await CaughtAsync(letter, NameAsync, "FAIL 4 records/");
        await CaughtAsync(letter, db => Tampering.EntryAsync(db, letter.LetterId, 7), "FAIL 2 checkpoint expected root");
        await CaughtAsync(letter, db => Tampering.TileAsync(db, letter.LetterId), "FAIL 2 tile/0/000");
        await CaughtAsync(letter, TextAsync, "FAIL 5 texts/");
        await CaughtAsync(letter, CountAsync, "FAIL 7 ../../inspectors.json expected standing 301");
        await CaughtAsync(letter, SizeAsync, "FAIL 1 checkpoint");

        (status, said) = await VerifyAsync(letter);
        Assert.True(status == 0, said);
    }

    private static async Task NameAsync(UndersignedDb db)
    {
        var line = await db.Lines.FirstAsync(l => l.Number == 5, Stop);
        line.Record = line.Record.Replace("Ada", "Eva", StringComparison.Ordinal);
        await db.SaveChangesAsync(Stop);
    }

    private static async Task TextAsync(UndersignedDb db)
    {
        var revision = await db.Revisions.SingleAsync(Stop);
        revision.Text = [.. revision.Text[..^1], (byte)' ', (byte)'}'];
        await db.SaveChangesAsync(Stop);
    }

    private static async Task CountAsync(UndersignedDb db)
    {
        var last = await db.Checkpoints.OrderByDescending(c => c.Size).FirstAsync(Stop);
        last.Counts = last.Counts with { Standing = last.Counts.Standing + 100 };
        await db.SaveChangesAsync(Stop);
    }

    private static async Task SizeAsync(UndersignedDb db)
    {
        var last = await db.Checkpoints.OrderByDescending(c => c.Size).FirstAsync(Stop);
        last.Note = last.Note.Replace(string.Create(CultureInfo.InvariantCulture, $"\n{last.Size}\n"), string.Create(CultureInfo.InvariantCulture, $"\n{last.Size - 1}\n"), StringComparison.Ordinal);
        await db.SaveChangesAsync(Stop);
    }

    // Changes a copy of the database, asks the program, and puts the good database back.
    private static async Task CaughtAsync(LetterStory letter, Func<UndersignedDb, Task> change, string named)
    {
        await letter.RestartAsync(letter.App.BackUpAsync);
        await letter.App.QueryAsync(async db =>
        {
            await change(db);
            return 0;
        });
        await letter.RestartAsync();
        var (status, said) = await VerifyAsync(letter);
        await letter.RestartAsync(letter.App.RestoreAsync);
        Assert.True(status == 1, said);
        Assert.Contains(named, said, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Said)> VerifyAsync(LetterStory letter)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using var error = new StringWriter(CultureInfo.InvariantCulture);
        // PublishedLetters reads the database by itself only when its clock runs.
        await letter.App.Get<PublishedLetters>().RefreshAsync(Stop);
        var status = await Verify.RunAsync(["list", $"{letter.App.Url}letters/{letter.Slug}", "--thorough"], output, error, letter.Clock);
        return (status, output.ToString() + error);
    }
}
