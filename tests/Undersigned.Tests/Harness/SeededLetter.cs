using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Tests.Harness;

/// <summary>
/// A public letter whose list stands in the database as the sequencer leaves it, without a log behind: for tests of what readers see.
/// Each act is one entry and moves the published size by one.
/// </summary>
internal sealed class SeededLetter
{
    private static readonly DateTimeOffset Opened = new(2026, 2, 16, 6, 0, 0, TimeSpan.Zero);

    private readonly TestApp app;
    private readonly long id;
    private long size = 1;

    private SeededLetter(TestApp app, long id, string slug) => (this.app, this.id, Slug) = (app, id, slug);

    public string Slug { get; }
    public long Id => id;

    public static async Task<SeededLetter> PublishAsync(TestApp app, string slug, Action<Letter>? change = null)
    {
        var letter = Some(slug);
        change?.Invoke(letter);
        await app.QueryAsync(async db =>
        {
            db.Letters.Add(letter);
            await db.SaveChangesAsync();
            RevisionWriter.Fix(db, letter, Opened);
            db.Logs.Add(new LetterLog { LetterId = letter.Id, Origin = app.Instance.OriginOf(slug), TreeSize = 1, PublishedSize = 1, Root = RootAt(1), LastEntryAt = Opened });
            db.Checkpoints.Add(new LogCheckpoint { LetterId = letter.Id, Size = 1, Root = RootAt(1), EntryAt = Opened, Note = "", Revision = 1 });
            return await db.SaveChangesAsync();
        });
        var seeded = new SeededLetter(app, letter.Id, slug);
        await seeded.RefreshAsync();
        return seeded;
    }

    public Task SignAsync(params ShownLine[] lines) => SignAsync(SignatureLevel.Email, lines);

    public Task SignAsync(SignatureLevel level, params ShownLine[] lines) => MoveAsync(async (db, log) =>
    {
        foreach (var line in lines)
        {
            var number = log.Counts.Signed + 1;
            var signature = new Signature { LetterId = id, Revision = 1, State = SignatureState.Listed, Number = number, Level = level };
            db.Signatures.Add(signature);
            await db.SaveChangesAsync();
            db.Lines.Add(new Line
            {
                LetterId = id,
                LeafIndex = size,
                RecordIndex = size,
                SignatureId = signature.Id,
                Number = number,
                Level = level,
                Salt = new byte[32],
                Record = line.ToRecord(),
                Since = Opened.AddMinutes(size),
                Name = line.Name,
                SortName = NameFolding.SortKey(line.Name),
                FoldedName = NameFolding.Fold(line.Name),
                Location = line.Location,
                FoldedLocation = line.Location is { } place ? NameFolding.Fold(place) : null,
            });
            db.LinePosts.AddRange(ListedPosts.Of(line, id, size));
            size++;
            log.Counts = log.Counts with
            {
                Signed = number,
                Standing = log.Counts.Standing + 1,
                Email = log.Counts.Email + (level == SignatureLevel.Email ? 1 : 0),
                Imported = log.Counts.Imported + (level == SignatureLevel.Imported ? 1 : 0),
                Known = log.Counts.Known + (level == SignatureLevel.Known ? 1 : 0),
                Roster = log.Counts.Roster + (level == SignatureLevel.Roster ? 1 : 0),
            };
        }
    });

    public Task WithdrawAsync(int number) => MoveAsync(async (db, log) =>
    {
        var line = await db.Lines.SingleAsync(l => l.LetterId == id && l.Number == number && l.EndIndex == null);
        line.EndIndex = size++;
        log.Counts = log.Counts with { Standing = log.Counts.Standing - 1, Withdrawn = log.Counts.Withdrawn + 1, Email = log.Counts.Email - 1 };
    });

    public async Task SwitchAsync(Action<Letter> change)
    {
        await app.QueryAsync(async db =>
        {
            change(await db.Letters.SingleAsync(l => l.Id == id));
            return await db.SaveChangesAsync();
        });
        await RefreshAsync();
    }

    private async Task MoveAsync(Func<UndersignedDb, LetterLog, Task> move)
    {
        await app.QueryAsync(async db =>
        {
            var log = await db.Logs.SingleAsync(l => l.LetterId == id);
            await move(db, log);
            (log.TreeSize, log.PublishedSize, log.Root, log.LastEntryAt) = (size, size, RootAt(size), Opened.AddMinutes(size));
            db.Checkpoints.Add(new LogCheckpoint { LetterId = id, Size = size, Root = log.Root, EntryAt = log.LastEntryAt, Note = "", Revision = 1, Counts = log.Counts });
            return await db.SaveChangesAsync();
        });
        await RefreshAsync();
    }

    private Task RefreshAsync() => app.Services.GetRequiredService<PublishedLetters>().RefreshAsync(CancellationToken.None);

    private static byte[] RootAt(long size) => SHA256.HashData(BitConverter.GetBytes(size));

    public static Letter Some(string slug) => new()
    {
        Slug = slug,
        State = LetterState.Published,
        CreatedAt = Opened,
        PublishedAt = Opened,
        Title = "Let the inspectors publish what they find",
        Addressees = "The Minister of Waterways; the Assembly’s Committee on Public Safety",
        Organiser = "Weirkeepers",
        PressContact = "letters@weirkeepers.example",
        Eligibility = "Former and serving staff of the waterways administration",
        Body = """
            Minister,

            On 12 January you ordered that no report of the Inspectorate of Dams and Locks be published, or passed to the Assembly, before your office has approved its wording.[^order] Eleven reports have been finished since. None has appeared.[^register]

            This is not a quarrel between parties. *The inspector reports what is found, to those who live below it.*

            [^order]: Ministerial Order 2026/03, “Coordination of technical communications”, article 2. [Copy](https://archive.example/2026-03).
            [^register]: Register of the Inspectorate, entries 2026-001 to 2026-011.
            """,
        Demands =
        [
            "withdraw the order of 12 January, and publish the eleven finished reports within fourteen days, as their authors signed them;",
            "return the three inspectors to their posts;",
            "lay before the Assembly a bill that gives the Inspectorate its own budget.",
        ],
    };
}
