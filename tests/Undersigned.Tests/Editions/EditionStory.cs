using System.Text.Json;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Transparency;
using Undersigned.Verifier;

namespace Undersigned.Tests.Editions;

/// <summary>A letter with some days behind it: names that came, were corrected, checked anew, withdrawn, removed, put back and erased.</summary>
internal sealed class EditionStory : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public required LetterStory Letter { get; init; }
    public required HttpClient Visitor { get; init; }
    public string Path => $"letters/{Letter.Slug}";
    public Dictionary<string, long> People { get; } = [];

    public static async Task<EditionStory> BeginAsync()
    {
        var letter = await LetterStory.BeginAsync(configure: StaffRoom.SignInByHeader);
        var story = new EditionStory { Letter = letter, Visitor = letter.App.Client() };
        foreach (var name in new[] { "Ada Okafor", "Bo Ekelund", "Cyprian Górska", "Dagny Halvorsrud", "Eero Ilustre" })
            story.People[name] = await letter.AdmitAsync(name);
        await letter.PublishAsync();
        return story;
    }

    /// <summary>Two days: four batches.</summary>
    public async Task GoOnAsync()
    {
        foreach (var name in new[] { "Fatma Jansen", "Gunnar Quillfeather" })
            People[name] = await Letter.AdmitAsync(name);
        await Letter.AmendAsync(People["Ada Okafor"], "Ada N. Okafor");
        await Letter.SequenceAsync();
        await Letter.WithdrawAsync(People["Bo Ekelund"]);
        await Letter.RemoveAsync(People["Cyprian Górska"]);
        await CheckAnewAsync(People["Eero Ilustre"]);
        await Letter.SequenceAsync();
        await Letter.ReinstateAsync(People["Cyprian Górska"]);
        await Letter.AmendAsync(People["Fatma Jansen"], "Fatma Jansen-Holt");
        await Letter.SequenceAsync();
        await Letter.EraseAsync(People["Dagny Halvorsrud"]);
        await Letter.RemoveAsync(People["Gunnar Quillfeather"]);
        await Letter.SequenceAsync();
        // Longer than what was erased is kept for answers that are under way.
        for (var i = 0; i < 6; i++)
            await Letter.SequenceAsync();
    }

    // As new evidence does: another level, the same words.
    private Task CheckAnewAsync(long id) => Letter.App.QueryAsync(async db =>
    {
        var signature = db.Signatures.Single(s => s.Id == id);
        signature.Level = SignatureLevel.Known;
        db.Amend(signature, "update", Letter.Now);
        return await db.SaveChangesAsync(Ct);
    });

    public async Task<StaffBrowser> EnterAsync(StaffRole role = StaffRole.Editor)
    {
        var account = new Account { DisplayName = "Hyacinth Moravcová-Dube", UserName = Guid.NewGuid().ToString("N"), CreatedAt = DateTimeOffset.UnixEpoch };
        await Letter.LetterAsync((db, _) => db.Users.Add(account));
        await Letter.LetterAsync((db, letter) => db.Staff.Add(new LetterStaff { LetterId = letter.Id, AccountId = account.Id, Role = role }));
        return new StaffBrowser(Letter.App, account.Id);
    }

    /// <summary>A second of the story's time goes by between one look and the next.</summary>
    public async Task UntilAsync(Func<UndersignedDb, Task<bool>> isSo)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await Letter.App.QueryAsync(isSo))
                return;
            Letter.Clock.Advance(TimeSpan.FromSeconds(1));
            Letter.App.Get<WorkSignal>().Poke();
            await Task.Delay(25, Ct);
        }
        Assert.Fail("It did not come to that.");
    }

    public string Desk => $"/desk/letters/{Letter.LetterId}/editions";

    public async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await Visitor.GetStringAsync(new Uri($"{Path}/{path}", UriKind.Relative), Ct)).RootElement;

    public Task<string> PageAsync(string path) => Visitor.GetStringAsync(new Uri($"{Path}/{path}", UriKind.Relative), Ct);

    /// <summary>What the checking program says of a page that somebody saved.</summary>
    public async Task<(int Status, string Said)> VerifyAsync(string path)
    {
        var file = System.IO.Path.Combine(Letter.App.Instance.DataFolder, "saved-page");
        await File.WriteAllTextAsync(file, await PageAsync(path), Ct);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await Verify.RunAsync(["page", file, "--log", $"{Letter.App.Url}{Path}"], output, error, Letter.Clock);
        return (status, output.ToString() + error);
    }

    /// <summary>Of those who stood at a size, by the log alone.</summary>
    public static IEnumerable<int> StoodAt(ReadLog log, long size) => Enumerable.Range(1, (int)log.Replay.Signatories)
        .Where(n => log.Replay.StateAt(n, size) is { Status: SignatoryStatus.Standing });

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        await Letter.DisposeAsync();
    }
}
