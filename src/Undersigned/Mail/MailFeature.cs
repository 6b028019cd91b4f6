namespace Undersigned.Mail;

/// <summary>The outbox and the mails.</summary>
public static class MailFeature
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
    }

    public static void MapMail(this WebApplication app)
    {
    }
}
