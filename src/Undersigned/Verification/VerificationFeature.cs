using Undersigned.Outbound;

namespace Undersigned.Verification;

/// <summary>What speaks for a name beyond a confirmed address: domains, the roster, accounts elsewhere, other signatories, an earlier letter.</summary>
public static class VerificationFeature
{
    public static void AddVerification(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DomainChecks>();
        builder.Services.AddScoped<RosterActs>();
        builder.Services.AddSingleton<AccountActs>();
        builder.Services.AddSingleton<VouchActs>();
        builder.Services.AddSingleton<IssuerDialogue>();
        builder.Services.AddHttpClient(IssuerDialogue.ClientName, c => (c.Timeout, c.MaxResponseContentBufferSize) = (IssuerDialogue.Patience, IssuerDialogue.LargestAnswer))
            .ConfigurePrimaryHttpMessageHandler(OutboundClient.HandlerForOperators);
    }

    public static void MapVerification(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/checks and /roster, /signature/{token}/accounts and /vouching, /attach, /vouch.
    }
}
