using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Transparency;

/// <summary>
/// The life of one letter as the other features leave it in the database, with the real sequencer behind it and a clock of its own.
/// <see cref="CheckAsync"/> compares list, number, log, openings and proofs, as a stranger reads them over HTTP.
/// </summary>
internal sealed class LetterStory : IAsyncDisposable
{
    private readonly TestApp app;

    private LetterStory(TestApp app, FakeTimeProvider clock, long letterId, string slug)
    {
        this.app = app;
        Clock = clock;
        LetterId = letterId;
        Slug = slug;
    }

    public TestApp App => app;
    public FakeTimeProvider Clock { get; }
    public long LetterId { get; }
    public string Slug { get; }
    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<LetterStory> BeginAsync(string slug = "inspectors", Action<WebApplicationBuilder>? configure = null, Func<Instance, Instance>? settings = null)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var app = await TestApp.StartAsync(settings, b =>
        {
            b.Services.AddSingleton<TimeProvider>(clock);
            configure?.Invoke(b);
        });
        return new LetterStory(app, clock, await NewLetterAsync(app, slug, clock.GetUtcNow()), slug);
    }

    private static Task<long> NewLetterAsync(TestApp app, string slug, DateTimeOffset now) => app.QueryAsync(async db =>
    {
        var letter = new Letter
        {
            Slug = slug,
            State = LetterState.Private,
            CreatedAt = now,
            Title = "Let the inspectors publish what they find",
            Body = "We inspected the weirs. Let us say what we found.",
            Addressees = "The Assembly",
            Demands = ["Publish the reports."],
            Organiser = "Weirkeepers",
            Eligibility = "Whoever inspected a weir.",
        };
        db.Letters.Add(letter);
        await db.SaveChangesAsync();
        return letter.Id;
    });

    public Task<long> AdmitAsync(string name, string? email = null, SignatureSource source = SignatureSource.Form, SignatureLevel level = SignatureLevel.Email) =>
        app.QueryAsync(async db =>
        {
            RevisionWriter.Fix(db, await db.Letters.SingleAsync(l => l.Id == LetterId), Now);
            var signature = SomeSignature(name);
            (signature.Email, signature.Source, signature.Level) = (email, source, level);
            db.Signatures.Add(signature);
            await db.SaveChangesAsync();
            db.Admit(signature, Now);
            await db.SaveChangesAsync();
            return signature.Id;
        });

    private Signature SomeSignature(string name) => new()
    {
        LetterId = LetterId,
        Revision = 1,
        Name = name,
        Posts = [new Post("Inspector", "Weir Office", new YearSpan(1994, 2003))],
        FoldedName = NameFolding.Fold(name),
        SubmittedAt = Now,
        // Else the hourly look at forms that nobody confirmed could take it between two saves.
        CodeExpiresAt = Now + Signature.CodeLifetime,
    };

    public async Task AdmitManyAsync(int count)
    {
        var signatures = Enumerable.Range(0, count).Select(i => SomeSignature($"Ada Okafor {i}")).ToList();
        await app.QueryAsync(async db =>
        {
            RevisionWriter.Fix(db, await db.Letters.SingleAsync(l => l.Id == LetterId), Now);
            db.Signatures.AddRange(signatures);
            await db.SaveChangesAsync();
            foreach (var signature in signatures)
                db.Admit(signature, Now);
            return await db.SaveChangesAsync();
        });
    }

    public Task WithdrawAsync(long signatureId) => ActAsync(signatureId, (db, s) => db.LeaveAsync(s, SignatureState.Withdrawn, null, Now, default));
    public Task RemoveAsync(long signatureId, string reason = "impersonation") => ActAsync(signatureId, (db, s) => db.LeaveAsync(s, SignatureState.Removed, reason, Now, default));
    public Task EraseAsync(long signatureId) => ActAsync(signatureId, (db, s) => db.EraseAsync(s, Now, default));

    public Task ReinstateAsync(long signatureId) => ActAsync(signatureId, (db, s) =>
    {
        db.Admit(s, Now);
        return Task.CompletedTask;
    });

    public Task AmendAsync(long signatureId, string name, string reason = "typo") => ActAsync(signatureId, (db, s) =>
    {
        s.Name = name;
        s.FoldedName = NameFolding.Fold(name);
        db.Amend(s, reason, Now);
        return Task.CompletedTask;
    });

    private Task<int> ActAsync(long signatureId, Func<UndersignedDb, Signature, Task> act) => app.QueryAsync(async db =>
    {
        await act(db, await db.Signatures.SingleAsync(s => s.Id == signatureId));
        return await db.SaveChangesAsync();
    });

    public Task LetterAsync(Action<UndersignedDb, Letter> act) => app.QueryAsync(async db =>
    {
        act(db, await db.Letters.SingleAsync(l => l.Id == LetterId));
        return await db.SaveChangesAsync();
    });

    public async Task PublishAsync()
    {
        await LetterAsync((db, letter) => db.Publish(letter, Now));
        await SequenceAsync();
    }

    public Task CloseAsync() => LetterAsync((db, letter) =>
    {
        letter.State = LetterState.Closed;
        db.Changes.Add(Change.Of(ChangeKind.Close, letter, Now));
    });

    public Task ReopenAsync() => LetterAsync((db, letter) =>
    {
        letter.State = LetterState.Published;
        db.Changes.Add(Change.Of(ChangeKind.Reopen, letter, Now));
    });

    public Task RestartAsync(Func<Task>? meanwhile = null) =>
        app.RestartAsync(b => b.Services.AddSingleton<TimeProvider>(Clock), meanwhile);

    /// <summary>Lets the clock run until nothing waits but <paramref name="held"/> changes, and the last batch is published.</summary>
    public async Task SequenceAsync(int held = 0)
    {
        var signal = app.Services.GetRequiredService<WorkSignal>();
        for (var i = 0; i < 120; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            signal.Poke();
            await Task.Delay(25);
            if (await IsQuietAsync(held))
                return;
        }
        Assert.Fail("The sequencer did not get done:\n" + string.Join('\n', app.Log.Where(l => l.StartsWith("Warning", StringComparison.Ordinal) || l.StartsWith("Error", StringComparison.Ordinal))));
    }

    /// <summary>Lets the clock run until the sequencer says why it does not write.</summary>
    public async Task<LogTrouble> TroubleAsync()
    {
        for (var i = 0; i < 200 && app.Get<LogTroubles>().All.Count == 0; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            app.Get<WorkSignal>().Poke();
            await Task.Delay(25);
        }
        return Assert.Single(app.Get<LogTroubles>().All);
    }

    private async Task<bool> IsQuietAsync(int held)
    {
        var (waiting, log) = await app.QueryAsync(async db => (
            await db.Changes.CountAsync(c => c.LetterId == LetterId),
            await db.Logs.AsNoTracking().SingleOrDefaultAsync(l => l.LetterId == LetterId)));
        var shown = app.Services.GetRequiredService<PublishedLetters>().Find(Slug)?.LatestSize ?? 0;
        return waiting == held && log?.PublishedSize == log?.TreeSize && shown == (log?.PublishedSize ?? 0);
    }

    public Task<Signature> SignatureAsync(long id) => app.QueryAsync(db => db.Signatures.SingleAsync(s => s.Id == id));

    /// <summary>The log as a stranger finds it, all checked.</summary>
    public async Task<ReadLog> ReadAsync()
    {
        using var http = app.Client();
        return await ReadLog.OfAsync(http, Slug);
    }

    public async Task<ReadLog> CheckAsync(int standing)
    {
        var log = await ReadAsync();
        Assert.Equal(standing, log.Replay.Standing);
        var published = app.Services.GetRequiredService<PublishedLetters>().Find(Slug)!;
        Assert.Equal((log.Checkpoint.Size, (int)log.Replay.Standing), (published.Size, published.Counts.Standing));
        Assert.Equal(log.Replay.Withdrawn, published.Counts.Withdrawn);
        Assert.Equal(log.Replay.Removed, published.Counts.Removed);
        Assert.Equal(log.Replay.Amended, published.Counts.Amended);
        Assert.Equal(published.Counts.Standing, published.Counts.ByLevel.Values.Sum());
        var names = await app.QueryAsync(db => db.Lines
            .Where(l => l.LetterId == LetterId && l.LeafIndex < published.Size && (l.EndIndex == null || l.EndIndex >= published.Size))
            .OrderBy(l => l.Number).Select(l => l.Name).ToListAsync());
        Assert.Equal(log.Names, names);
        return log;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
