namespace Undersigned.Signing;

/// <summary>From the form to the confirmed signature, and the signer's own page.</summary>
public static class SigningFeature
{
    public static void AddSigning(this WebApplicationBuilder builder)
    {
    }

    public static void MapSigning(this WebApplication app)
    {
    }
}
