using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Data;

namespace Undersigned.Signing;

/// <summary>From the form to the confirmed signature, and the signer's own page.</summary>
public static class SigningFeature
{
    public static void AddSigning(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FormToken>();
        builder.Services.AddSingleton<ProofOfWork>();
        builder.Services.AddSingleton<FormCheck>();
        builder.Services.AddSingleton<Intake>();
        builder.Services.AddSingleton<Confirmation>();
        builder.Services.AddSingleton<OwnActs>();
        builder.Services.AddSingleton<FollowUpSigning>();
        builder.Services.AddSingleton<Expiry>();
        builder.Services.AddHourly<Expiry>((e, c) => e.RunAsync(c));
        builder.Services.Configure<RazorPagesOptions>(o =>
        {
            o.Conventions.AddPageRoute("/Signing/Sign", "private/{token}/sign");
            o.Conventions.AddPageRoute("/Signing/MySignature", "private/{token}/my-signature");
            o.Conventions.AddPageRoute("/Signing/Confirm", "confirmation/{token}");
            o.Conventions.AddPageRoute("/Signing/LinePage", "confirmation/{token}/line");
            o.Conventions.AddPageRoute("/Signing/LinePage", "confirm/{token}/line");
        });
    }

    public static void MapSigning(this WebApplication app)
    {
        // The pages map themselves: /letters/{slug}/sign and /private/{token}/sign, /confirm, /confirmation, /not-me, /signature.
    }
}
