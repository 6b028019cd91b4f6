using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Harness;

/// <summary>What was there before a story begins: a letter, names under it, people on its desk.</summary>
internal sealed class StoryLetter
{
    public const string Password = "crane willow ferry ledger";
    private static int made;

    private readonly Site site;

    private StoryLetter(Site site) => this.site = site;

    public long Id { get; private set; }
    public string Slug { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Path => "/letters/" + Slug;
    public string Address => site.Url + Path;
    public string Desk => $"/desk/letters/{Id}";

    /// <summary>Its log is open and its page answers; or it is private.</summary>
    public static async Task<StoryLetter> BeginAsync(Site site, bool isPublic = true, Action<Letter>? with = null)
    {
        var letter = new Letter
        {
            Slug = $"waterways-{Interlocked.Increment(ref made)}",
            State = LetterState.Private,
            PrivateLinkOn = true,
            PrivateLinkRound = 1,
            Title = "Let the inspectors publish what they find",
            Body = "Minister,\n\nEleven reports have been finished since January. None has appeared.[^register]\n\nThis is not a quarrel between parties. *The inspector reports what is found, to those who live below it.*\n\n[^register]: Register of the Inspectorate, entries 2026-001 to 2026-011. [Copy](https://archive.example/2026).",
            Addressees = "The Minister of Waterways; the Assembly’s Committee on Public Safety",
            Demands = ["publish the eleven finished reports within fourteen days, as their authors signed them;", "return the three inspectors to their posts."],
            Organiser = "Weirkeepers",
            PressContact = "letters@weirkeepers.example",
            Eligibility = "Former and serving staff of the waterways administration",
            Asks = Asks.Service | Asks.Location,
        };
        with?.Invoke(letter);
        var story = new StoryLetter(site);
        await story.WriteAsync(db => db.Letters.Add(letter));
        (story.Id, story.Slug, story.Title) = (letter.Id, letter.Slug, letter.Title);
        if (isPublic)
            await story.PublishAsync();
        return story;
    }

    private async Task PublishAsync()
    {
        await WriteAsync(db => db.Publish(db.Letters.Single(l => l.Id == Id), Now));
        site.App.Get<WorkSignal>().Poke();
        await UntilAsync(() => Task.FromResult(site.App.Get<PublishedLetters>().Find(Slug) is not null));
    }

    /// <summary>People who signed and confirmed; nobody has looked at them.</summary>
    public async Task<IReadOnlyList<long>> ConfirmedAsync(params IEnumerable<string> names)
    {
        var signatures = names.Select(Signed).ToList();
        await WriteAsync(db => db.Signatures.AddRange(signatures));
        return [.. signatures.Select(s => s.Id)];
    }

    /// <summary>The same, let in and, where the letter is public, standing on its list.</summary>
    public async Task StandAsync(params IEnumerable<string> names)
    {
        var ids = await ConfirmedAsync(names);
        await WriteAsync(db =>
        {
            foreach (var signature in db.Signatures.Where(s => ids.Contains(s.Id)).OrderBy(s => s.Id))
                db.Admit(signature, Now);
        });
        site.App.Get<WorkSignal>().Poke();
        await UntilAsync(async () => await site.App.QueryAsync(db => db.Signatures.CountAsync(s => ids.Contains(s.Id) && s.State == SignatureState.Listed)) == ids.Count);
        await site.App.Get<PublishedLetters>().RefreshAsync(CancellationToken.None);
    }

    private Signature Signed(string name)
    {
        Assert.True(EmailAddress.TryParse($"signer{Interlocked.Increment(ref made)}@post.example", out var address, out _));
        return new Signature
        {
            LetterId = Id,
            Revision = 1,
            State = SignatureState.Confirmed,
            StateAt = Now,
            Name = name,
            FoldedName = NameFolding.Fold(name),
            Posts = [new Post("Inspector", "Inspectorate of Dams and Locks", new YearSpan(1985, 2010))],
            SubmittedAt = Now,
            Email = address.ToString(),
            EmailDomain = address.Domain,
            AddressTag = site.App.Get<InstanceKeys>().AddressTag(Id, address),
            CodeExpiresAt = Now + Signature.CodeLifetime,
            ConfirmedAt = Now,
            ConfirmedHow = ConfirmationHow.Code,
        };
    }

    /// <summary>Somebody with this role comes to their browser and signs in with a password.</summary>
    public async Task EnterAsync(IPage page, StaffRole role, string name = "Hyacinth Moravcová-Dube", bool isOperator = false)
    {
        var email = string.Create(CultureInfo.InvariantCulture, $"staff{Interlocked.Increment(ref made)}@weirkeepers.example");
        await using (var scope = site.App.Services.CreateAsyncScope())
        {
            var account = new Account { DisplayName = name, UserName = email, Email = email, IsOperator = isOperator, CreatedAt = Now };
            Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)).Succeeded);
            await WriteAsync(db => db.Staff.Add(new LetterStaff { LetterId = Id, AccountId = account.Id, Role = role, Since = Now }));
        }
        await page.GotoAsync("/sign-in?from=" + Uri.EscapeDataString(Desk));
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>A volunteer lets in everything that waits.</summary>
    public async Task GlanceAsync()
    {
        var page = await site.PhoneAsync(script: false);
        await EnterAsync(page, StaffRole.Reviewer, "Anselm Quarterman");
        await page.GotoAsync(Desk + "/glance");
        await page.PressAsync("Take");
        await page.PressAsync("Let the unticked in");
    }

    public Task<List<Signature>> SignaturesAsync() =>
        site.App.QueryAsync(db => db.Signatures.AsNoTracking().Where(s => s.LetterId == Id).OrderBy(s => s.Id).ToListAsync());

    public Task WriteAsync(Action<UndersignedDb> write) => site.App.QueryAsync(db =>
    {
        write(db);
        return db.SaveChangesAsync();
    });

    /// <summary>Half a minute at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 600, "It did not come to be so.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private DateTimeOffset Now => site.App.Get<TimeProvider>().GetUtcNow();
}
