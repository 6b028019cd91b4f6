using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.BrowserTests.Pages;

public sealed class EveryPageTests(Chromium chromium)
{
    // ui.md: no sideways scroll at 320 px; targets of 44 px below 62rem, links inside sentences excepted.
    private const int Narrowest = 320;
    private const int Phone = 390;
    private const int Desk = 1280;

    [Fact]
    public async Task Every_page_holds_at_three_widths_in_light_and_dark()
    {
        await using var site = await Site.OpenAsync(chromium, i => i with { IsDemo = true });
        var (letter, owner) = await PrepareAsync(site);
        var arabic = await ArabicAsync(site);
        var gathering = await StoryLetter.BeginAsync(site, isPublic: false);
        await JoinAsync(letter, gathering);
        var pages = await EveryPage.OfAsync(site, letter, arabic, gathering);
        Assert.Empty(pages.Differences(site.App.Services));

        var stranger = await site.PhoneAsync();
        await HalfwayAsync(site, stranger);
        var auditor = await site.PhoneAsync();
        await letter.EnterAsync(auditor, StaffRole.Auditor, "Ismail Ravensworth");
        await letter.WriteAsync(db => db.Staff.AddRange(db.Staff.Where(s => s.LetterId == letter.Id && s.Role == StaffRole.Auditor).AsEnumerable().Select(s => new LetterStaff { LetterId = gathering.Id, AccountId = s.AccountId, Role = s.Role, Since = s.Since }).ToList()));
        var wrong = (await Task.WhenAll(pages.All.GroupBy(p => p.Who).Select(async group =>
        {
            var found = new List<string>();
            foreach (var (who, address) in group)
                found.AddRange(await LookAsync(who switch { Visitor.Owner => owner, Visitor.Auditor => auditor, _ => stranger }, address));
            return found;
        }))).SelectMany(f => f).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>What is read by whoever has no account, and speaks the language of its address.</summary>
    [Theory]
    [InlineData("ar")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    public async Task Every_page_of_readers_and_signers_speaks_another_language_to_the_last_word(string language)
    {
        await using var site = await Site.OpenAsync(chromium);
        var (letter, _) = await PrepareAsync(site);
        var arabic = await ArabicAsync(site);
        var gathering = await StoryLetter.BeginAsync(site, isPublic: false);
        var pages = (await EveryPage.OfAsync(site, letter, arabic, gathering)).All.Where(p => p.Who == Visitor.Stranger && RequestTongue.IsSpoken(p.Address.Split('?')[0])).Select(p => p.Address).ToList();
        Assert.True(pages.Count > 50);
        var page = await site.PhoneAsync();
        var wrong = new List<string>();
        foreach (var address in pages)
        {
            var answer = await page.GotoAsync($"/{language}{address}");
            wrong.AddRange((await SpokenAsync(page, language)).Select(w => $"/{language}{address}: {w}"));
            if (language != "ar" || answer!.Status == 404)
                continue;
            foreach (var width in new[] { Desk, Phone, Narrowest })
                wrong.AddRange((await LookAsync(page, width)).Select(w => $"/{language}{address} at {width} px: {w}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // No two English words in a sentence but in what somebody wrote: names, the letter, what is typed and what machines read.
    private static readonly string[] Theirs =
        ["Let the inspectors publish what they find", "The Minister of Waterways; the Assembly’s Committee on Public Safety", "The Minister of Waterways", "Inspectorate of Dams and Locks", "The Sarn Courier and Lindenmoor Advertiser", "newspaper-of-the-lowlands.example"];

    private static Task<string[]> SpokenAsync(IPage page, string language) => page.EvaluateAsync<string[]>("""
        ([language, ...given]) => {
          const wrong = [];
          if (document.documentElement.lang !== language) wrong.push(`lang is ${document.documentElement.lang}`);
          if (document.documentElement.dir !== (language === "ar" ? "rtl" : "ltr")) wrong.push(`dir is ${document.documentElement.dir}`);
          const english = /\b(the|is|are|of|and|this|you|your|not|has|have|by|to|with|from|who|what)\b[^.]*\b(the|is|are|of|and|this|you|your|not|has|have|by|to|with|from|who|what)\b/i;
          const theirs = "bdi, [lang]:not(html), code, pre, script, style, textarea, input, option, blockquote, .name, .all, title";
          const isEnglish = text => english.test(given.reduce((rest, said) => rest.replaceAll(said, ""), text));
          const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (words.nextNode())
            if (!words.currentNode.parentElement.closest(theirs) && isEnglish(words.currentNode.data)) wrong.push(words.currentNode.data.trim());
          for (const e of document.querySelectorAll("[aria-label], [title]"))
            if (!e.closest(theirs) && isEnglish(e.getAttribute("aria-label") ?? e.title)) wrong.push(e.getAttribute("aria-label") ?? e.title);
          return wrong;
        }
        """, (string[])[language, .. Theirs]);

    private static async Task<(StoryLetter Letter, IPage Owner)> PrepareAsync(Site site)
    {
        var letter = await StoryLetter.BeginAsync(site);
        await letter.StandAsync("Teodor Ravensworth", "Наталья Воробьёва", "Bartholomäus-Maximilian Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "Zoë Müllerová");
        await letter.ConfirmedAsync("Ottoline Marchetti-Dahl", "PLATO PLATO");
        // Somebody who will lose the way in.
        await letter.EnterAsync(await site.PhoneAsync(), StaffRole.Reviewer, "Anselm Quarterman");
        var owner = await site.PhoneAsync();
        await letter.EnterAsync(owner, StaffRole.Owner, "Perpetua Lindqvaist-Oyelaran", isOperator: true);
        return (letter, owner);
    }

    private static async Task<StoryLetter> ArabicAsync(Site site)
    {
        var arabic = await StoryLetter.BeginAsync(site, with: l =>
        {
            (l.Language, l.Title) = ("ar", "دعوا المفتشين ينشرون ما يجدون");
            (l.Body, l.Addressees) = ("أُنجز أحد عشر تقريراً ولم يُنشر منها شيء.", "وزير المجاري المائية");
            (l.Demands, l.Organiser) = (["انشروا التقارير الأحد عشر؛", "أعيدوا المفتشين الثلاثة."], "حراس السدود");
        });
        await arabic.StandAsync("سلمى الخطيب", "Teodor Ravensworth");
        return arabic;
    }

    // The second letter has the staff of the first.
    private static Task JoinAsync(StoryLetter letter, StoryLetter gathering) => gathering.WriteAsync(db =>
        db.Staff.AddRange(db.Staff.Where(s => s.LetterId == letter.Id).AsEnumerable().Select(s => new LetterStaff { LetterId = gathering.Id, AccountId = s.AccountId, Role = s.Role, Since = s.Since }).ToList()));

    /// <summary>Right address and password, and the page that asks for the code comes next.</summary>
    private static async Task HalfwayAsync(Site site, IPage page)
    {
        const string email = "second.step@weirkeepers.example";
        await using (var scope = site.App.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var account = new Account { DisplayName = "Casimir Østergaard", UserName = email, Email = email, TwoFactorEnabled = true };
            Assert.True((await accounts.CreateAsync(account, StoryLetter.Password)).Succeeded);
            await accounts.ResetAuthenticatorKeyAsync(account);
        }
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync(StoryLetter.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your code" }).WaitForAsync();
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page, string address)
    {
        var answer = await page.GotoAsync(address);
        var wrong = new List<string>();
        if (answer!.Status >= 500 || (answer.Status == 404) != address.Contains("no-such", StringComparison.Ordinal))
            wrong.Add($"status {answer.Status}");
        foreach (var width in new[] { Desk, Phone, Narrowest })
            wrong.AddRange((await LookAsync(page, width)).Select(w => $"{width} px: {w}"));
        return wrong.Select(w => $"{address} at {w}");
    }

    private static async Task<IReadOnlyList<string>> LookAsync(IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, 844);
        var wrong = new List<string>();
        if (await page.SidewaysAsync() is var over and > 0)
            wrong.Add($"{over} px too wide");
        if (width < Desk)
            wrong.AddRange((await page.SmallTargetsAsync()).Select(t => "small target, " + t));
        wrong.AddRange(await page.ViolationsAsync());
        // Of what axe looks at, only colours change with the scheme.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        wrong.AddRange((await page.ViolationsAsync("color-contrast")).Select(v => "dark: " + v));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return wrong;
    }
}
