using Undersigned.Abuse;
using Undersigned.Accounts;
using Undersigned.Audit;
using Undersigned.Data;
using Undersigned.Demo;
using Undersigned.Desk;
using Undersigned.Duplicates;
using Undersigned.Editions;
using Undersigned.Embeds;
using Undersigned.Exports;
using Undersigned.Figures;
using Undersigned.Glance;
using Undersigned.Grid;
using Undersigned.Health;
using Undersigned.Inquiries;
using Undersigned.Letters;
using Undersigned.Mail;
using Undersigned.Model;
using Undersigned.Outbound;
using Undersigned.PasteIn;
using Undersigned.Pdf;
using Undersigned.Press;
using Undersigned.Retention;
using Undersigned.Review;
using Undersigned.Sampling;
using Undersigned.Shared;
using Undersigned.SignatoryList;
using Undersigned.Signing;
using Undersigned.Translations;
using Undersigned.Transparency;
using Undersigned.Updates;
using Undersigned.Verification;
using Undersigned.Webhooks;
using Undersigned.Writing;

namespace Undersigned;

/// <summary>The web application: one line per feature.</summary>
public static class App
{
    /// <summary>Builds the application; the database must have been migrated. <paramref name="configure"/> is for tests and the demo.</summary>
    public static WebApplication Build(Instance instance, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(App).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddSingleton(instance);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddUndersignedData(instance);
        builder.Services.AddRazorPages(o => o.RootDirectory = "/").AddViewLocalization();

        builder.AddShared();
        builder.AddOutbound();
        builder.AddHealth();
        builder.AddLetters();
        builder.AddSignatoryList();
        builder.AddTransparency();
        builder.AddSigning();
        builder.AddMail();
        builder.AddAccounts();
        builder.AddAudit();
        builder.AddRetention();
        builder.AddWriting();
        builder.AddDesk();
        builder.AddDuplicates();
        builder.AddEditions();
        builder.AddEmbeds();
        builder.AddExports();
        builder.AddFigures();
        builder.AddGlance();
        builder.AddGrid();
        builder.AddPress();
        builder.AddReview();
        builder.AddSampling();
        builder.AddPasteIn();
        builder.AddPdf();
        builder.AddInquiries();
        builder.AddAbuse();
        builder.AddVerification();
        builder.AddUpdates();
        builder.AddWebhooks();
        builder.AddTranslations();
        builder.AddDemo();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapShared();
        app.MapHealth();
        app.MapLetters();
        app.MapSignatoryList();
        app.MapTransparency();
        app.MapSigning();
        app.MapMail();
        app.MapAccounts();
        app.MapAudit();
        app.MapRetention();
        app.MapWriting();
        app.MapDesk();
        app.MapDuplicates();
        app.MapEditions();
        app.MapEmbeds();
        app.MapExports();
        app.MapFigures();
        app.MapGlance();
        app.MapGrid();
        app.MapPress();
        app.MapReview();
        app.MapSampling();
        app.MapPasteIn();
        app.MapPdf();
        app.MapInquiries();
        app.MapAbuse();
        app.MapVerification();
        app.MapUpdates();
        app.MapWebhooks();
        app.MapTranslations();
        app.MapDemo();
        app.MapRazorPages();
        return app;
    }
}
