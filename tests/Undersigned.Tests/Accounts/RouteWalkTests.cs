using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Accounts;

/// <summary>Walks every route there is as each kind of person, reading and posting.</summary>
public sealed class RouteWalkTests : IAsyncLifetime
{
    private readonly Dictionary<StaffRole, Person> staff = [];
    private TestApp app = null!;
    private Person nobody = null!, elsewhere = null!, operatorAtWork = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await PrepareAsync();
        nobody = new Person(app);
        elsewhere = await Person.SignedInAsync(app);
        await elsewhere.JoinAsync(2, StaffRole.Owner);
        operatorAtWork = await Person.SignedInAsync(app, isOperator: true);
        foreach (var role in Enum.GetValues<StaffRole>())
            await (staff[role] = await Person.SignedInAsync(app)).JoinAsync(1, role);
        await app.QueryAsync(db =>
        {
            db.Webhooks.Add(new Webhook { LetterId = 1, MadeBy = db.Users.Select(u => u.Id).First(), Host = "members.example", Address = "https://members.example/hook", State = WebhookState.Off });
            db.Imports.Add(new SheetImport { LetterId = 1, AccountId = db.Users.Select(u => u.Id).First(), Encoding = "utf-8", Separator = ",", FileName = "answers.csv" });
            return db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in staff.Values.Append(nobody).Append(elsewhere).Append(operatorAtWork))
            person.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Every_route_opens_to_whom_the_table_names_and_to_nobody_else()
    {
        var routes = Routes();
        List<string> wrong = [.. routes.Keys.Except(Doors.All.Keys).Select(r => r + " has no door in Doors.cs"), .. Doors.All.Keys.Except(routes.Keys).Select(r => r + " is no route")];
        foreach (var (route, door) in Doors.All.Where(d => routes.ContainsKey(d.Key)))
            wrong.AddRange(door.Kind switch
            {
                DoorKind.Anybody => await WalkPublicAsync(route),
                DoorKind.Token => await WalkTokenAsync(door.Address!),
                DoorKind.Staff => [.. await ReadDeskAsync(route, door), .. await PostDeskAsync(route, door, routes[route])],
                _ => await WalkAccountsAsync(door),
            });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private Task PrepareAsync() => app.QueryAsync(async db =>
    {
        db.Letters.AddRange(
            new Letter { Slug = "inspectors", Title = "Let the inspectors publish", Organiser = "Weirkeepers" },
            new Letter { Slug = "locks", Title = "Mend the locks", Organiser = "Lock masters" });
        await db.SaveChangesAsync();
        db.Signatures.Add(new Signature { LetterId = 1, Name = "Ada Lockwood", FoldedName = "ada lockwood", State = SignatureState.Listed, Number = 1, Email = "ada@post.example", EmailDomain = "post.example" });
        await db.SaveChangesAsync();
        db.Signatures.Add(new Signature { LetterId = 1, Name = "PLATO ODD", FoldedName = "plato odd", State = SignatureState.InReview });
        db.Corrections.Add(new Correction { LetterId = 1, SignatureId = 1, Name = "Ada Lockwood-Vance" });
        // Somebody has signed: the words are corrected, not edited.
        RevisionWriter.Fix(db, db.Letters.Single(l => l.Id == 1), DateTimeOffset.UnixEpoch);
        db.Inquiries.Add(new Inquiry { LetterId = 1, SignatureId = 1, Kind = InquiryKind.Reply, State = InquiryState.Waiting, DueAt = DateTimeOffset.UnixEpoch });
        return await db.SaveChangesAsync();
    });

    private async Task<IEnumerable<string>> WalkPublicAsync(string route)
    {
        var address = System.Text.RegularExpressions.Regex.Replace(route, "{[^}]*}", "1");
        var wrong = new List<string>();
        foreach (var person in new[] { nobody, elsewhere })
            if (AsksToSignIn(await person.GetAsync(address)) && address != "/sign-in/code")
                wrong.Add($"{route} asks for an account");
        var blind = await nobody.Client.PostAsync(address, new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
        if (blind.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed))
            wrong.Add($"{route} takes a post without its form: {(int)blind.StatusCode}");
        return wrong;
    }

    private async Task<IEnumerable<string>> WalkTokenAsync(string address)
    {
        var wrong = new List<string>();
        foreach (var person in staff.Values.Append(nobody).Append(elsewhere).Append(operatorAtWork))
            if ((await person.GetAsync(address)).StatusCode is var status and not HttpStatusCode.Unauthorized)
                wrong.Add($"{address} without a token: {(int)status}");
        if ((await PostAsync(staff[StaffRole.Owner], address)).StatusCode is var posted and not HttpStatusCode.MethodNotAllowed)
            wrong.Add($"{address} takes a post: {(int)posted}");
        return wrong;
    }

    private async Task<IEnumerable<string>> WalkAccountsAsync(Door door)
    {
        var wrong = new List<string>();
        if (!AsksToSignIn(await nobody.GetAsync(door.Address!)) || !AsksToSignIn(await PostAsync(nobody, door.Address!)))
            wrong.Add(door.Address + " opens to a stranger");
        foreach (var person in staff.Values.Append(elsewhere))
            if ((await person.GetAsync(door.Address!)).StatusCode == HttpStatusCode.NotFound != (door.Kind == DoorKind.Operator))
                wrong.Add(door.Address + " for somebody who is signed in");
        if ((await operatorAtWork.GetAsync(door.Address!)).StatusCode != HttpStatusCode.OK)
            wrong.Add(door.Address + " for the operator");
        return wrong;
    }

    private async Task<IEnumerable<string>> ReadDeskAsync(string route, Door door)
    {
        var address = AddressOf(route, door);
        var wrong = new List<string>();
        if (!AsksToSignIn(await nobody.GetAsync(address)))
            wrong.Add($"GET {route} as a stranger");
        foreach (var person in new[] { elsewhere, operatorAtWork })
            if ((await person.GetAsync(address)).StatusCode != HttpStatusCode.NotFound)
                wrong.Add($"GET {route} as somebody of elsewhere");
        foreach (var (role, person) in staff)
        {
            var status = (await person.GetAsync(address)).StatusCode;
            if (!door.MayOpen(role) ? status != HttpStatusCode.NotFound : door.Address is not null && status is not (HttpStatusCode.OK or HttpStatusCode.Redirect))
                wrong.Add($"GET {route} as {role}: {(int)status}");
        }
        return wrong;
    }

    /// <summary>Each handler of the page, by everybody who must not.</summary>
    private async Task<IEnumerable<string>> PostDeskAsync(string route, Door door, CompiledPageActionDescriptor page)
    {
        var wrong = new List<string>();
        foreach (var handler in page.HandlerMethods.Where(h => h.HttpMethod == "Post").Select(h => h.Name ?? "").Append("").Distinct())
        {
            var address = AddressOf(route, door) + (handler.Length == 0 ? "" : route.EndsWith("{handler?}", StringComparison.Ordinal) ? "/" + handler : "?handler=" + handler);
            if (!AsksToSignIn(await PostAsync(nobody, address)))
                wrong.Add($"POST {address} as a stranger");
            var atLeast = Doors.Narrower.TryGetValue((route, handler), out var narrower) ? narrower : door.AtLeast;
            foreach (var (who, person) in staff.Where(s => door.AuditorAlone ? s.Key != StaffRole.Auditor : s.Key > atLeast).Select(s => (s.Key.ToString(), s.Value)).Append(("somebody of elsewhere", elsewhere)).Append(("the operator", operatorAtWork)))
                if ((await PostAsync(person, address)).StatusCode is var status and not HttpStatusCode.NotFound)
                    wrong.Add($"POST {address} as {who}: {(int)status}");
        }
        return wrong;
    }

    // Where nothing of the kind is made here, what does not exist must at least not open to whom the door is shut.
    private static string AddressOf(string route, Door door) => door.Address
        ?? System.Text.RegularExpressions.Regex.Replace(route.Replace("{letterId:long}", "1", StringComparison.Ordinal).Replace("/{handler?}", "", StringComparison.Ordinal), "{[^}]*}", "999");

    private static bool AsksToSignIn(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("/sign-in", StringComparison.Ordinal);

    /// <summary>With the mark of a form of ours, so that what refuses is the door.</summary>
    private static async Task<HttpResponseMessage> PostAsync(Person person, string address)
    {
        person.FormMark ??= (await person.OpenAsync("/sign-in")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value");
        return await person.Client.PostAsync(address, new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", person.FormMark!)]), TestContext.Current.CancellationToken);
    }

    private Dictionary<string, CompiledPageActionDescriptor> Routes()
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        return app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !IsAsset(e))
            .GroupBy(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .ToDictionary(g => g.Key, g => g.First().Metadata.GetMetadata<CompiledPageActionDescriptor>()
                ?? (g.First().Metadata.GetMetadata<PageActionDescriptor>() is { } page ? loader.LoadAsync(page, EndpointMetadataCollection.Empty).GetAwaiter().GetResult() : null!));
    }

    private static bool IsAsset(RouteEndpoint endpoint) => Path.GetExtension(endpoint.RoutePattern.RawText) is ".css" or ".js" or ".svg";
}
