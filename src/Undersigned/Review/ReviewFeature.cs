namespace Undersigned.Review;

/// <summary>What was set aside, corrections that signers ask for, and each signature with its history.</summary>
public static class ReviewFeature
{
    public static void AddReview(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ReviewQueue>();
        builder.Services.AddScoped<SignatureHistory>();
    }

    public static void MapReview(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/review and /signatures/{signatureId}.
    }
}
