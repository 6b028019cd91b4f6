using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Undersigned.Model;

namespace Undersigned.Demo;

/// <summary>
/// The demo's own sign-in service, plain OAuth 2 as far as a client needs it: a name becomes a code, the code a token, the token an account.
/// Nothing of it is kept.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class StaffIndexModel(Instance instance) : PageModel
{
    public const string Key = "staff-index";

    [BindProperty(SupportsGet = true, Name = "redirect_uri")]
    public string? ReturnTo { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    public string? State { get; set; }

    public static AccountIssuer Issuer(Uri site) => new()
    {
        Key = Key,
        Name = "Waterways staff index",
        AuthorizeAt = new Uri(site, "/demo/staff-index"),
        TokenAt = new Uri(site, "/demo/staff-index/token"),
        UserInfoAt = new Uri(site, "/demo/staff-index/account"),
        ClientId = "undersigned",
        Scope = "",
    };

    public IActionResult OnGet() => IsOurs() ? Page() : NotFound();

    public IActionResult OnPost(string? name)
    {
        if (!IsOurs())
            return NotFound();
        if (string.IsNullOrWhiteSpace(name))
            return Page();
        var code = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(name.Trim()));
        return Redirect(QueryHelpers.AddQueryString(ReturnTo!, new Dictionary<string, string?> { ["code"] = code, ["state"] = State }));
    }

    private bool IsOurs() => ReturnTo == instance.UrlOf("/attach/" + Key);

    public static void Map(WebApplication app)
    {
        app.MapPost("/demo/staff-index/token", ([FromForm] string code) => Results.Json(new { access_token = code, token_type = "Bearer" })).DisableAntiforgery();
        app.MapGet("/demo/staff-index/account", (HttpRequest request) =>
            NameOf(request.Headers.Authorization) is { } name ? Results.Json(new { sub = SubjectOf(name), name }) : Results.Unauthorized());
    }

    public static string SubjectOf(string name) => NameFolding.Fold(name).Replace(' ', '-');

    private static string? NameOf(string? authorization)
    {
        try
        {
            return authorization?.StartsWith("Bearer ", StringComparison.Ordinal) == true ? Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(authorization["Bearer ".Length..])) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
