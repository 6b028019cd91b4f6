namespace Undersigned.Verification;

/// <summary>What speaks for a name beyond a confirmed address: domains, the roster, accounts elsewhere, other signatories, an earlier letter.</summary>
public static class VerificationFeature
{
    public static void AddVerification(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DomainChecks>();
    }

    public static void MapVerification(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/checks.
    }
}
