using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Linkage;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Duplicates;

public sealed class DuplicatesTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pair_is_shown_with_its_reasons_in_words_and_its_differing_parts_marked()
    {
        var room = await TwiceAsync();
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        var page = await reviewer.OpenAsync(room.Desk + "/duplicates");

        var panel = StaffBrowser.Words(page.QuerySelector(".pairing"));
        Assert.Contains("the same person", panel, StringComparison.Ordinal);
        Assert.Contains("Grigorenciuc", StaffBrowser.Words(page.QuerySelector(".why")), StringComparison.Ordinal);
        Assert.DoesNotContain("%", panel, StringComparison.Ordinal);
        Assert.Equal(["Vasili"], page.QuerySelectorAll(".pairing tr.differs td b").Select(StaffBrowser.Words).Where(w => w.StartsWith("Vasili", StringComparison.Ordinal) && w != "Vasile"));
    }

    [Fact]
    public async Task The_same_person_keeps_the_better_checked_line_its_number_and_the_chosen_words()
    {
        var room = await TwiceAsync();
        var (first, second) = await BothAsync(room);
        await room.ListAsync(first, 12);
        await room.WriteAsync(db => db.Evidence.Add(new Evidence { LetterId = room.LetterId, SignatureId = second.Id, Kind = EvidenceKind.Known, What = "by telephone", At = fixture.Time.GetUtcNow() }));
        using var reviewer = await room.EnterAsync(StaffRole.Editor);

        var done = await reviewer.PressAsync(
            await reviewer.OpenAsync(room.Desk + "/duplicates"), "Decide what is marked",
            ($"told-{first.Id}-{second.Id}", "same"), ($"words-{first.Id}-{second.Id}", second.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Contains("1 pair decided.", StaffBrowser.Words(done.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var (kept, other) = await BothAsync(room);
        Assert.Equal((SignatureState.Listed, 12, "Vasili Grigorenciuc", SignatureLevel.Known), (kept.State, kept.Number, kept.Name, kept.Level));
        Assert.Equal((SignatureState.Declined, "duplicate"), (other.State, other.DecisionReason));
        Assert.Equal(PairState.Same, (await PairAsync(room)).State);

        await fixture.App.QueryAsync(async db =>
        {
            var act = await db.BulkActs.SingleAsync(a => a.LetterId == room.LetterId, Stop);
            return await db.UndoBulkAsync(await db.Letters.SingleAsync(l => l.Id == room.LetterId, Stop), act.Id, reviewer.AccountId, fixture.Time.GetUtcNow(), Stop);
        });
        await FollowAsync(room);
        var (back, again) = await BothAsync(room);
        Assert.Equal(("Vasile Grigorenciuc", SignatureLevel.Email, SignatureState.Confirmed), (back.Name, back.Level, again.State));
        Assert.Equal(PairState.Waiting, (await PairAsync(room)).State);
    }

    [Fact]
    public async Task A_name_that_many_sign_with_asks_about_each_line_a_few_times_and_about_every_line()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var many = new List<long>();
        for (var i = 0; i < 40; i++)
            many.Add((await room.SignAsync("Vasile Grigorenciuc")).Id);
        await FollowAsync(room);

        var pairs = await fixture.App.QueryAsync(db => db.Pairs.AsNoTracking().Where(p => p.LetterId == room.LetterId).ToListAsync(Stop));
        var times = many.Select(id => pairs.Count(p => p.FirstId == id || p.SecondId == id)).ToList();
        Assert.All(times, t => Assert.InRange(t, 12, 39));
        Assert.InRange(pairs.Count, 12 * 40 / 2, 12 * 40);
    }

    [Fact]
    public async Task Told_apart_they_are_never_asked_about_again_and_look_alike_no_more()
    {
        var room = await TwiceAsync();
        var (first, second) = await BothAsync(room);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        var page = await reviewer.OpenAsync(room.Desk + "/duplicates");
        await reviewer.PressAsync(page, "Decide what is marked", ($"told-{first.Id}-{second.Id}", "different"));

        Assert.Equal(PairState.Different, (await PairAsync(room)).State);
        // Away and back again, and another word on one of them.
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == second.Id).State = SignatureState.Withdrawn);
        await FollowAsync(room);
        await room.WriteAsync(db => (db.Signatures.Single(s => s.Id == second.Id).State, db.Signatures.Single(s => s.Id == second.Id).Location) = (SignatureState.Confirmed, "Lindenmoor"));
        await FollowAsync(room);
        Assert.Equal(PairState.Different, (await PairAsync(room)).State);
        var glance = await reviewer.PressAsync(await reviewer.OpenAsync(room.Desk + "/glance"), "Take");
        Assert.Empty(glance.QuerySelectorAll(".differs"));
        var late = await reviewer.PressAsync(page, "Decide what is marked", ($"told-{first.Id}-{second.Id}", "same"));
        Assert.Contains("somebody else decided", StaffBrowser.Words(late.QuerySelector("[role=status]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waited_only_for_its_likeness_goes_on_once_it_is_told_apart()
    {
        var room = await TwiceAsync(l => l.GlanceRequired = false);
        var (first, second) = await BothAsync(room);
        await room.ListAsync(first, 12);
        await LeadOnAsync(room, second);
        var held = await room.ReadAsync(second);
        Assert.Equal((SignatureState.InReview, "perhaps-same:12"), (held.State, Assert.Single(held.ReviewReasons)));
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        await reviewer.PressAsync(await reviewer.OpenAsync(room.Desk + "/duplicates"), "Decide what is marked", ($"told-{first.Id}-{second.Id}", "different"));

        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(second)).State);
    }

    [Fact]
    public async Task Who_has_the_same_name_but_less_behind_it_is_reviewed_and_no_double()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var first = await room.SignAsync("Vasile Grigorenciuc", SignatureState.Confirmed, s => (s.Level, s.EmailDomain) = (SignatureLevel.Domain, "dams.example"));
        await room.ListAsync(first, 402);
        var second = await room.SignAsync("Vasile Grigorenciuc", SignatureState.Confirmed, s => s.EmailDomain = "gmail.com");
        await FollowAsync(room);
        Assert.True((await PairAsync(room)).MayBeImpersonation);
        await LeadOnAsync(room, second);

        var row = await room.ReadAsync(second);
        Assert.Equal((SignatureState.InReview, "uses-name:402"), (row.State, row.ReviewReasons[0]));
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        var page = await reviewer.OpenAsync(room.Desk + "/duplicates");
        Assert.Empty(page.QuerySelectorAll(".pairing"));
        Assert.Contains("Somebody may be using these names", StaffBrowser.Words(page.QuerySelector("main")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task After_any_acts_and_whichever_process_follows_the_pairs_are_those_of_a_comparison_from_the_beginning(int seed)
    {
        var random = new Random(seed);
        var room = await StaffRoom.OpenAsync(fixture.App);
        string[] given = ["Vasile", "Vasili", "Renzo", "Lorenzo", "Haldis", "Katherine", "Kate"], family = ["Grigorenciuc", "Grigorenciu", "Pallavacca", "Fossbergsen", "Østergaard"];
        string Name() => $"{given[random.Next(given.Length)]} {family[random.Next(family.Length)]}";
        await room.SignAsync(Enumerable.Range(0, 25).Select(_ => Name()));
        await FollowAsync(room);
        var told = new HashSet<(long, long)>();
        for (var round = 0; round < 8; round++)
        {
            foreach (var id in (await room.ReadAllAsync()).OrderBy(_ => random.Next()).Take(4).Select(r => r.Id).ToList())
                await room.WriteAsync(db => Change(db.Signatures.Single(s => s.Id == id), random, Name));
            await room.SignAsync(Name());
            if (random.Next(2) == 0)
                await fixture.App.QueryAsync(async db => told.Add(await TellApartAsync(db, room, random)));
            await FollowAsync(room, inAnotherProcess: random.Next(3) == 0);
            Assert.Equal(await FromTheBeginningAsync(room), await WaitingAsync(room));
        }
        Assert.NotEmpty(told);
        var different = await fixture.App.QueryAsync(db => db.Pairs.Where(p => p.LetterId == room.LetterId && p.State == PairState.Different).ToListAsync(Stop));
        Assert.Superset(told, different.Select(p => (p.FirstId, p.SecondId)).ToHashSet());
    }

    [Fact]
    public async Task Only_what_likeness_is_found_by_is_read_again()
    {
        var room = await TwiceAsync();
        var (first, second) = await BothAsync(room);
        var before = await NotedAsync(room);

        await room.WriteAsync(db => (db.Signatures.Single(s => s.Id == first.Id).Risk, db.Signatures.Single(s => s.Id == first.Id).Note) = (3, "asked twice"));
        await room.ListAsync(first, 12);
        Assert.Equal(before, await NotedAsync(room));
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == second.Id).Location = "Lindenmoor");
        var after = await NotedAsync(room);
        Assert.Equal(before[first.Id], after[first.Id]);
        Assert.True(after[second.Id] > before[second.Id]);
        await room.SignAsync("Orsolya Zsigmondyi", SignatureState.Submitted);
        Assert.Equal(after, await NotedAsync(room));
    }

    [Fact]
    public void A_change_moves_the_line_at_once_and_the_others_in_their_turn()
    {
        var lines = new LetterLikenesses();
        lines.Take(new LikenessRead(10, All: true, [], [.. Enumerable.Range(1, 9).Select(i => new Signatory(i, $"Somebody {i}"))]));
        IReadOnlySet<IdPair> nobody = new HashSet<IdPair>();
        List<long> seen = [];
        for (var i = 0; i < 3; i++)
        {
            var turn = lines.Next(nobody, 4);
            seen.AddRange(turn.Lines);
            lines.Done(turn);
        }
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], seen);
        Assert.Empty(lines.Next(nobody, 4).Lines);

        lines.Take(new LikenessRead(12, All: false, [5], [new Signatory(5, "Somebody Else")]));
        var failed = lines.Next(nobody, 2);
        Assert.Equal([5, 1, 2], failed.Lines);
        Assert.Equal(failed.Lines, lines.Next(nobody, 2).Lines);
        // What was read before somebody else read on is old.
        lines.Take(new LikenessRead(11, All: false, [5], []));
        Assert.True(lines.Stands(5));
    }

    private static void Change(Signature row, Random random, Func<string> name)
    {
        switch (random.Next(4))
        {
            case 0:
                row.State = row.State == SignatureState.Withdrawn ? SignatureState.Confirmed : SignatureState.Withdrawn;
                break;
            case 1:
                row.Posts = [new("Engineer", random.Next(2) == 0 ? "Canal Administration" : "Inspectorate of Dams and Locks", null)];
                break;
            case 2:
                row.Level = random.Next(2) == 0 ? SignatureLevel.Domain : SignatureLevel.Email;
                break;
            default:
                row.Name = name();
                break;
        }
    }

    private static async Task<(long, long)> TellApartAsync(UndersignedDb db, StaffRoom room, Random random)
    {
        var waiting = await db.Pairs.AsNoTracking().Where(p => p.LetterId == room.LetterId && p.State == PairState.Waiting).OrderBy(p => p.FirstId).ThenBy(p => p.SecondId).ToListAsync(Stop);
        var pair = waiting[random.Next(waiting.Count)];
        Assert.True(await db.SetPairAsync(pair, PairState.Waiting, PairState.Different, Stop));
        return (pair.FirstId, pair.SecondId);
    }

    private Task<Dictionary<long, long>> NotedAsync(StaffRoom room) =>
        fixture.App.QueryAsync(db => db.StandingChanges.Where(c => c.LetterId == room.LetterId).ToDictionaryAsync(c => c.SignatureId, c => c.At, Stop));

    private async Task<StaffRoom> TwiceAsync(Action<Letter>? with = null)
    {
        var room = await StaffRoom.OpenAsync(fixture.App, with);
        await room.SignAsync(["Vasile Grigorenciuc", "Vasili Grigorenciuc", "Haldis Fossbergsen"]);
        await FollowAsync(room);
        return room;
    }

    private async Task<(Signature First, Signature Second)> BothAsync(StaffRoom room)
    {
        var all = await room.ReadAllAsync();
        return (all[0], all[1]);
    }

    private Task<Pair> PairAsync(StaffRoom room) => fixture.App.QueryAsync(db => db.Pairs.AsNoTracking().SingleAsync(p => p.LetterId == room.LetterId));

    /// <summary>As the worker does; another process, or this one after a restart, has read nothing before.</summary>
    private async Task FollowAsync(StaffRoom room, bool inAnotherProcess = false)
    {
        var options = new DbContextOptionsBuilder<UndersignedDb>();
        Database.Use(options, fixture.App.Instance);
        await using var anew = new UndersignedDb(options.Options);
        await fixture.App.QueryAsync(async db =>
        {
            var letter = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == room.LetterId, Stop);
            await (inAnotherProcess ? anew : db).FollowPairsAsync(letter, fixture.Time.GetUtcNow(), Stop);
            return true;
        });
    }

    private Task LeadOnAsync(StaffRoom room, Signature signature) => fixture.App.QueryAsync(async db =>
    {
        await db.LeadOnAsync(
            await db.Letters.SingleAsync(l => l.Id == room.LetterId, Stop), await db.Signatures.SingleAsync(s => s.Id == signature.Id, Stop), fixture.Time.GetUtcNow(), Stop);
        return await db.SaveChangesAsync(Stop);
    });

    private async Task<IReadOnlyList<(long, long)>> FromTheBeginningAsync(StaffRoom room)
    {
        var fresh = new LetterLikenesses();
        var lines = (await room.ReadAllAsync()).Where(s => s.State == SignatureState.Confirmed).Select(s => s.ToSignatory()).ToList();
        fresh.Take(new LikenessRead(1, All: true, [], lines));
        var apart = await fixture.App.QueryAsync(db => db.DifferentPeopleAsync(room.LetterId, Stop));
        return [.. lines.SelectMany(s => fresh.Likeliest(s.Id, apart)).Select(p => (p.First, p.Second)).Distinct().Order()];
    }

    private async Task<IReadOnlyList<(long, long)>> WaitingAsync(StaffRoom room) =>
        [.. (await fixture.App.QueryAsync(db => db.Pairs.AsNoTracking().Where(p => p.LetterId == room.LetterId && p.State == PairState.Waiting).ToListAsync())).Select(p => (p.FirstId, p.SecondId)).Order()];
}
