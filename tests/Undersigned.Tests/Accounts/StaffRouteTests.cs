using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Access;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Accounts;

public sealed class StaffRouteTests
{
    /// <summary>Walks every route of every letter's desk, those of features to come too, as each kind of person.</summary>
    [Fact]
    public async Task Every_staff_route_opens_to_its_role_alone()
    {
        await using var app = await TestApp.StartAsync();
        await app.QueryAsync(db =>
        {
            db.Letters.Add(new Letter { Slug = "inspectors", Title = "Let the inspectors publish", Organiser = "Weirkeepers" });
            return db.SaveChangesAsync();
        });
        using var nobody = new Person(app);
        using var stranger = await Person.SignedInAsync(app);
        var staff = new Dictionary<StaffRole, Person>();
        foreach (var role in Enum.GetValues<StaffRole>())
            await (staff[role] = await Person.SignedInAsync(app)).JoinAsync(1, role);

        var routes = StaffRoutes(app);
        Assert.Contains("/desk/letters/1/people", routes.Keys);
        Assert.Contains("/desk/letters/1/text", routes.Keys);
        foreach (var (path, atLeast) in routes)
        {
            var challenge = await nobody.GetAsync(path);
            Assert.True(challenge.StatusCode == HttpStatusCode.Redirect && challenge.Headers.Location!.OriginalString.Contains("/sign-in?from=", StringComparison.Ordinal), path);
            Assert.True((await stranger.GetAsync(path)).StatusCode == HttpStatusCode.NotFound, path + " as a stranger");
            foreach (var (role, person) in staff)
                Assert.True((await person.GetAsync(path)).StatusCode == HttpStatusCode.NotFound == role > atLeast, $"{path} as {role}");
            Assert.True((await stranger.GetAsync(path.Replace("/1", "/999", StringComparison.Ordinal))).StatusCode == HttpStatusCode.NotFound, path);
        }
        foreach (var person in staff.Values)
            person.Dispose();
    }

    [Theory]
    [InlineData("/desk")]
    [InlineData("/desk/letters/new")]
    [InlineData("/account")]
    public async Task Pages_around_the_desks_ask_for_an_account(string path)
    {
        await using var app = await TestApp.StartAsync();
        using var nobody = new Person(app);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(path)).StatusCode);
    }

    // Pages whose route needs more than the letter (a screen of the glance, a signature) name something that is not there; they are
    // walked by the strangers' half only.
    private static Dictionary<string, StaffRole> StaffRoutes(TestApp app)
    {
        var routes = new Dictionary<string, StaffRole>();
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            if (!pattern.StartsWith("/desk/letters/{letterId", StringComparison.Ordinal))
                continue;
            var page = endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() ?? Compile(app, endpoint);
            var role = page.HandlerTypeInfo.GetCustomAttributes(typeof(StaffOnlyAttribute), true).Cast<StaffOnlyAttribute>().SingleOrDefault();
            Assert.True(role is not null, pattern + " has no [StaffOnly]");
            if (pattern.Count(c => c == '{') == 1)
                routes[pattern.Replace("{letterId:long}", "1", StringComparison.Ordinal)] = role.AtLeast;
        }
        return routes;
    }

    private static CompiledPageActionDescriptor Compile(TestApp app, RouteEndpoint endpoint) =>
        app.Services.GetRequiredService<Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageLoader>()
            .LoadAsync(endpoint.Metadata.GetMetadata<PageActionDescriptor>()!, EndpointMetadataCollection.Empty).GetAwaiter().GetResult();
}
