using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>
/// What programs read, below /api/v1: GET alone, without a key, for scripts of every site; below /api/v1/desk with a token instead. Described by /api/v1/openapi.json, which is
/// made from the handlers. Members are only ever added; what would change or end one is another version.
/// </summary>
public static class PublicApi
{
    public const string Root = "/api/v1";

    private const string TokenScheme = "token";

    private static readonly PublicPageAttribute Page = new() { MayBeRead = true };

    internal static void AddPublicApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            o.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Services.AddOpenApi("v1", o =>
        {
            o.ShouldInclude = d => d.RelativePath?.StartsWith(Root[1..] + "/", StringComparison.Ordinal) == true;
            o.AddSchemaTransformer(LeaveOutWhatMayBeMissing);
            o.AddDocumentTransformer(Describe);
            o.AddOperationTransformer(AskForToken);
        });
    }

    internal static void MapPublicApi(this WebApplication app)
    {
        app.MapOpenApi(Root + "/openapi.json").WithMetadata(Page);
        // Scripts of other sites ask before they send If-None-Match.
        app.MapMethods(Root + "/{**address}", ["GET", "OPTIONS"], MayAsk).WithMetadata(Page).ExcludeFromDescription();
    }

    /// <summary>An address below /api/v1 with what it answers, in one line.</summary>
    public static RouteHandlerBuilder MapApi(this WebApplication app, string path, Delegate show, string summary) =>
        app.MapGet(Root + path, show).WithMetadata(Page).WithSummary(summary).WithTags("Letters").Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>The same answer under the address that the signatory log names for it (docs/log.md, section 5).</summary>
    public static void MapOfTheLog(this WebApplication app, string path, Delegate show) =>
        app.MapGet(path, show).WithMetadata(Page).ExcludeFromDescription();

    private static Results<NoContent, ProblemHttpResult> MayAsk(HttpContext http)
    {
        if (!HttpMethods.IsOptions(http.Request.Method))
            return Problems.NoSuchAddress();
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, HEAD";
        headers.AccessControlAllowHeaders = "If-None-Match";
        headers.AccessControlMaxAge = "86400";
        return TypedResults.NoContent();
    }

    // A member without a value is left out of the answer; it cannot be required then.
    private static Task LeaveOutWhatMayBeMissing(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        foreach (var property in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable || Nullable.GetUnderlyingType(p.PropertyType) is not null))
            schema.Required?.Remove(property.Name);
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var instance = context.ApplicationServices.GetRequiredService<Instance>();
        document.Info = new OpenApiInfo { Title = "Undersigned", Version = "1", Description = "Open letters and their lists, as their logs have them. Every answer names the time, the size and the beginning of the root that it was read at. What stands below /desk is read with a token of the letter's owner, and is of the moment." };
        document.Servers = [new OpenApiServer { Url = instance.PublicUrl.AbsoluteUri.TrimEnd('/') }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[TokenScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token that an owner of a letter made at its desk, with the scopes that each address names." };
        return Task.CompletedTask;
    }

    private static Task AskForToken(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<NeedsScope>().FirstOrDefault() is { } needs)
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(TokenScheme, context.Document)] = [needs.Scope] }];
        return Task.CompletedTask;
    }
}

/// <summary>On an address that asks for a token: the scope that the token must have.</summary>
public sealed record NeedsScope(string Scope);

/// <summary>Errors of the public API as RFC 9457 has them. The types stay; the words may change.</summary>
public static class Problems
{
    private const string Prefix = "urn:undersigned:problem:";

    public static ProblemHttpResult NoSuchAddress() => Of(StatusCodes.Status404NotFound, "no-such-address", "There is nothing at this address.");

    public static ProblemHttpResult NoSuchLetter() => Of(StatusCodes.Status404NotFound, "no-such-letter", "There is no such letter.");

    public static ProblemHttpResult NoSuchTranslation() => Of(StatusCodes.Status404NotFound, "no-such-translation", "There is no translation of this letter in that language.");

    public static ProblemHttpResult NoSuchList() => Of(StatusCodes.Status404NotFound, "no-such-list", "There is no such letter or edition, or it was not published at that time.");

    public static ProblemHttpResult NoSuchSignatory() => Of(StatusCodes.Status404NotFound, "no-such-signatory", "Nobody has had this number.");

    public static ProblemHttpResult NotListed() => Of(StatusCodes.Status410Gone, "not-listed", "The signatory of this number is not on the list.");

    public static ProblemHttpResult BadTime() => Of(StatusCodes.Status400BadRequest, "bad-time", "The time cannot be read. Write at=2026-02-20T18:00Z, or a day, at=2026-02-20.");

    public static ProblemHttpResult BadYears() => Of(StatusCodes.Status400BadRequest, "bad-years", "The years cannot be read. Write from-year=1994 and to-year=2003; the first is not after the last.");

    public static ProblemHttpResult NoToken() => Of(StatusCodes.Status401Unauthorized, "no-token", "This asks for a token in the Authorization header: one that is known, not revoked and not ended.");

    public static ProblemHttpResult MissingScope(string scope) => Of(StatusCodes.Status403Forbidden, "missing-scope", $"The token lacks the scope {scope}.");

    public static ProblemHttpResult TooMany() => Of(StatusCodes.Status429TooManyRequests, "too-many-requests", "This token has asked too often. Retry-After says when it can go on.");

    private static ProblemHttpResult Of(int status, string type, string title) => TypedResults.Problem(statusCode: status, type: Prefix + type, title: title);
}
