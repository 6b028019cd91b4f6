using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Transparency;

namespace Undersigned.Tests.Data;

public sealed class FacetCacheTests
{
    [Fact]
    public async Task A_count_that_goes_on_is_the_count_of_the_whole()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.LetterAsync((_, l) => l.Eras = [new("Ashdown", 1979, 1995, "Lantern"), new("Birk", 1996, null, "Orchard")]);
        var people = new List<long>();
        for (var i = 0; i < 8; i++)
            people.Add(await letter.AdmitAsync($"Ada Okafor {(char)('a' + i)}"));
        await letter.PublishAsync();
        await SameAsync(8);
        // The one that came last goes first: no line is taken for the one before.
        await letter.WithdrawAsync(people[7]);
        await letter.SequenceAsync();
        await SameAsync(7);
        await PostsAsync(people[0], new Post("Clerk", "Weir office", new YearSpan(1980, 1999)), new Post("Inspector", "Weir Office", null));
        await letter.RemoveAsync(people[1]);
        people.Add(await letter.AdmitAsync("Bo Ekelund", level: SignatureLevel.Domain));
        await letter.SequenceAsync();
        await SameAsync(7);
        await letter.ReinstateAsync(people[1]);
        await PostsAsync(people[2]);
        await letter.SequenceAsync();
        await SameAsync(8);
        // Destroyed before anybody asked: counted anew.
        await letter.EraseAsync(people[3]);
        for (var i = 0; i < 7; i++)
            await letter.SequenceAsync();
        await SameAsync(7);

        async Task SameAsync(int shown)
        {
            var published = letter.App.Get<PublishedLetters>();
            await published.RefreshAsync(CancellationToken.None);
            var now = published.Find(letter.Slug)!;
            var gone = await letter.App.Get<FacetCache>().OfAsync(now);
            var whole = await new FacetCache(letter.App.Get<IDbContextFactory<UndersignedDb>>()).OfAsync(now);
            Assert.Equal(shown, gone.Shown);
            Assert.Equal(JsonSerializer.Serialize(whole), JsonSerializer.Serialize(gone));
        }

        Task PostsAsync(long id, params Post[] posts) => letter.App.QueryAsync(async db =>
        {
            var signature = await db.Signatures.SingleAsync(s => s.Id == id);
            signature.Posts = [.. posts];
            db.Amend(signature, "update", letter.Now);
            return await db.SaveChangesAsync();
        });
    }
}
