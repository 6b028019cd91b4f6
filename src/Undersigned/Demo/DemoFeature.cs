using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Model;

namespace Undersigned.Demo;

/// <summary>The demo instance: its inbox, its one-click sign-in, its people. On any other instance none of its addresses exist.</summary>
public static class DemoFeature
{
    public static void AddDemo(this WebApplicationBuilder builder) =>
        builder.Services.AddOptions<RazorPagesOptions>().Configure<Instance>((options, instance) =>
        {
            if (!instance.IsDemo)
                options.Conventions.AddFolderRouteModelConvention("/Demo", page => page.Selectors.Clear());
        });

    public static void MapDemo(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Instance>().IsDemo)
        {
            app.MapGet("/demo/inbox.json", (SmtpInbox inbox) => inbox.Mails.Select(m => new { m.To, m.Subject, m.Text }));
            StaffIndexModel.Map(app);
            // Somebody's program that takes webhooks.
            app.MapPost(DemoStory.Receiver, () => Results.Text("Thank you."));
        }
    }
}
