using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Transparency;

public sealed class CostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("checkpoint", 0)]
    [InlineData("key", 0)]
    [InlineData("checkpoints/301", 1)]
    [InlineData("tile/0/000", 1)]
    [InlineData("tile/1/000.p/1", 1)]
    [InlineData("tile/entries/001.p/45", 1)]
    [InlineData("records/000", 1)]
    [InlineData("../verify", 2)]
    public async Task A_public_answer_asks_the_database_at_most_so_often(string path, int queries)
    {
        var database = new AskedDatabase();
        await using var letter = await LetterStory.BeginAsync(configure: database.Configure);
        var ada = await letter.AdmitAsync("Ada Okafor");
        await letter.AdmitManyAsync(299);
        await letter.PublishAsync();
        await letter.AmendAsync(ada, "Ada N. Okafor");
        await letter.SequenceAsync();
        using var http = letter.App.Client();
        database.Take();
        using var answer = await http.GetAsync(new Uri($"letters/{letter.Slug}/log/{path}", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(database.Take(), 0, queries);
    }

    [Fact]
    public async Task A_batch_writes_each_entry_and_line_once_and_each_tile_that_grew_once()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitManyAsync(300);
        await letter.PublishAsync();
        await letter.AdmitManyAsync(300);
        await letter.SequenceAsync();
        var rows = await letter.App.QueryAsync(async db => (
            Entries: await db.Entries.CountAsync(Stop), Lines: await db.Lines.CountAsync(Stop), Tiles: await db.Tiles.CountAsync(Stop),
            Checkpoints: await db.Checkpoints.CountAsync(Stop), Changes: await db.Changes.CountAsync(Stop)));
        Assert.Equal((601, 600, 4, 2, 0), rows);
        Assert.Contains(letter.App.Log, l => l.Contains("Executed DbCommand", StringComparison.Ordinal));
    }
}
