namespace Undersigned.Review;

/// <summary>What was set aside, and corrections.</summary>
public static class ReviewFeature
{
    public static void AddReview(this WebApplicationBuilder builder)
    {
    }

    public static void MapReview(this WebApplication app)
    {
    }
}
