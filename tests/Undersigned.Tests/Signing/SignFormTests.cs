using System.Net;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Signing;
using Undersigned.Tests.Harness;
using static Undersigned.Tests.Signing.SignerBrowser;

namespace Undersigned.Tests.Signing;

public sealed class SignFormTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    private const string Send = "Send me the six digits";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signer_sends_the_form_types_the_digits_and_has_signed(bool isPrivate)
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate);
        using var browser = story.Browser();
        var page = await story.SignAsync(browser, "m.oladottir@post.example");

        Assert.Contains("m…r@post.example", Words(page.Body), StringComparison.Ordinal);
        Assert.Contains("Inspectorate of Dams and Locks, 1994–2017", Words(page.QuerySelector(".line")), StringComparison.Ordinal);
        var signature = await story.LatestAsync();
        Assert.Equal(SignatureState.Submitted, signature.State);
        Assert.Equal(1, signature.Revision);
        Assert.Equal(MailKind.Confirmation, Assert.Single(await story.MailsAsync()).Kind);

        page = await browser.PressAsync(page, "Confirm my signature", ("code", story.Code(signature).Insert(3, " ")));
        Assert.Equal(HttpStatusCode.OK, browser.Last.StatusCode);
        Assert.Contains("It is confirmed, and waits for a first look", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Confirmed, (await story.ReadAsync(signature.Id)).State);
    }

    [Theory]
    [InlineData("Form.Name", "", "We need the name that is to stand on the list.")]
    [InlineData("Form.Name", "   ", "We need the name that is to stand on the list.")]
    [InlineData("Form.Name", "Ada www.example.org", "A name cannot contain a web address.")]
    [InlineData("Form.Name", "https://weirkeepers.example", "A name cannot contain a web address.")]
    [InlineData("Form.Name", "ada@post.example", "A name cannot contain an e-mail address.")]
    [InlineData("Form.Name", "Ada\u202Eecalevol", "This name contains characters that cannot be seen.")]
    [InlineData("Form.Name", "A\u0301\u0301\u0301\u0301\u0301da Moor", "This name has more marks on a letter than can be printed.")]
    [InlineData("Form.Name", "1143", "A name has at least one letter.")]
    [InlineData("Form.Email", "", "We need an address to send the confirmation to.")]
    [InlineData("Form.Email", "m.oladottir", "This address lacks the @.")]
    [InlineData("Form.Email", "@post.example", "This address lacks something before the @.")]
    [InlineData("Form.Email", "m.oladottir@", "This address lacks something after the @.")]
    [InlineData("Form.Email", "m.oladottir@localhost", "This is not an address that mail can reach.")]
    [InlineData("Form.Email", "m oladottir@post.example", "This is not an address that mail can reach.")]
    [InlineData("Form.Served", "Inspector 1994–1987", "The last year, 1987, comes before the first, 1994. Which is right?")]
    [InlineData("Form.Served", "Inspector 1994–2187", "The year 2187 has not come yet.")]
    [InlineData("Form.Served", "Inspector 1801–1990", "The year 1801 is more than a hundred years ago.")]
    [InlineData("Form.Served", "Inspector, https://weirkeepers.example", "A line cannot contain a web address.")]
    [InlineData("Form.Served", "a;b;c;d;e;f;g;h;i;j;k", "A line holds at most 10 posts.")]
    [InlineData("Form.Rows[0].From", "94 or so", "A year has four digits, such as 1994.")]
    [InlineData("Form.Rows[0].To", "2003", "The last year is 2003; which is the first?")]
    [InlineData("Form.Location", "www.weirkeepers.example", "A line cannot contain a web address.")]
    public async Task Bad_input_is_named_beside_the_field_and_everything_typed_stays(string field, string typed, string message)
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var filled = SignStory.Filled("m.oladottir@post.example").Where(f => f.Item1 != field && (f.Item1 != "Form.Served" || !field.Contains("Rows", StringComparison.Ordinal)));
        var page = await browser.PressAsync(await browser.OpenAsync(story.Form), Send, [.. filled, (field, typed)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Last.StatusCode);
        var link = page.QuerySelectorAll(".notice.seal a").Single(a => Words(a).StartsWith(message, StringComparison.Ordinal));
        var control = page.QuerySelector(link.GetAttribute("href")!)!;
        Assert.Equal("true", control.GetAttribute("aria-invalid") ?? "true");
        Assert.Contains(page.QuerySelectorAll(".error"), e => Words(e).StartsWith(message, StringComparison.Ordinal));
        foreach (var (name, value) in filled.Where(f => f.Item1 != "Form.Agree").Append((field, typed)))
            Assert.Equal(value.Trim(), Value(page, name).Trim());
        Assert.True(page.QuerySelector("#Form_Agree")!.HasAttribute("checked"));
        Assert.Empty(await story.AllAsync());
        Assert.Empty(await story.MailsAsync());
    }

    [Fact]
    public async Task What_is_wrong_is_listed_in_the_order_of_the_form()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync(story.Form), Send, ("Form.Served", "Inspector 1994–1987"));
        Assert.Equal(["#Form_Name", "#Form_Email", "#Form_Rows_0__To", "#Form_Agree"], page.QuerySelectorAll(".notice.seal a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task A_name_of_a_hundred_characters_is_taken_and_of_one_more_is_not()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        await story.SignAsync(browser, "a@post.example", string.Concat(Enumerable.Repeat("𝒶", 101)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Last.StatusCode);
        await story.SignAsync(browser, "a@post.example", new string('ж', 100));
        Assert.Equal(100, (await story.LatestAsync()).Name.Length);
    }

    [Fact]
    public async Task Markup_is_text()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var page = await story.SignAsync(browser, "m.oladottir@post.example", "Ada <b>Moor</b> <script>");
        Assert.Equal("Ada <b>Moor</b> <script>", Words(page.QuerySelector(".line .name")));
        Assert.Null(page.QuerySelector(".line b"));
    }

    [Fact]
    public async Task Signing_needs_the_tick()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync(story.Form), Send, SignStory.Filled("m.oladottir@post.example")[..4]);
        Assert.Contains("Tick this to sign the letter as it stands.", Words(page.QuerySelector(".notice.seal")), StringComparison.Ordinal);
        Assert.Empty(await story.AllAsync());
    }

    [Fact]
    public async Task The_preview_shows_the_line_and_its_parts_and_writes_nothing()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var page = await browser.PressAsync(await browser.OpenAsync(story.Form), "Preview", SignStory.Filled("m.oladottir@post.example"));
        Assert.Equal(SignStory.Name, Words(page.QuerySelector("#line .name")));
        Assert.Equal("Inspectorate of Dams and Locks", Value(page, "Form.Rows[0].Organization"));
        Assert.Equal("1993", Value(page, "Form.Rows[1].To"));
        Assert.Empty(await story.AllAsync());

        // Mended, then typed on: the mended row stays, the new post is added.
        page = await browser.PressAsync(page, "Preview", ("Form.Rows[1].Position", "Trainee at law"), ("Form.Served", SignStory.Served + "; Clerk, Registry 1989"));
        Assert.Equal("Trainee at law", Value(page, "Form.Rows[1].Position"));
        Assert.Equal("Registry", Value(page, "Form.Rows[2].Organization"));

        page = await browser.PressAsync(page, "Remove this one Post 1");
        Assert.Equal("Trainee at law", Value(page, "Form.Rows[0].Position"));
        page = await browser.PressAsync(page, "Add a post");
        Assert.Equal("", Value(page, "Form.Rows[2].Position"));
        await browser.PressAsync(page, Send);
        Assert.Equal(["Trainee at law", "Clerk"], (await story.LatestAsync()).Posts.Select(p => p.Position));
    }

    [Fact]
    public async Task The_same_form_posted_twice_is_one_signature_and_one_mail()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var form = await browser.OpenAsync(story.Form);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.PostAsync(form, Send, SignStory.Filled("m.oladottir@post.example"))));
        Assert.Single(answers.Select(a => a.Headers.Location!.OriginalString).Distinct());
        Assert.Single(await story.AllAsync());
        Assert.Single(await story.MailsAsync());
    }

    [Fact]
    public async Task A_form_without_its_token_of_another_letter_or_from_another_site_is_not_taken_and_keeps_what_was_typed()
    {
        var (story, other) = (await SignStory.BeginAsync(fixture.App, isPrivate: true), await SignStory.BeginAsync(fixture.App, isPrivate: true));
        using var browser = story.Browser();
        var foreign = Value(await browser.OpenAsync(other.Form), "Proof");
        foreach (var proof in new[] { "", "CfDJ8nonsense", foreign })
        {
            var page = await browser.FollowAsync(await browser.PostAsync(story.Form, [.. SignStory.Filled("m.oladottir@post.example"), ("Proof", proof)]));
            Assert.Equal(HttpStatusCode.BadRequest, browser.Last.StatusCode);
            Assert.Equal(SignStory.Name, Value(page, "Form.Name"));
            Assert.Empty(await story.AllAsync());
        }

        var form = await browser.OpenAsync(story.Form);
        foreach (var (header, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://elsewhere.example") })
        {
            browser.Client.DefaultRequestHeaders.Add(header, value);
            var page = await browser.PressAsync(form, Send, SignStory.Filled("m.oladottir@post.example"));
            Assert.Equal(HttpStatusCode.BadRequest, browser.Last.StatusCode);
            Assert.Equal(SignStory.Name, Value(page, "Form.Name"));
            browser.Client.DefaultRequestHeaders.Remove(header);
        }
        Assert.Empty(await story.AllAsync());

        // Pressed once more, it is taken; a page without a referrer says "null", which is no other site.
        browser.Client.DefaultRequestHeaders.Add("Origin", "null");
        await browser.PressAsync(form, Send, SignStory.Filled("m.oladottir@post.example"));
        Assert.Single(await story.AllAsync());
    }

    [Fact]
    public async Task A_form_older_than_a_day_asks_to_press_once_more()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var form = await browser.OpenAsync(story.Form);
        fixture.Clock.Advance(TimeSpan.FromHours(25));
        var page = await browser.PressAsync(form, Send, SignStory.Filled("m.oladottir@post.example"));
        Assert.Contains("Please press the button once more", Words(page.Body), StringComparison.Ordinal);
        Assert.Empty(await story.AllAsync());
        await browser.PressAsync(page, Send);
        Assert.Single(await story.AllAsync());
    }

    [Fact]
    public async Task An_open_form_survives_a_restart()
    {
        await using var app = await TestApp.StartAsync();
        var story = await SignStory.BeginAsync(app, isPrivate: true);
        using var before = story.Browser();
        var form = await before.OpenAsync(story.Form);
        await app.RestartAsync();
        using var after = story.Browser();
        await after.OpenAsync(story.Form);
        await after.PressAsync(form, Send, SignStory.Filled("m.oladottir@post.example"));
        Assert.Equal(HttpStatusCode.OK, after.Last.StatusCode);
        Assert.Single(await story.AllAsync());
    }

    [Theory]
    [InlineData("held", "Signing is paused. Leave the page open: what you typed is kept.")]
    [InlineData("closed", "This letter no longer takes signatures.")]
    [InlineData("link off", "This link has been turned off.")]
    [InlineData("link full", "As many have signed through this link as it allows.")]
    public async Task What_happened_to_the_letter_meanwhile_is_said_and_the_text_stays(string what, string words)
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var form = await browser.OpenAsync(story.Form);
        await story.ChangeLetterAsync(l =>
        {
            l.HoldSigning = what == "held";
            l.State = what == "closed" ? LetterState.Closed : l.State;
            l.PrivateLinkOn = what != "link off";
            l.PrivateLinkCap = what == "link full" ? 0 : l.PrivateLinkCap;
        });
        var page = await browser.PressAsync(form, Send, SignStory.Filled("m.oladottir@post.example"));
        Assert.Equal(HttpStatusCode.Conflict, browser.Last.StatusCode);
        Assert.Contains(words, Words(page.QuerySelector(".notice.seal")), StringComparison.Ordinal);
        Assert.Equal(SignStory.Served, Value(page, "Form.Served"));
        Assert.Empty(await story.AllAsync());
    }

    [Fact]
    public async Task A_private_letter_is_found_by_its_link_alone_and_not_once_the_link_is_off()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        foreach (var path in new[] { $"/letters/{story.Slug}/sign", $"/letters/{story.Slug}/my-signature", "/private/zz-zzzzzz/sign", story.Form.Replace("/sign", "x/sign", StringComparison.Ordinal) })
        {
            await browser.OpenAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, browser.Last.StatusCode);
        }
        await story.ChangeLetterAsync(l => l.PrivateLinkOn = false);
        await browser.OpenAsync(story.Form);
        Assert.Equal(HttpStatusCode.NotFound, browser.Last.StatusCode);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var form = await browser.OpenAsync(story.Form);
        await browser.PressAsync(form, Send, ("Form.Served", new string('x', 70_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, browser.Last.StatusCode);
    }

    [Fact]
    public async Task A_network_that_tries_too_often_is_told_when_and_loses_nothing()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        var attempts = fixture.App.Get<Attempts>();
        var letter = new Letter { Id = story.LetterId, Slug = story.Slug };
        var minutes = Enumerable.Range(0, 200).Select(i => attempts.Count(Attempt.Form, letter, IPAddress.Parse($"192.0.2.{i}"))).ToList();
        Assert.Null(minutes[0]);
        Assert.InRange(minutes[^1]!.Value, 1, 10);
        Assert.Null(attempts.Count(Attempt.Form, letter, IPAddress.Parse("198.51.100.1")));

        using var browser = story.Browser();
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.77");
        var page = await story.SignAsync(browser, "m.oladottir@post.example");
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Last.StatusCode);
        Assert.Contains("Too many attempts from your network.", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(SignStory.Served, Value(page, "Form.Served"));

        fixture.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(attempts.Count(Attempt.Form, letter, IPAddress.Parse("192.0.2.1")));
    }
}
