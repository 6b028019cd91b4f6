using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Transparency;

namespace Undersigned.Tests.Data;

/// <summary>Acts on many signatures and their undo, with the real sequencer behind them.</summary>
public sealed class BulkActsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_merge_of_spellings_is_undone_by_amendments_and_what_was_mended_since_stays()
    {
        await using var letter = await LetterStory.BeginAsync();
        var (ada, tomas, edda) = (await letter.AdmitAsync("Ada Okafor"), await letter.AdmitAsync("Tomás Herrera"), await letter.AdmitAsync("Edda Lindqvaist"));
        await letter.PublishAsync();

        var act = await ActAsync(letter, "merge-spellings", [ada, tomas, edda], async (db, s) => await RewriteAsync(db, letter, s, "Office of Weirs"));
        await letter.SequenceAsync();
        var log = await letter.CheckAsync(standing: 3);
        Assert.All(log.Standing, s => Assert.Equal("Office of Weirs", s.Organization));
        await letter.AmendAsync(edda, "Edda Lindqvist");
        await SetOfficeAsync(letter, tomas, "Weirs and Locks");

        var undone = await UndoAsync(letter, act);
        await letter.SequenceAsync();

        Assert.Equal(new BulkUndone(2, 1, false), undone);
        Assert.Equal([("Ada Okafor", "Weir Office"), ("Edda Lindqvist", "Weir Office"), ("Tomás Herrera", "Weirs and Locks")],
            (await letter.CheckAsync(standing: 3)).Standing.Select(s => (s.Name, s.Organization!)).Order());
        Assert.Equal(new BulkUndone(0, 0, true), await UndoAsync(letter, act));
        var acts = await letter.App.QueryAsync(db => db.Acts.Where(a => a.BulkActId == act).OrderBy(a => a.Id).Select(a => a.What).ToListAsync(Stop));
        Assert.Equal(["merge-spellings", "merge-spellings", "merge-spellings", "undo-merge-spellings", "undo-merge-spellings"], acts);
    }

    [Fact]
    public async Task A_removal_of_many_is_undone_by_putting_them_back_under_their_numbers()
    {
        await using var letter = await LetterStory.BeginAsync();
        var (ada, tomas) = (await letter.AdmitAsync("Ada Okafor"), await letter.AdmitAsync("Tomás Herrera"));
        await letter.PublishAsync();
        var number = (await letter.SignatureAsync(ada)).Number;

        var act = await ActAsync(letter, "remove", [ada, tomas], async (db, s) => await db.LeaveAsync(s, SignatureState.Removed, "not-eligible", letter.Now, Stop));
        await letter.SequenceAsync();
        await letter.CheckAsync(standing: 0);
        await letter.EraseAsync(tomas);

        Assert.Equal(new BulkUndone(1, 1, false), await UndoAsync(letter, act));
        await letter.SequenceAsync();

        var log = await letter.CheckAsync(standing: 1);
        Assert.Equal("Ada Okafor", Assert.Single(log.Standing).Name);
        var back = await letter.SignatureAsync(ada);
        Assert.Equal((SignatureState.Listed, number, null), (back.State, back.Number, back.DecisionReason));
        Assert.Equal(SignatureState.Erased, (await letter.SignatureAsync(tomas)).State);
        Assert.Equal([ada], await letter.App.QueryAsync(db => db.BulkActItems.Select(i => i.SignatureId).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Letting_in_is_undone_before_the_page_without_a_trace_and_after_it_by_removal_to_review()
    {
        await using var letter = await LetterStory.BeginAsync();
        var (ada, tomas) = (await WaitAsync(letter, await letter.AdmitAsync("Ada Okafor")), await WaitAsync(letter, await letter.AdmitAsync("Tomás Herrera")));
        Task AdmitAsync(UndersignedDb db, Signature s)
        {
            db.Admit(s, letter.Now);
            return Task.CompletedTask;
        }

        var early = await ActAsync(letter, "admit", [ada], AdmitAsync);
        Assert.Equal(1, (await UndoAsync(letter, early)).Restored);
        Assert.Equal(SignatureState.Confirmed, (await letter.SignatureAsync(ada)).State);
        Assert.Equal(0, await letter.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == ada, Stop)));

        var late = await ActAsync(letter, "admit", [tomas], AdmitAsync);
        await letter.PublishAsync();
        Assert.Equal(1, (await UndoAsync(letter, late)).Restored);
        await letter.SequenceAsync();

        await letter.CheckAsync(standing: 0);
        var back = await letter.SignatureAsync(tomas);
        Assert.Equal((SignatureState.InReview, Oddity.Undone), (back.State, back.ReviewReasons[0]));
    }

    [Fact]
    public async Task Evidence_that_an_act_added_is_ended_and_the_level_follows()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor");
        await letter.PublishAsync();

        var act = await ActAsync(letter, "mark-known", [ada], async (db, s) =>
        {
            db.Evidence.Add(new Evidence { LetterId = letter.LetterId, SignatureId = s.Id, Kind = EvidenceKind.Known, At = letter.Now, What = "reached by a published number" });
            await db.EvidenceChangedAsync(await db.Letters.SingleAsync(l => l.Id == letter.LetterId, Stop), s, letter.Now, Stop);
        });
        await letter.SequenceAsync();
        Assert.Equal(SignatureLevel.Known, (await letter.SignatureAsync(ada)).Level);

        await UndoAsync(letter, act);
        await letter.SequenceAsync();

        await letter.CheckAsync(standing: 1);
        Assert.Equal(SignatureLevel.Email, (await letter.SignatureAsync(ada)).Level);
        var evidence = await letter.App.QueryAsync(db => db.Evidence.SingleAsync(Stop));
        Assert.NotNull(evidence.EndedAt);
    }

    [Fact]
    public async Task What_the_memory_of_an_act_keeps_of_people_is_sealed()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor");
        await ActAsync(letter, "note", [ada], (_, s) =>
        {
            s.Note = "asked to be called after six";
            return Task.CompletedTask;
        });

        var item = await letter.App.QueryAsync(db => db.BulkActItems.SingleAsync(Stop));

        Assert.Contains("after six", item.After, StringComparison.Ordinal);
        Assert.DoesNotContain("after six", System.Text.Encoding.UTF8.GetString(item.Sealed!), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", System.Text.Encoding.UTF8.GetString(item.Sealed!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decline_is_not_undone_where_the_same_mailbox_has_signed_again()
    {
        await using var letter = await LetterStory.BeginAsync();
        var first = await WaitAsync(letter, await letter.AdmitAsync("Ada Okafor"));
        await TagAsync(letter, first);
        var act = await ActAsync(letter, "decline", [first], async (db, s) => await db.LeaveAsync(s, SignatureState.Declined, "other", letter.Now, Stop));
        await TagAsync(letter, await letter.AdmitAsync("Ada N. Okafor"));

        Assert.Equal(new BulkUndone(0, 1, false), await UndoAsync(letter, act));
        Assert.Equal(SignatureState.Declined, (await letter.SignatureAsync(first)).State);
    }

    private static Task TagAsync(LetterStory letter, long id) => letter.App.QueryAsync(async db =>
    {
        (await db.Signatures.SingleAsync(s => s.Id == id, Stop)).AddressTag = [1, 2, 3];
        return await db.SaveChangesAsync(Stop);
    });

    private static async Task<long> WaitAsync(LetterStory letter, long id)
    {
        await letter.App.QueryAsync(async db =>
        {
            await db.LeaveAsync(await db.Signatures.SingleAsync(s => s.Id == id, Stop), SignatureState.Confirmed, null, letter.Now, Stop);
            return await db.SaveChangesAsync(Stop);
        });
        return id;
    }

    private static Task SetOfficeAsync(LetterStory letter, long id, string organization) => letter.App.QueryAsync(async db =>
    {
        await RewriteAsync(db, letter, await db.Signatures.SingleAsync(s => s.Id == id, Stop), organization);
        return await db.SaveChangesAsync(Stop);
    });

    private static Task RewriteAsync(UndersignedDb db, LetterStory letter, Signature signature, string organization)
    {
        signature.Posts = [.. signature.Posts.Select(p => p with { Organization = organization })];
        return db.AmendAnywhereAsync(signature, "update", letter.Now, Stop);
    }

    private static Task<long> ActAsync(LetterStory letter, string what, IReadOnlyList<long> about, Func<UndersignedDb, Signature, Task> change) => letter.App.QueryAsync(async db =>
    {
        var bulk = db.BeginBulk(await db.Letters.SingleAsync(l => l.Id == letter.LetterId, Stop), await AccountAsync(db), what, letter.Now);
        foreach (var signature in await db.Signatures.Where(s => about.Contains(s.Id)).ToListAsync(Stop))
        {
            bulk.About(signature);
            await change(db, signature);
        }
        return (await bulk.SaveAsync(null, Stop)).Id;
    });

    private static Task<BulkUndone> UndoAsync(LetterStory letter, long act) => letter.App.QueryAsync(async db =>
        await db.UndoBulkAsync(await db.Letters.SingleAsync(l => l.Id == letter.LetterId, Stop), act, await AccountAsync(db), letter.Now, Stop));

    private static async Task<long> AccountAsync(UndersignedDb db)
    {
        if (await db.Users.FirstOrDefaultAsync(Stop) is { } there)
            return there.Id;
        var account = new Account { DisplayName = "Hyacinth Moravcová-Dube", UserName = "hyacinth", CreatedAt = DateTimeOffset.UnixEpoch };
        db.Users.Add(account);
        await db.SaveChangesAsync(Stop);
        return account.Id;
    }
}
