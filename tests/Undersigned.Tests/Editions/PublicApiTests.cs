using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Undersigned.Data;
using Undersigned.Editions;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Editions;

/// <summary>The public API against its own description, on a letter with an edition behind it.</summary>
public sealed class PublicApiTests : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EditionStory story = null!;

    private HttpClient Program => story.Visitor;

    public async ValueTask InitializeAsync()
    {
        story = await EditionStory.BeginAsync();
        await story.Letter.App.Get<EditionWriter>().PublishAsync(story.Letter.LetterId, null, null, Ct);
        await story.Letter.App.QueryAsync(async db =>
        {
            var words = new PostWords { Kind = "translation", Title = "Dejen publicar", Body = "Once informes.", Time = "2026-02-27T10:00:00Z", Language = "es", Addressees = "A la Ministra", Demands = [], Revision = 1, Authoritative = "en" };
            await db.PostAsync(story.Letter.LetterId, PostKind.Translation, words, null, story.Letter.Now, Ct);
            return await db.SaveChangesAsync(Ct);
        });
        await story.GoOnAsync();
    }

    public ValueTask DisposeAsync() => story.DisposeAsync();

    [Fact]
    public async Task The_description_is_as_approved()
    {
        var document = await DocumentAsync();
        document["servers"]![0]!["url"] = "https://letters.example";
        Approved.Check("openapi.json", document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    [Fact]
    public async Task Every_address_answers_as_it_is_described()
    {
        var document = await DocumentAsync();
        var paths = document["paths"]!.AsObject();
        Assert.Equal((12, 2), (paths.Count(p => !IsOfToken(p.Value!)), paths.Count(p => IsOfToken(p.Value!))));
        var token = await TokenAsync();
        // Numbers of one batch are given in no order that a test could know.
        var ada = (await story.Letter.App.QueryAsync(db => Task.FromResult(db.Lines.Single(l => l.Name == "Ada N. Okafor" && l.EndIndex == null).Number))).ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (path, item) in paths)
        {
            var address = path.Replace("{slug}", story.Letter.Slug, StringComparison.Ordinal).Replace("{number}", ada, StringComparison.Ordinal).Replace("{edition}", "1", StringComparison.Ordinal).Replace("{language}", "es", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (IsOfToken(item!))
                request.Headers.Authorization = new("Bearer", token);
            using var answer = await Program.SendAsync(request, Ct);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {(int)answer.StatusCode}");
            var schema = item!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
            var wrong = new List<string>();
            Compare(document, schema, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct)), address, wrong);
            Assert.Empty(wrong);
        }
    }

    [Fact]
    public async Task Addresses_of_the_log_and_of_the_API_give_the_same_answer()
    {
        foreach (var (log, api) in new[] { (".json", "/number"), ("/signatories.json", "/signatories"), ("/editions.json", "/editions"), ("/editions/1.json", "/editions/1/signatories"), ("/statistics.json", "/statistics") })
            Assert.Equal(await Program.GetStringAsync($"/{story.Path}{log}", Ct), await Program.GetStringAsync($"/api/v1/{story.Path}{api}", Ct));
    }

    [Fact]
    public async Task A_program_of_another_site_may_read_and_ask_whether_it_has_changed()
    {
        using var first = await Program.GetAsync($"/api/v1/{story.Path}/number", Ct);
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
        var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{story.Path}/number");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await Program.SendAsync(again, Ct);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal("*", Assert.Single(second.Headers.GetValues("Access-Control-Allow-Origin")));
        await story.Letter.AdmitAsync("Hedda Ramsgate");
        await story.Letter.SequenceAsync();
        var later = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{story.Path}/number");
        later.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var third = await Program.SendAsync(later, Ct);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);

        using var asked = await Program.SendAsync(new HttpRequestMessage(HttpMethod.Options, $"/api/v1/{story.Path}/number"), Ct);
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal("If-None-Match", Assert.Single(asked.Headers.GetValues("Access-Control-Allow-Headers")));
    }

    [Theory]
    [InlineData("", 404, "no-such-address")]
    [InlineData("/nothing", 404, "no-such-address")]
    [InlineData("/letters/nosuch", 404, "no-such-letter")]
    [InlineData("/letters/nosuch/number", 404, "no-such-letter")]
    [InlineData("/letters/nosuch/statistics", 404, "no-such-letter")]
    [InlineData("/letters/nosuch/updates", 404, "no-such-letter")]
    [InlineData("/letters/nosuch/files", 404, "no-such-letter")]
    [InlineData("/letters/nosuch/signatories", 404, "no-such-list")]
    [InlineData("/letters/inspectors/editions/9/signatories", 404, "no-such-list")]
    [InlineData("/letters/inspectors/signatories?at=1999-01-01", 404, "no-such-list")]
    [InlineData("/letters/inspectors/signatories?at=yesterday", 400, "bad-time")]
    [InlineData("/letters/inspectors/signatories?from-year=early", 400, "bad-years")]
    [InlineData("/letters/inspectors/signatories?after=999", 404, "no-such-signatory")]
    [InlineData("/letters/inspectors/signatories/999", 404, "no-such-signatory")]
    [InlineData("/letters/inspectors/signatories/0", 404, "no-such-signatory")]
    public async Task A_problem_has_a_type_that_stays(string path, int status, string type)
    {
        using var answer = await Program.GetAsync("/api/v1" + path, Ct);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
        Assert.Equal("urn:undersigned:problem:" + type, problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }

    [Fact]
    public async Task A_line_is_told_with_its_entry_and_one_that_left_is_gone()
    {
        var gone = await story.Letter.App.QueryAsync(db => Task.FromResult(db.Signatures.Single(s => s.Name == "Bo Ekelund").Number));
        using var answer = await Program.GetAsync($"/api/v1/{story.Path}/signatories/{gone}", Ct);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.DoesNotContain("Ekelund", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var ada = await story.Letter.App.QueryAsync(db => Task.FromResult(db.Lines.Single(l => l.Name == "Ada N. Okafor" && l.EndIndex == null)));
        var line = JsonDocument.Parse(await Program.GetStringAsync($"/api/v1/{story.Path}/signatories/{ada.Number}", Ct)).RootElement;
        Assert.Equal("Ada N. Okafor", line.GetProperty("line").GetProperty("name").GetString());
        Assert.Equal(ada.LeafIndex, line.GetProperty("index").GetInt64());
    }

    [Fact]
    public async Task Every_file_that_is_named_is_there_and_of_its_type()
    {
        var files = JsonDocument.Parse(await Program.GetStringAsync($"/api/v1/{story.Path}/files", Ct)).RootElement.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(8, files.Count);
        Assert.Equal(4, files.Count(f => f.TryGetProperty("edition", out var edition) && edition.GetInt32() == 1));
        foreach (var file in files)
        {
            using var answer = await Program.GetAsync(new Uri(file.GetProperty("address").GetString()!).PathAndQuery, Ct);
            Assert.Equal((HttpStatusCode.OK, file.GetProperty("type").GetString()), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task Updates_are_told_in_their_latest_wording_with_their_place_in_the_record()
    {
        var first = await PostAsync("The gates are shut", null);
        var second = await PostAsync("The gates were shut on Monday", first);
        var update = Assert.Single(JsonDocument.Parse(await Program.GetStringAsync($"/api/v1/{story.Path}/updates", Ct)).RootElement.GetProperty("updates").EnumerateArray());
        Assert.Equal(("update", "The gates were shut on Monday"), (update.GetProperty("kind").GetString(), update.GetProperty("title").GetString()));
        Assert.Equal((second.LeafIndex, first.LeafIndex), (update.GetProperty("entry").GetInt64(), update.GetProperty("first").GetInt64()));
        Assert.Equal(second.Text, await Program.GetByteArrayAsync($"/{story.Path}/log/texts/{update.GetProperty("text").GetString()}", Ct));
        Assert.EndsWith($"/{story.Path}/updates/{second.LeafIndex}", update.GetProperty("address").GetString(), StringComparison.Ordinal);
    }

    private async Task<LetterPost> PostAsync(string title, LetterPost? replaces)
    {
        var words = new PostWords { Kind = "update", Title = title, Body = "", Time = Undersigned.Shared.Printed.Machine(story.Letter.Now), Language = "en", Replaces = replaces is null ? null : Convert.ToBase64String(replaces.TextHash) };
        var id = await story.Letter.App.QueryAsync(async db =>
        {
            var post = await db.PostAsync(story.Letter.LetterId, PostKind.Update, words, replaces, story.Letter.Now, Ct);
            await db.SaveChangesAsync(Ct);
            return post.Id;
        });
        await story.Letter.SequenceAsync();
        return await story.Letter.App.QueryAsync(db => Task.FromResult(db.Posts.Single(p => p.Id == id)));
    }

    private static bool IsOfToken(JsonNode path) => path["get"]!["security"] is not null;

    private async Task<string> TokenAsync()
    {
        using var owner = await story.EnterAsync(StaffRole.Owner);
        var tokens = $"/desk/letters/{story.Letter.LetterId}/tokens";
        var made = await owner.PressAsync(await owner.OpenAsync(tokens), "Make the token", ("name", "Our list"), ("scopes", "signatures:read"), ("scopes", "figures:read"));
        return made.QuerySelector("#token")!.TextContent.Trim();
    }

    [Fact]
    public async Task A_letter_that_is_not_public_answers_like_one_that_does_not_exist()
    {
        await story.Letter.App.QueryAsync(async db =>
        {
            var draft = SeededLetter.Some("draft");
            draft.State = LetterState.Private;
            db.Letters.Add(draft);
            return await db.SaveChangesAsync(Ct);
        });
        Assert.DoesNotContain("draft", await Program.GetStringAsync("/api/v1/letters", Ct), StringComparison.Ordinal);
        foreach (var path in new[] { "", "/number", "/signatories", "/signatories/1", "/editions", "/statistics", "/updates", "/files" })
        {
            using var hidden = await Program.GetAsync("/api/v1/letters/draft" + path, Ct);
            using var unknown = await Program.GetAsync("/api/v1/letters/nosuch" + path, Ct);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            Assert.Equal(await unknown.Content.ReadAsStringAsync(Ct), await hidden.Content.ReadAsStringAsync(Ct));
        }
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await Program.GetStringAsync("/api/v1/openapi.json", Ct))!;

    /// <summary>Nothing is answered that is not described, nothing required is missing, and each value is of its type.</summary>
    private static void Compare(JsonNode document, JsonNode schema, JsonNode? value, string where, List<string> wrong)
    {
        while (schema["$ref"]?.GetValue<string>() is { } name)
            schema = document["components"]!["schemas"]![name["#/components/schemas/".Length..]]!;
        var types = schema["type"] switch { JsonArray many => many.Select(t => t!.GetValue<string>()).ToList(), JsonValue one => [one.GetValue<string>()], _ => [] };
        var kind = value?.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "integer",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "null",
        };
        if (!types.Contains(kind))
            wrong.Add($"{where} is {kind} and not {string.Join(" or ", types)}");
        if (value is JsonArray items)
            foreach (var item in items)
                Compare(document, schema["items"]!, item, where + "[]", wrong);
        if (value is not JsonObject members)
            return;
        wrong.AddRange((schema["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>()).Where(r => !members.ContainsKey(r)).Select(r => $"{where}.{r} is missing"));
        foreach (var (name, member) in members)
            if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is { } described)
                Compare(document, described, member, $"{where}.{name}", wrong);
            else
                wrong.Add($"{where}.{name} is not described");
    }
}
