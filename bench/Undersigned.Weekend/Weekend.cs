using System.Diagnostics;
using Microsoft.Playwright;
using Undersigned.Demo;

namespace Undersigned.Weekend;

/// <param name="Before">How many sign through the private link.</param>
/// <param name="After">How many sign in the 36 hours after publication.</param>
/// <param name="Waves">In how many portions those come, each looked at and brought out before the next; a multiple of three.</param>
/// <param name="Seed">Of the people; another seed, other people.</param>
/// <param name="Database">Connection string of PostgreSQL; null for SQLite.</param>
/// <param name="AtAGlance">How likely a volunteer sees a joke among forty lines.</param>
/// <param name="AtOneClaim">How likely at a claim by itself.</param>
internal sealed record WeekendPlan(int Before, int After, int Waves, int Seed, string? Database, double AtAGlance, double AtOneClaim);

/// <summary>The weekend of a letter: people sign over HTTP, five of staff work at browsers, and at its end the list is held against the truth.</summary>
internal sealed class Weekend : IAsyncDisposable
{
    private const int SignersAtOnce = 6;
    private static readonly string[] Volunteers = ["Anselm Traeholt", "Wilhelmina Quarterman", "Ismail Ravensworth", "Yevgenia Pilkington"];

    private readonly WeekendPlan plan;
    private readonly Action<string> say;
    private readonly SmtpInbox inbox;
    private readonly ServeProcess serve;
    private readonly IBrowser browser;
    private readonly HttpClient http;
    private readonly Crowd crowd;
    private readonly List<Signer> signers = [];
    private readonly List<Desk> staff = [];
    private readonly HashSet<Signer> reported = [];
    /// <summary>The organiser again, at a browser in which the grid is a plain table in pages.</summary>
    private Desk withoutScript = null!;
    private readonly List<string> verified = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();

