using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Editions;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Pdf;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Transparency;

namespace Undersigned.Tests.Pdf;

/// <summary>A letter whose PDF is set by the host's Chromium, and looked at with poppler's programs.</summary>
internal sealed class PdfStory : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public required LetterStory Letter { get; init; }
    public required HttpClient Visitor { get; init; }
    public TestApp App => Letter.App;
    public string Desk => $"/desk/letters/{Letter.LetterId}/embargo";

    public static async Task<PdfStory> BeginAsync(int? partSize = null, bool hasChromium = true)
    {
        var letter = await LetterStory.BeginAsync(
            configure: b =>
            {
                StaffRoom.SignInByHeader(b);
                if (partSize is { } size)
                    b.Services.AddScoped(s => new PrintPage(s.GetRequiredService<LetterText>(), s.GetRequiredService<IStringLocalizer<PdfTexts>>(), s.GetRequiredService<IStringLocalizer<LettersTexts>>()) { PartSize = size });
            },
            settings: i => i with { Chromium = hasChromium ? Programs.Chromium() ?? throw new InvalidOperationException("The tests need Chromium.") : null });
        return new PdfStory { Letter = letter, Visitor = letter.App.Client() };
    }

    public async Task PublishEditionAsync()
    {
        await App.Get<EditionWriter>().PublishAsync(Letter.LetterId, null, null, Ct);
        await Letter.SequenceAsync();
    }

    /// <summary>Until nothing is asked for; the server's own loop may have taken some of it.</summary>
    public async Task MakeAsync()
    {
        var loop = App.Get<PdfLoop>();
        await loop.LookThroughAsync(Ct);
        while (await loop.MakeNextAsync(Ct) || await App.QueryAsync(db => db.Pdfs.AnyAsync(p => p.State == PdfState.Waiting || p.State == PdfState.Making, Ct)))
            await Task.Delay(50, Ct);
    }

    public async Task<StaffBrowser> EnterAsync(StaffRole role = StaffRole.Editor)
    {
        var account = new Account { DisplayName = "Hyacinth Moravcová-Dube", UserName = Guid.NewGuid().ToString("N"), CreatedAt = DateTimeOffset.UnixEpoch };
        await Letter.LetterAsync((db, _) => db.Users.Add(account));
        await Letter.LetterAsync((db, letter) => db.Staff.Add(new LetterStaff { LetterId = letter.Id, AccountId = account.Id, Role = role }));
        return new StaffBrowser(App, account.Id);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Visitor.GetAsync(new Uri(path, UriKind.Relative), Ct);

    public async Task<byte[]> PdfAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {string.Join(" | ", await App.QueryAsync(db => db.Pdfs.Select(p => p.State + " " + p.Trouble).ToListAsync(Ct)))}");
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    public Task<string> TextAsync(byte[] pdf) => AskAsync(pdf, "pdftotext", "-layout", "FILE", "-");

    public Task<string> InfoAsync(byte[] pdf) => AskAsync(pdf, "pdfinfo", "FILE");

    public async Task<string> AskAsync(byte[] pdf, string program, params string[] arguments)
    {
        var file = Path.Combine(App.Instance.DataFolder, "read.pdf");
        await File.WriteAllBytesAsync(file, pdf, Ct);
        using var process = Process.Start(new ProcessStartInfo(program, arguments.Select(a => a == "FILE" ? file : a)) { RedirectStandardOutput = true, Environment = { ["TZ"] = "UTC" } })!;
        var text = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        await Letter.DisposeAsync();
    }
}
