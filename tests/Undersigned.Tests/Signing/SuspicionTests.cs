using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Signing;

namespace Undersigned.Tests.Signing;

public sealed class SuspicionTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    private const string Send = "Send me the six digits";

    [Fact]
    public async Task Without_suspicion_no_browser_works()
    {
        var story = await SignStory.BeginAsync(fixture.App);
        using var browser = story.Browser();
        var page = await browser.OpenAsync(story.Form);
        Assert.Null(page.QuerySelector("[name=Work]"));
        Assert.DoesNotContain("work.js", browser.Text, StringComparison.Ordinal);
        Assert.False((await story.ConfirmedAsync("a.oladottir@post.example")).IsSuspect);
    }

    [Fact]
    public async Task A_browser_that_worked_signs_like_every_other()
    {
        var story = await SuspiciousAsync();
        var signature = await SignAsync(story, "b.oladottir@post.example", page => Solve(Asked(page)));
        Assert.False(signature.IsSuspect);
        Assert.NotEqual(SignatureState.InReview, signature.State);
    }

    [Fact]
    public async Task One_that_cannot_is_not_refused_and_a_person_looks_whatever_the_rules_say()
    {
        var story = await SuspiciousAsync();
        var signature = await SignAsync(story, "c.oladottir@post.example", _ => "");
        Assert.True(signature.IsSuspect);
        Assert.Equal((SignatureState.Confirmed, Oddity.Weight(Oddity.NoWork)), (signature.State, signature.Risk));
    }

    [Fact]
    public async Task Work_counts_for_the_form_it_was_asked_for_and_for_no_other()
    {
        var story = await SuspiciousAsync();
        var stolen = "";
        await SignAsync(story, "d.oladottir@post.example", page => stolen = Solve(Asked(page)));
        Assert.True((await SignAsync(story, "e.oladottir@post.example", _ => stolen)).IsSuspect);
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("counter")]
    [InlineData("expiresAt")]
    [InlineData("nonsense")]
    public void Forged_work_is_no_work(string part)
    {
        var work = fixture.App.Get<ProofOfWork>();
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var asked = work.For(nonce);
        Assert.True(work.IsDone(Solve(asked), nonce));
        Assert.False(work.IsDone(Forge(Solve(asked), part), nonce));
    }

    [Fact]
    public void Work_that_is_older_than_its_form_is_no_work()
    {
        var (work, nonce) = (fixture.App.Get<ProofOfWork>(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var done = Solve(work.For(nonce));
        fixture.Clock.Advance(FormToken.Lifetime + TimeSpan.FromMinutes(1));
        Assert.False(work.IsDone(done, nonce));
    }

    [Fact]
    public async Task The_network_is_kept_for_two_days_as_a_tag()
    {
        var story = await SignStory.BeginAsync(fixture.App);
        using var browser = story.Browser();
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        await story.SignAsync(browser, "f.oladottir@post.example");
        var signature = await story.LatestAsync();
        Assert.Equal(16, signature.NetworkTag!.Length);

        await story.WriteAsync(db => db.Signatures.Single(s => s.Id == signature.Id).SubmittedAt -= TimeSpan.FromHours(49));
        await fixture.App.Get<Expiry>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Null((await story.ReadAsync(signature.Id)).NetworkTag);
    }

    private Task<SignStory> SuspiciousAsync() => SignStory.BeginAsync(fixture.App, with: l =>
    {
        l.Limits = new SigningLimits { AskForWork = true };
        l.GlanceRequired = false;
    });

    private static async Task<Signature> SignAsync(SignStory story, string email, Func<IHtmlDocument, string> work)
    {
        using var browser = story.Browser();
        var page = await browser.OpenAsync(story.Form);
        page = await browser.PressAsync(page, Send, [.. SignStory.Filled(email), ("Work", work(page))]);
        var signature = await story.LatestAsync();
        await browser.PressAsync(page, "Confirm my signature", ("code", story.Code(signature)));
        return await story.ReadAsync(signature.Id);
    }

    private static string Asked(IHtmlDocument page) => page.QuerySelector("[name=Work]")!.GetAttribute("data-work")!;

    /// <summary>What the widget does: counts up until the derived key begins as asked.</summary>
    private static string Solve(string asked)
    {
        var challenge = JsonNode.Parse(asked)!;
        var parameters = challenge["parameters"]!;
        var (nonce, salt) = (Convert.FromHexString((string)parameters["nonce"]!), Convert.FromHexString((string)parameters["salt"]!));
        for (uint counter = 0; ; counter++)
        {
            var password = new byte[nonce.Length + 4];
            nonce.CopyTo(password, 0);
            BinaryPrimitives.WriteUInt32BigEndian(password.AsSpan(nonce.Length), counter);
            var key = Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(password, salt, (int)parameters["cost"]!, HashAlgorithmName.SHA256, (int)parameters["keyLength"]!));
            if (key.StartsWith((string)parameters["keyPrefix"]!, StringComparison.Ordinal))
                return Packed(new JsonObject { ["challenge"] = challenge.DeepClone(), ["solution"] = new JsonObject { ["counter"] = counter, ["derivedKey"] = key } });
        }
    }

    private static string Forge(string done, string part)
    {
        var answer = JsonNode.Parse(Convert.FromBase64String(done))!;
        switch (part)
        {
            case "signature":
                answer["challenge"]!["signature"] = new string('0', 64);
                break;
            case "counter":
                answer["solution"]!["counter"] = (uint)answer["solution"]!["counter"]! + 1;
                break;
            case "expiresAt":
                answer["challenge"]!["parameters"]!["expiresAt"] = (long)answer["challenge"]!["parameters"]!["expiresAt"]! + 1;
                break;
            default:
                return "AAAA";
        }
        return Packed(answer);
    }

    private static string Packed(JsonNode answer) => Convert.ToBase64String(Encoding.UTF8.GetBytes(answer.ToJsonString()));
}
