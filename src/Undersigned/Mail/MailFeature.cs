namespace Undersigned.Mail;

/// <summary>The outbox and the mails.</summary>
public static class MailFeature
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MailWriter>();
        builder.Services.AddSingleton<UpdateTest>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddHostedService<OutboxLoop>();
    }

    public static void MapMail(this WebApplication app)
    {
    }
}
