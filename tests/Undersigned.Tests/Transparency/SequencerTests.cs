using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Tests.Transparency;

public sealed class SequencerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changed_rules_and_what_is_published_under_a_letter_stand_in_its_log_with_their_documents()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitAsync("Ada Okafor");
        await letter.PublishAsync();
        var document = """{"kind":"edition","title":"Edition 1","body":"2 names","time":"2026-03-01T09:00:00Z","language":"en"}"""u8.ToArray();
        await letter.App.QueryAsync(async db =>
        {
            var row = await db.Letters.SingleAsync(l => l.Id == letter.LetterId);
            row.Eras = [new Era("First government", 1981, 1989, "North")];
            await db.ReviseRulesAsync(row, letter.Now, Stop);
            var post = new LetterPost { LetterId = row.Id, Kind = global::Undersigned.Model.PostKind.Edition, Text = document, TextHash = SHA256.HashData(document), At = letter.Now };
            db.Posts.Add(post);
            await db.SaveChangesAsync(Stop);
            db.Changes.Add(new Change { LetterId = row.Id, Kind = ChangeKind.Post, PostId = post.Id, At = letter.Now });
            return await db.SaveChangesAsync(Stop);
        });
        await letter.SequenceAsync();
        await letter.AdmitAsync("Miriam Blum");
        await letter.SequenceAsync();

        var log = await letter.CheckAsync(standing: 2);
        Assert.Equal([EntryType.Open, EntryType.Sign, EntryType.Revise, EntryType.Post, EntryType.Sign], log.Entries.Select(e => e.Type));
        using var http = letter.App.Client();
        foreach (var (entry, words) in new[] { (log.Entries[2].Rules!.Value, "First government"), (log.Entries[3].Text!.Value, "Edition 1") })
        {
            var bytes = await http.GetByteArrayAsync(new Uri($"/letters/{letter.Slug}/log/texts/{Convert.ToHexStringLower(entry.ToArray())}", UriKind.Relative), Stop);
            Assert.Equal(entry.ToArray(), SHA256.HashData(bytes));
            Assert.Contains(words, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        }
        // The same rules again are no revision.
        await letter.App.QueryAsync(async db =>
        {
            await db.ReviseRulesAsync(await db.Letters.SingleAsync(l => l.Id == letter.LetterId), letter.Now, Stop);
            return await db.SaveChangesAsync(Stop);
        });
        Assert.Equal(0, await letter.App.QueryAsync(db => db.Changes.CountAsync()));
    }

    [Fact]
    public async Task A_letters_whole_life_stays_one_list_one_number_and_one_log()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor", "ada@post.example");
        var lukasz = await letter.AdmitAsync("Łukasz Wierzbicki", "lukasz@post.example");
        var imported = await letter.AdmitAsync("김민서", "minseo@post.example", SignatureSource.Import, SignatureLevel.Imported);
        await letter.PublishAsync();
        await letter.CheckAsync(standing: 3);

        await letter.AmendAsync(lukasz, "Łukasz J. Wierzbicki");
        await letter.AdmitAsync("Miriam Blum");
        await letter.SequenceAsync();
        var log = await letter.CheckAsync(standing: 4);
        Assert.Contains("Łukasz J. Wierzbicki", log.Names);
        Assert.DoesNotContain("Łukasz Wierzbicki", log.Names);

        await letter.RemoveAsync(ada);
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 3);
        await letter.ReinstateAsync(ada);
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 4);
        await letter.AmendAsync(ada, "Ada N. Okafor");
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 4);

        await letter.WithdrawAsync(lukasz);
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 3);
        await letter.EraseAsync(ada);
        await letter.SequenceAsync();
        log = await letter.CheckAsync(standing: 2);
        Assert.Equal(2, log.Entries.Count(e => e.Type == EntryType.Erase));

        await letter.CloseAsync();
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 2);
        await letter.ReopenAsync();
        await letter.AdmitAsync("Tomás Herrera");
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 3);

        var mails = await letter.App.QueryAsync(db => db.Outbox.OrderBy(m => m.Id).Select(m => new { m.SignatureId, m.Kind }).ToListAsync());
        Assert.Equal(
            [(ada, MailKind.Listed), (lukasz, MailKind.Listed), (imported, MailKind.Imported)],
            mails.Select(m => (m.SignatureId, m.Kind)).Order());
    }

    [Fact]
    public async Task A_line_whose_words_changed_while_it_was_away_comes_back_and_is_amended()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor");
        await letter.AdmitAsync("Miriam Blum");
        await letter.PublishAsync();
        await letter.RemoveAsync(ada);
        await letter.SequenceAsync();
        // Off the list no amendment is queued.
        await letter.AmendAsync(ada, "Ada N. Okafor");
        await letter.SequenceAsync();
        await letter.ReinstateAsync(ada);
        await letter.SequenceAsync();

        var log = await letter.CheckAsync(standing: 2);
        Assert.Contains("Ada N. Okafor", log.Names);
        Assert.DoesNotContain("Ada Okafor", log.Names);
        Assert.Equal([EntryType.Remove, EntryType.Reinstate, EntryType.Amend], log.Entries.TakeLast(3).Select(e => e.Type));

        // Back with the same words it is not amended.
        await letter.RemoveAsync(ada);
        await letter.SequenceAsync();
        await letter.ReinstateAsync(ada);
        await letter.SequenceAsync();
        Assert.Equal([EntryType.Remove, EntryType.Reinstate], (await letter.CheckAsync(standing: 2)).Entries.TakeLast(2).Select(e => e.Type));
    }

    [Fact]
    public async Task Before_publication_the_log_answers_like_that_of_no_letter()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitAsync("Ada Okafor");
        await letter.SequenceAsync(held: 1);
        using var http = letter.App.Client();
        foreach (var path in new[] { "key", "checkpoint", "checkpoints/1", "tile/entries/000.p/1", "tile/0/000.p/1", "records/000" })
        {
            using var known = await http.GetAsync(new Uri($"letters/{letter.Slug}/log/{path}", UriKind.Relative), Stop);
            using var unknown = await http.GetAsync(new Uri($"letters/nobody/log/{path}", UriKind.Relative), Stop);
            Assert.Equal((System.Net.HttpStatusCode.NotFound, await unknown.Content.ReadAsStringAsync(Stop)), (known.StatusCode, await known.Content.ReadAsStringAsync(Stop)));
        }
    }

    [Fact]
    public async Task Publication_is_one_batch_and_every_later_batch_has_a_later_time()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitManyAsync(20);
        await letter.PublishAsync();
        var log = await letter.CheckAsync(standing: 20);
        Assert.Equal(21, log.Checkpoint.Size);
        Assert.Single(log.Replay.Published);

        for (var i = 0; i < 3; i++)
        {
            await letter.AdmitAsync($"Edda Nyström {i}");
            await letter.SequenceAsync();
        }
        log = await letter.CheckAsync(standing: 23);
        Assert.Equal(4, log.Replay.Published.Count());
        Assert.True(log.Entries[^1].Time <= letter.Now);
    }

    [Fact]
    public async Task A_publication_whose_time_has_come_happens_by_itself()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.AdmitAsync("Ada Okafor");
        await letter.LetterAsync((_, l) => (l.Imprint, l.PublishAt) = ("1 Sluice Lane, Wehrstadt", letter.Now.AddSeconds(5)));
        await letter.SequenceAsync(held: 1);
        Assert.Null(letter.App.Get<Undersigned.Data.PublishedLetters>().Find(letter.Slug));
        letter.Clock.Advance(TimeSpan.FromSeconds(10));
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 1);
    }

    [Fact]
    public async Task A_letter_that_lacks_something_when_its_time_comes_is_not_published_then_nor_later()
    {
        await using var letter = await LetterStory.BeginAsync();
        var (body, at) = ("", letter.Now.AddSeconds(5));
        await letter.LetterAsync((_, l) => (body, l.Body, l.PublishAt) = (l.Body, "", at));
        letter.Clock.Advance(TimeSpan.FromSeconds(10));
        for (var (isSet, i) = (true, 0); isSet && i < 500; i++)
        {
            await letter.SequenceAsync();
            await letter.LetterAsync((_, l) => isSet = l.PublishAt is not null);
        }
        await letter.LetterAsync((db, l) =>
        {
            Assert.Null(l.PublishAt);
            Assert.StartsWith("the text, your postal", db.Acts.Single(a => a.LetterId == l.Id && a.What == "publish-at-missed").Detail, StringComparison.Ordinal);
            (l.Body, l.Imprint) = (body, "1 Sluice Lane, Wehrstadt");
        });
        letter.Clock.Advance(TimeSpan.FromSeconds(10));
        await letter.SequenceAsync();
        Assert.Null(letter.App.Get<Undersigned.Data.PublishedLetters>().Find(letter.Slug));
    }

    [Fact]
    public async Task While_publishing_is_held_nobody_appears_and_everybody_can_leave()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor");
        var miriam = await letter.AdmitAsync("Miriam Blum");
        await letter.PublishAsync();
        await letter.LetterAsync((_, l) => l.HoldPublishing = true);
        await letter.AdmitAsync("Edda Nyström");
        await letter.AmendAsync(miriam, "Miriam R. Blum");
        await letter.WithdrawAsync(ada);
        await letter.SequenceAsync(held: 2);
        var log = await letter.CheckAsync(standing: 1);
        Assert.Equal(["Miriam Blum"], log.Names);

        await letter.LetterAsync((_, l) => l.HoldPublishing = false);
        await letter.SequenceAsync();
        log = await letter.CheckAsync(standing: 2);
        Assert.Contains("Miriam R. Blum", log.Names);
    }

    [Fact]
    public async Task An_erased_line_leaves_no_trace_in_the_list_and_its_record_is_destroyed()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor");
        await letter.AdmitAsync("Miriam Blum");
        await letter.PublishAsync();
        await letter.AmendAsync(ada, "Ada N. Okafor");
        await letter.SequenceAsync();
        await letter.EraseAsync(ada);
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 1);
        for (var i = 0; i < 100 && await LinesAsync() > 1; i++)
        {
            letter.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Stop);
        }
        Assert.Equal(1, await LinesAsync());
        await letter.CheckAsync(standing: 1);

        Task<int> LinesAsync() => letter.App.QueryAsync(db => db.Lines.CountAsync(l => l.LetterId == letter.LetterId));
    }

    [Fact]
    public async Task A_signature_whose_record_could_not_be_read_back_holds_up_nobody_else()
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.PublishAsync();
        var bad = await letter.AdmitAsync("Ada\u0007Okafor");
        await letter.AdmitAsync("Miriam Blum");
        await letter.SequenceAsync(held: 1);
        await letter.CheckAsync(standing: 1);
        var trouble = Assert.Single(letter.App.Get<Undersigned.Data.LogTroubles>().All);
        Assert.Contains($"signature {bad}", trouble.What, StringComparison.Ordinal);
        Assert.Equal(SignatureState.Admitted, (await letter.SignatureAsync(bad)).State);
    }
}
