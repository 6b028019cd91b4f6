namespace Undersigned.Updates;

/// <summary>Under the letter: updates, responses of the addressee, deliveries, what happened when; mailed to those who asked, and as a feed.</summary>
public static class UpdatesFeature
{
    public static void AddUpdates(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PostWriter>();
        builder.Services.AddScoped<DeliveredDocuments>();
        builder.Services.AddSingleton<Mailings>();
        builder.Services.AddSingleton<FollowUpMailings>();
        builder.Services.AddHostedService<MailingLoop>();
    }

    public static void MapUpdates(this WebApplication app)
    {
        app.MapFeed();
        app.MapUpdatesApi();
    }
}
