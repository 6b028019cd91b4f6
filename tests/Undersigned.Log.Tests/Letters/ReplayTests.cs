using System.Security.Cryptography;
using Undersigned.Log.Letters;

namespace Undersigned.Log.Tests.Letters;

public sealed class ReplayTests
{
    public static TheoryData<string> Good => new(GoodLogs.All.Keys);

    public static TheoryData<string> Broken => new(BrokenRules.All.Select(broken => broken.Name));

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_log_breaks_no_rule(string name)
    {
        var log = GoodLogs.All[name]();
        var (replay, broken) = Run(log);
        Assert.Null(broken);
        Assert.Equal((log.Size, log.Standing, log.Withheld), (replay.Size, replay.Standing, replay.Withheld));
        Assert.Equal(log.Standing, replay.ByLevel(replay.Size).Values.Sum());
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_log_that_breaks_one_rule_fails_at_that_entry(string name)
    {
        var broken = BrokenRules.All.Single(rule => rule.Name == name);
        Assert.Equal(broken.Entry, Run(broken.Log()).Broken?.Entry);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_batch_that_is_only_tried_leaves_no_trace(string name)
    {
        var log = GoodLogs.All[name]();
        var replay = new Replay(Origin.Parse(SomeLog.Origin), size => log.RootAt((int)size));
        foreach (var batch in Batches(log))
        {
            Assert.Null(replay.CheckBatch(batch));
            Assert.Null(replay.CheckBatch(batch));
            foreach (var entry in batch) Assert.Null(replay.Apply(entry));
            Assert.Null(replay.CheckEnd());
        }
        Assert.Equal(log.Size, replay.Size);
    }

    [Fact]
    public void A_batch_that_is_tried_and_breaks_a_rule_leaves_no_trace()
    {
        foreach (var broken in BrokenRules.All)
        {
            var log = broken.Log();
            var replay = new Replay(Origin.Parse(SomeLog.Origin), size => log.RootAt((int)size));
            var batches = Try(() => Batches(log));
            if (batches is null) continue;
            foreach (var batch in batches)
            {
                if (replay.CheckBatch(batch) is not { } rule)
                {
                    foreach (var entry in batch) Assert.Null(replay.Apply(entry));
                    continue;
                }
                var size = replay.Size;
                Assert.Equal(rule, replay.CheckBatch(batch));
                Assert.Equal(size, replay.Size);
                Assert.Equal(broken.Entry, rule.Entry);
                break;
            }
        }
    }

    [Fact]
    public void Openings_are_due_while_their_signatory_stands()
    {
        var log = GoodLogs.Published().Later().Amend(1, "Ada Njoroge").Later().Remove(1).Later().Reinstate(1).Later().Amend(1, "Ada").Erase(1, "record").Later().Withdraw(1);
        var (replay, _) = Run(log);
        Assert.Equal(
            "required allowed forbidden allowed forbidden forbidden",
            string.Join(' ', new[] { 6, 7, 8, 9, 11, 12 }.Select(size => replay.OpeningAt(1, size).ToString().ToLowerInvariant())));
        Assert.Equal(
            "forbidden required forbidden required allowed forbidden",
            string.Join(' ', new[] { 6, 7, 8, 9, 11, 12 }.Select(size => replay.OpeningAt(6, size).ToString().ToLowerInvariant())));
    }

    [Fact]
    public void Counts_of_the_past_stay_what_they_were()
    {
        var log = GoodLogs.Published().Later().Withdraw(1).Remove(2).Later().Sign("Noor Haddad", "known").Later().Reinstate(2);
        var (replay, _) = Run(log);
        Assert.Equal([6L, 8, 9, 10], replay.Published.Select(batch => batch.Size));
        Assert.Equal([5L, 3, 4, 5], replay.Published.Select(batch => batch.Standing));
        Assert.Equal("Email 1, Imported 1, Known 1", string.Join(", ", replay.ByLevel(8).Select(level => $"{level.Key} {level.Value}")));
        Assert.Equal((1, 0), (replay.Withdrawn, replay.Removed));
        Assert.False(replay.IsPublished(7));
    }

    [Fact]
    public void Acts_about_one_signatory_keep_their_order_and_the_rest_is_shuffled()
    {
        var acts = Enumerable.Range(0, 60).Select(i => (Type: i % 3 == 0 ? EntryType.Sign : EntryType.Amend, Who: i / 3, Nr: i)).ToList();
        acts.Insert(30, (EntryType.Close, -1, 100));
        acts.Insert(10, (EntryType.Reopen, -1, 101));
        acts.Add((EntryType.Retire, -1, 102));
        var arranged = BatchOrder.Arrange(acts, act => act.Type, act => act.Who < 0 ? null : act.Who, RandomNumberGenerator.GetInt32);
        Assert.Equal(101, arranged[0].Nr);
        Assert.Equal([100, 102], arranged.TakeLast(2).Select(act => act.Nr));
        Assert.All(arranged.GroupBy(act => act.Who).Where(group => group.Key >= 0), group => Assert.Equal(group.Select(act => act.Nr).Order(), group.Select(act => act.Nr)));
        Assert.NotEqual(acts.Where(act => act.Who >= 0), arranged.Where(act => act.Who >= 0));
        Assert.Equal(acts.Order(), arranged.Order());
    }

    internal static (Replay Replay, BrokenRule? Broken) Run(SomeLog log)
    {
        var replay = new Replay(Origin.Parse(SomeLog.Origin), size => log.RootAt((int)size));
        for (var i = 0; i < log.Size; i++)
        {
            if (!Entry.TryParse(log.Entries[i], out var entry)) return (replay, new BrokenRule(i, "an entry", "something else"));
            var foreseen = replay.Check(entry);
            var broken = replay.Apply(entry);
            Assert.Equal(foreseen, broken);
            if (broken is not null) return (replay, broken);
        }
        return (replay, replay.CheckEnd());
    }

    private static List<List<Entry>> Batches(SomeLog log) =>
        [.. log.Entries.Select(bytes => Entry.Parse(bytes)).GroupBy(entry => entry.Time).Select(batch => batch.ToList())];

    private static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (LogFormatException)
        {
            return null;
        }
    }
}
