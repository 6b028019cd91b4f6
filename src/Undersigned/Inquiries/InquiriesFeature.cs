using Undersigned.Data;

namespace Undersigned.Inquiries;

/// <summary>Reports about lines, replies to mails, and the desk's one inbox of both.</summary>
public static class InquiriesFeature
{
    public static void AddInquiries(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Reports>();
        builder.Services.AddSingleton<Replies>();
        builder.Services.AddScoped<Answering>();
        builder.Services.AddHourly<Reports>((r, c) => r.ExpireAsync(c));
        builder.Services.AddSingleton<ReplyMailbox>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ReplyMailbox>());
    }

    public static void MapInquiries(this WebApplication app)
    {
        // The pages map themselves: /letters/{slug}/signatories/{number}/report, /report/{token}, /desk/letters/{letterId}/requests.
    }
}
