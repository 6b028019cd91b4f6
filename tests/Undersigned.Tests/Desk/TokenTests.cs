using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Desk;

public sealed class TokenTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_shown_once_opens_what_its_scopes_say_and_nothing_once_revoked()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync("Ada Lockwood");
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var token = await MakeAsync(room, owner, "Members’ list", "figures:read");

        Assert.DoesNotContain(token, (await owner.OpenAsync(room.Desk + "/tokens")).Source.Text, StringComparison.Ordinal);
        Assert.Contains("Not used yet", (await owner.OpenAsync(room.Desk + "/tokens")).Source.Text, StringComparison.Ordinal);
        using var figures = await AskAsync("figures", token);
        Assert.Equal(HttpStatusCode.OK, figures.StatusCode);
        Assert.Equal("no-store", figures.Headers.CacheControl?.ToString());
        Assert.False(figures.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(1, (await JsonAsync(figures)).GetProperty("states").GetProperty("confirmed").GetInt32());
        Assert.Contains("Last used 1 March 2026", (await owner.OpenAsync(room.Desk + "/tokens")).Source.Text, StringComparison.Ordinal);

        using var lacking = await AskAsync("signatures", token);
        await IsProblemAsync(lacking, HttpStatusCode.Forbidden, "missing-scope", "signatures:read");
        Assert.Contains("scope=\"signatures:read\"", lacking.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        await owner.PressAsync(await owner.OpenAsync(room.Desk + "/tokens"), "Revoke");
        using var revoked = await AskAsync("figures", token);
        await IsProblemAsync(revoked, HttpStatusCode.Unauthorized, "no-token");
        Assert.Equal(["token-made", "token-revoked"], (await room.DoneAsync()).Select(a => a.What));
        Assert.DoesNotContain(await room.DoneAsync(), a => a.Detail!.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sheet_has_what_the_spreadsheet_has_of_this_letter_alone_and_the_reading_is_recorded()
    {
        var (room, other) = (await StaffRoom.OpenAsync(fixture.App), await StaffRoom.OpenAsync(fixture.App));
        await other.SignAsync("Somebody Elsewhere");
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => (s.Number, s.Telephone, s.Note, s.PressMayCall, s.ListedAt) = (7, "+1 555 0177", "met in 1998", true, fixture.Time.GetUtcNow()));
        await room.WriteAsync(db =>
        {
            db.Evidence.Add(new Evidence { LetterId = room.LetterId, SignatureId = ada.Id, Kind = EvidenceKind.Known, At = fixture.Time.GetUtcNow(), What = "Reached by a published number" });
            db.Inquiries.Add(new Inquiry { LetterId = room.LetterId, SignatureId = ada.Id, Kind = InquiryKind.Wrong, State = InquiryState.Waiting, SubmittedAt = fixture.Time.GetUtcNow(), Email = "neighbour@post.example", Text = "Two years too many" });
        });
        await room.SignAsync("Erased Person", SignatureState.Erased, s => (s.Name, s.Email) = ("", null));
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var token = await MakeAsync(room, owner, "Members", "signatures:read");

        using var answer = await AskAsync("signatures", token);
        var sheet = await JsonAsync(answer);
        Assert.DoesNotContain("Elsewhere", sheet.ToString(), StringComparison.Ordinal);
        var (first, second) = (sheet.GetProperty("signatures")[0], sheet.GetProperty("signatures")[1]);
        Assert.Equal((7, "listed", "email"), (first.GetProperty("number").GetInt32(), first.GetProperty("state").GetString(), first.GetProperty("level").GetString()));
        Assert.Equal((ada.Email, "+1 555 0177", "met in 1998"), (first.GetProperty("address").GetString(), first.GetProperty("telephone").GetString(), first.GetProperty("note").GetString()));
        Assert.Equal(1985, first.GetProperty("years")[0].GetProperty("from").GetInt32());
        Assert.Equal("Reached by a published number", first.GetProperty("evidence")[0].GetProperty("what").GetString());
        Assert.Equal("Two years too many", first.GetProperty("reports")[0].GetProperty("text").GetString());
        Assert.Equal(("erased", ""), (second.GetProperty("state").GetString(), second.GetProperty("name").GetString()));
        Assert.False(second.TryGetProperty("address", out _));

        using var again = await AskAsync("signatures", token);
        var read = Assert.Single(await room.DoneAsync(), a => a.What == "token-read");
        Assert.StartsWith("Members (token ", read.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_that_lead_to_each_other()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Enumerable.Range(1, 1_001).Select(i => $"Ada Lockwood {i}"));
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var token = await MakeAsync(room, owner, "Members", "signatures:read");
        var (names, path) = (new List<string>(), "/api/v1/desk/signatures");
        for (var pages = 1; path.Length > 0; pages++)
        {
            using var answer = await AskAsync(path["/api/v1/desk/".Length..], token);
            var page = await JsonAsync(answer);
            names.AddRange(page.GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("name").GetString()!));
            path = page.TryGetProperty("next", out var next) ? next.GetString()! : "";
            Assert.True(pages <= 3);
        }
        Assert.Equal(Enumerable.Range(1, 1_001).Select(i => $"Ada Lockwood {i}"), names);
    }

    [Fact]
    public async Task Days_count_what_came_and_who_left()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var now = fixture.Time.GetUtcNow();
        await room.SignAsync(["A Lockwood", "B Lockwood"], SignatureState.Listed, s => (s.SubmittedAt, s.ConfirmedAt, s.ListedAt, s.Number) = (now.AddDays(-2), now.AddDays(-1), now, null));
        await room.SignAsync("C Lockwood", SignatureState.Withdrawn, s => (s.SubmittedAt, s.ConfirmedAt, s.ListedAt, s.StateAt) = (now.AddDays(-40), now.AddDays(-40), now.AddDays(-39), now));
        using var owner = await room.EnterAsync(StaffRole.Owner);
        using var answer = await AskAsync("figures", await MakeAsync(room, owner, "Screen in the hall", "figures:read"));
        var days = (await JsonAsync(answer)).GetProperty("days").EnumerateArray().Select(d => (Day: d.GetProperty("day").GetString(), Counts: $"{d.GetProperty("signed")} {d.GetProperty("confirmed")} {d.GetProperty("listed")} {d.GetProperty("left")}")).ToList();
        Assert.Equal(30, days.Count);
        Assert.Equal([(Day(-2), "2 0 0 0"), (Day(-1), "0 2 0 0"), (Day(0), "0 0 2 1")], days[^3..]);
        Assert.All(days[..^3], d => Assert.Equal("0 0 0 0", d.Counts));

        string Day(int ago) => Undersigned.Shared.Printed.Machine(DateOnly.FromDateTime(now.AddDays(ago).UtcDateTime));
    }

    [Fact]
    public async Task A_token_ends_with_its_last_day()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var today = Undersigned.Shared.Printed.Machine(DateOnly.FromDateTime(fixture.Time.GetUtcNow().UtcDateTime));
        var token = await MakeAsync(room, owner, "For today", "figures:read", ("ends", today));
        using (var open = await AskAsync("figures", token))
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        await room.WriteAsync(db => db.ApiTokens.Single(t => t.LetterId == room.LetterId).EndsAt = fixture.Time.GetUtcNow());
        using var ended = await AskAsync("figures", token);
        await IsProblemAsync(ended, HttpStatusCode.Unauthorized, "no-token");
        Assert.Contains("error=\"invalid_token\"", ended.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_too_often_is_told_when_to_go_on()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var token = await MakeAsync(room, owner, "A loop", "figures:read");
        var row = await fixture.App.QueryAsync(db => Task.FromResult(db.ApiTokens.Single(t => t.LetterId == room.LetterId)));
        for (var i = 0; i < Attempts.TokenBurst; i++)
            Assert.Null(fixture.App.Get<Attempts>().CountRequest(row));
        using var answer = await AskAsync("figures", token);
        await IsProblemAsync(answer, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal(TimeSpan.FromMinutes(10), answer.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("Bearer undersigned_0000000000000000000000000000000000000000000000000000")]
    [InlineData("Bearer something else")]
    [InlineData("Bearer ")]
    [InlineData("Basic dW5kZXJzaWduZWQ6eA==")]
    [InlineData(null)]
    public async Task Without_a_token_that_is_known_nothing_opens(string? authorization)
    {
        using var client = fixture.App.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/desk/signatures");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await client.SendAsync(request, Ct);
        await IsProblemAsync(answer, HttpStatusCode.Unauthorized, "no-token");
    }

    [Fact]
    public async Task A_token_in_the_address_is_none_and_scripts_of_other_sites_may_not_ask()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var token = await MakeAsync(room, owner, "Members", "figures:read");
        using var client = fixture.App.Client();
        using var answer = await client.GetAsync($"/api/v1/desk/figures?access_token={token}", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using var asked = await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/v1/desk/figures") { Headers = { { "Origin", "https://elsewhere.example" }, { "Access-Control-Request-Headers", "authorization" } } }, Ct);
        Assert.False(asked.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.NotEqual(HttpStatusCode.NoContent, asked.StatusCode);
    }

    [Theory]
    [InlineData("", "figures:read", "", "What is it for?")]
    [InlineData("Members", "", "", "Choose at least one")]
    [InlineData("Members", "everything", "", "Choose at least one")]
    [InlineData("Members", "figures:read", "2026-02-28", "A day from today on")]
    [InlineData("Members", "figures:read", "soon", "A day from today on")]
    public async Task What_cannot_be_made_is_said_and_keeps_what_was_typed(string name, string scope, string ends, string says)
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        using var answer = await owner.PostAsync(await owner.OpenAsync(room.Desk + "/tokens"), "Make the token", ("name", name), ("scopes", scope), ("ends", ends));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{name}\"", page, StringComparison.Ordinal);
        Assert.Empty(await room.DoneAsync());
    }

    [Fact]
    public async Task The_database_holds_no_token()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var token = await MakeAsync(room, owner, "Members", "figures:read");
        var row = await fixture.App.QueryAsync(db => Task.FromResult(db.ApiTokens.Single(t => t.LetterId == room.LetterId)));
        Assert.Equal(32, row.TokenTag.Length);
        Assert.NotEqual(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(token)), row.TokenTag);
        Assert.DoesNotContain(fixture.App.Log, l => l.Contains(token, StringComparison.Ordinal));
    }

    private static async Task<string> MakeAsync(StaffRoom room, StaffBrowser owner, string name, string scope, params (string, string)[] more)
    {
        var page = await owner.PressAsync(await owner.OpenAsync(room.Desk + "/tokens"), "Make the token", [("name", name), ("scopes", scope), .. more]);
        return page.QuerySelector("#token")!.TextContent.Trim();
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string token)
    {
        using var client = fixture.App.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/desk/" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request, Ct);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;

    private static async Task IsProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string type, string says = "")
    {
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var problem = await JsonAsync(answer);
        Assert.Equal("urn:undersigned:problem:" + type, problem.GetProperty("type").GetString());
        Assert.Contains(says, problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }
}