    private Weekend(WeekendPlan plan, Action<string> say, SmtpInbox inbox, ServeProcess serve, IBrowser browser)
    {
        (this.plan, this.say, this.inbox, this.serve, this.browser) = (plan, say, inbox, serve, browser);
        crowd = new Crowd(plan.Seed);
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = SignersAtOnce }) { BaseAddress = serve.Url, Timeout = TimeSpan.FromMinutes(1) };
    }

    public Work Work { get; } = new();

    private Desk Organiser => staff[0];
    private Uri Letter => new(serve.Url, "letters/" + Writing.Slug);

    /// <param name="folder">Of the instance's data; empty.</param>
    public static async Task<Outcome> RunAsync(WeekendPlan plan, string folder, IBrowser browser, Action<string> say)
    {
        await using var inbox = SmtpInbox.Start();
        await using var serve = await ServeProcess.StartAsync(folder, inbox.Address, plan.Database);
        await using var weekend = new Weekend(plan, say, inbox, serve, browser);
        try
        {
            return await weekend.RunAsync();
        }
        catch
        {
            say(serve.LastWords);
            throw;
        }
    }

    private async Task<Outcome> RunAsync()
    {
        await GatherAsync();
        var link = await Writing.PrivateLinkAsync(Organiser, plan.Before + 100);
        await SignAsync(link, plan.Before);
        await WorkAsync();
        await Merging.WorkAsync(Organiser);
        await Publishing.LetterAsync(Organiser);
        await UntilAsync(async () => (await http.GetAsync(Letter)).IsSuccessStatusCode);
        await DayIsOverAsync("before publication");

        for (var wave = 0; wave < plan.Waves; wave++)
            await WaveAsync(plan.After * (wave + 1) / plan.Waves - plan.After * wave / plan.Waves, wave * 3 == plan.Waves * 2 - 3);
        await DayIsOverAsync("the last 12 hours");
        return await Outcome.OfAsync(plan, http, signers, Work, verified);
    }

    /// <summary>Some hours after publication: new names are held, looked at, and come out together as an edition.</summary>
    private async Task WaveAsync(int count, bool endsTheDay)
    {
        await Publishing.HoldAsync(Organiser, hold: true);
        await SignAsync(Letter.AbsolutePath, count);
        await WorkAsync();
        await Publishing.HoldAsync(Organiser, hold: false);
        await ListedAsync();
        await AnswerAsync();
        await Merging.WorkAsync(Organiser);
        await ListedAsync();
        await Publishing.EditionAsync(Organiser);
        if (endsTheDay)
            await DayIsOverAsync("the first 24 hours");
    }

    private async Task AnswerAsync()
    {
        foreach (var signer in signers.Where(s => s is { Person.Fix: Fix.Report, OwnPage: not null } && reported.Add(s)))
            await signer.ReportAsync();
        await Answering.WorkAsync(Organiser);
        say($"{clock.Elapsed:m\\:ss} answered");
    }

    private async Task GatherAsync()
    {
        await SitDownAsync("Hyacinth Moravcova", serve.SetupLink);
        Organiser.Root = await Writing.LetterAsync(Organiser);
        await Rules.SetAsync(Organiser);
        withoutScript = await SitWithoutScriptAsync(Organiser);
        foreach (var volunteer in Volunteers)
            await SitDownAsync(volunteer, await Writing.InviteAsync(Organiser));
        say($"{clock.Elapsed:m\\:ss} the letter is written, five people are at its desk");
    }

    private async Task<Desk> SitWithoutScriptAsync(Desk desk)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = serve.Url.ToString(),
            ViewportSize = new() { Width = 1280, Height = 900 },
            JavaScriptEnabled = false,
            StorageState = await desk.Page.Context.StorageStateAsync(),
        });
        context.SetDefaultTimeout(60_000);
        return new Desk(desk.Name, await context.NewPageAsync(), Work, desk.Sense) { Root = desk.Root };
    }

    private async Task SitDownAsync(string name, Uri link)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = serve.Url.ToString(), ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(60_000);
        var desk = new Desk(name, await context.NewPageAsync(), Work, new HumanSense(name, plan.AtAGlance, plan.AtOneClaim));
        await Writing.MakeAccountAsync(desk, link);
        if (staff.Count > 0)
            desk.Root = Organiser.Root;
        staff.Add(desk);
    }

    private async Task SignAsync(string letter, int count)
    {
        var arriving = crowd.Next(count).Select(p => new Signer(http, inbox, p)).ToList();
        await Parallel.ForEachAsync(arriving, new ParallelOptions { MaxDegreeOfParallelism = SignersAtOnce }, async (s, _) => await s.SignAsync(letter));
        signers.AddRange(arriving);
        foreach (var signer in arriving.Where(s => s is { Person.Fix: Fix.OwnPage, OwnPage: not null }))
            await signer.CorrectAsync();
        var refused = arriving.Where(s => s.Refused is not null).ToList();
        say($"{clock.Elapsed:m\\:ss} {count} have signed, {arriving.Count(s => s.OwnPage is not null)} confirmed{(refused.Count > 0 ? $", {refused.Count} were refused, the first with “{refused[0].Refused}”" : "")}");
    }

    /// <summary>The staff until nothing waits.</summary>
    private async Task WorkAsync()
    {
        await Task.WhenAll(staff.Select(Glancing.WorkAsync));
        say($"{clock.Elapsed:m\\:ss} glanced");
        // One goes through the queue; what two must decide is left for another; what the two do not agree about is the owner's.
        await Reviewing.WorkAsync(staff[1], AnswersTheCall);
        await Reviewing.WorkAsync(staff[2], AnswersTheCall);
        await Reviewing.WorkAsync(Organiser, AnswersTheCall);
        await Comparing.WorkAsync(staff[3], SaysItWasThem);
        await SecondLook.WorkAsync(withoutScript);
        say($"{clock.Elapsed:m\\:ss} reviewed, and read once more");
    }

    /// <summary>What a call to the published number says: the person signed, or knows nothing of it.</summary>
    private bool AnswersTheCall(string name) => signers.Any(s => s.Person.IsTrue && s.Person.Name == name);

    /// <summary>What somebody answers who is asked whether they signed twice.</summary>
    private bool SaysItWasThem(string name) => signers.Any(s => s.Person.Kind == Kind.Duplicate && s.Person.Name == name);

    private async Task DayIsOverAsync(string day)
    {
        await ListedAsync();
        var (exit, words) = await ServeProcess.VerifyAsync(Letter);
        verified.Add(exit == 0 ? $"{day}: {words[words.IndexOf("UTC, ", StringComparison.Ordinal)..].Split(['.', ':'])[0].Replace("UTC, ", "", StringComparison.Ordinal)}." : $"{day}: FAILED with {exit}: {words}");
        say($"{clock.Elapsed:m\\:ss} verified after {day}: exit {exit}");
    }

    /// <summary>Until everybody who was let in stands on the list.</summary>
    private Task ListedAsync() => UntilAsync(async () =>
        !(await Task.WhenAll(signers.Where(s => s.OwnPage is not null).TakeLast(20).Select(s => s.LookAsync()))).Any(p => p.Words.Contains("within seconds", StringComparison.Ordinal)));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
            if (tries == 600)
                throw new TimeoutException("It did not come to be so within a minute.");
            else
                await Task.Delay(100);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in staff.Append(withoutScript).OfType<Desk>())
            await desk.Page.Context.DisposeAsync();
        http.Dispose();
    }
}
