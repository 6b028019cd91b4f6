using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Accounts;
using Undersigned.BrowserTests.Harness;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Pages;

/// <summary>Who looks at a page.</summary>
public enum Visitor { Stranger, Owner, Auditor }

/// <summary>Addresses of every page there is, by its route. A route may have several, where a page has several faces.</summary>
internal sealed class EveryPage
{
    private readonly Dictionary<string, (Visitor Who, string[] Addresses)> pages = new(StringComparer.Ordinal);

    public static async Task<EveryPage> OfAsync(Site site, StoryLetter letter, StoryLetter arabic, StoryLetter gathering)
    {
        var every = new EveryPage();
        var scene = await Scene.OfAsync(site, letter, gathering);
        every.AddPublic(letter, arabic, scene);
        every.Add(Visitor.Stranger, "/demo/staff-index", "/demo/staff-index?redirect_uri=" + Uri.EscapeDataString(site.App.Instance.UrlOf("/attach/staff-index")));
        every.AddBehindTokens(site, gathering, scene);
        every.AddAccounts(scene);
        every.AddDesk(letter, gathering, scene);
        return every;
    }

    public IEnumerable<(Visitor Who, string Address)> All => pages.Values.SelectMany(p => p.Addresses.Select(a => (p.Who, a)));

    /// <summary>Routes of the running application that nobody looks at, and entries whose route is gone.</summary>
    public IEnumerable<string> Differences(IServiceProvider services)
    {
        var there = services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .ToHashSet(StringComparer.Ordinal);
        return there.Except(pages.Keys).Select(r => r + " has no entry").Concat(pages.Keys.Except(there).Select(r => r + " is no page"));
    }

    private void Add(Visitor who, string route, params string[] addresses) => pages.Add(route, (who, addresses));

    private void AddPublic(StoryLetter letter, StoryLetter arabic, Scene scene)
    {
        Add(Visitor.Stranger, "/", "/");
        Add(Visitor.Stranger, "/letters/{slug}", letter.Path, arabic.Path);
        Add(Visitor.Stranger, "/letters/{slug}/signatories", letter.Path + "/signatories", letter.Path + "/signatories?q=ravensworth", letter.Path + "/signatories?q=habakuk", letter.Path + "/signatories?level=email&from-year=1990", letter.Path + "/signatories?place=nowhere", letter.Path + "/editions/1?level=email", arabic.Path + "/signatories");
        Add(Visitor.Stranger, "/letters/{slug}/signatories/all", letter.Path + "/signatories/all");
        Add(Visitor.Stranger, "/letters/{slug}/revisions", letter.Path + "/revisions", arabic.Path + "/revisions");
        Add(Visitor.Stranger, "/letters/{slug}/revisions/{number:int}", letter.Path + "/revisions/1", letter.Path + "/revisions/2", arabic.Path + "/revisions/1");
        Add(Visitor.Stranger, "/letters/{slug}/editions", letter.Path + "/editions", arabic.Path + "/editions");
        Add(Visitor.Stranger, "/letters/{slug}/editions/{edition:int}", letter.Path + "/editions/1");
        Add(Visitor.Stranger, "/letters/{slug}/editions/{edition:int}/all", letter.Path + "/editions/1/all");
        Add(Visitor.Stranger, "/letters/{slug}/editions/{number:int}/changes", letter.Path + "/editions/1/changes", letter.Path + "/editions/2/changes");
        Add(Visitor.Stranger, "/letters/{slug}/signatories/{number:int}", letter.Path + "/signatories/1", arabic.Path + "/signatories/1");
        Add(Visitor.Stranger, "/letters/{slug}/signatories/{number:int}/report", letter.Path + "/signatories/1/report", arabic.Path + "/signatories/1/report");
        Add(Visitor.Stranger, "/letters/{slug}/verify", letter.Path + "/verify", arabic.Path + "/verify");
        Add(Visitor.Stranger, "/letters/{slug}/sign", letter.Path + "/sign", arabic.Path + "/sign");
        Add(Visitor.Stranger, "/letters/{slug}/my-signature", letter.Path + "/my-signature");
        Add(Visitor.Stranger, "/letters/{slug}/embed", letter.Path + "/embed", arabic.Path + "/embed");
        Add(Visitor.Stranger, "/letters/{slug}/embed/{kind}", letter.Path + "/embed/counter", letter.Path + "/embed/names", letter.Path + "/embed/button", arabic.Path + "/embed/counter");
        Add(Visitor.Stranger, "/letters/{slug}/editions/{edition:int}/pdf", letter.Path + "/editions/1/pdf");
        foreach (var page in new[] { "press", "statistics", "updates" })
            Add(Visitor.Stranger, "/letters/{slug}/" + page, $"{letter.Path}/{page}", $"{arabic.Path}/{page}");
        Add(Visitor.Stranger, "/letters/{slug}/updates/{entry:long}", [.. scene.Posts.Select(entry => $"{letter.Path}/updates/{entry}")]);
        Add(Visitor.Stranger, "/letters/{slug}/translations/{language}/{entry:long?}", letter.Path + "/translations/ar");
        Add(Visitor.Stranger, "/error/{status:int}", "/no-such-page", "/letters/no-such-letter");
        Add(Visitor.Stranger, "/demo", "/demo");
        Add(Visitor.Stranger, "/demo/inbox", "/demo/inbox");
    }

    private void AddBehindTokens(Site site, StoryLetter gathering, Scene scene)
    {
        var keys = site.App.Get<InstanceKeys>();
        string Of(TokenPurpose purpose, long id, int round = 0) => keys.Token(purpose, id, round);
        var (waiting, listed) = (scene.Waiting, scene.Listed);
        Add(Visitor.Stranger, "/private/{token}", "/private/" + Of(TokenPurpose.PrivateLetter, gathering.Id, 1));
        Add(Visitor.Stranger, "/private/{token}/sign", "/private/" + Of(TokenPurpose.PrivateLetter, gathering.Id, 1) + "/sign");
        Add(Visitor.Stranger, "/private/{token}/my-signature", "/private/" + Of(TokenPurpose.PrivateLetter, gathering.Id, 1) + "/my-signature");
        Add(Visitor.Stranger, "/confirm/{token}", "/confirm/" + Of(TokenPurpose.Confirm, waiting), "/confirm/" + Of(TokenPurpose.Confirm, listed));
        Add(Visitor.Stranger, "/confirm/{token}/line", "/confirm/" + Of(TokenPurpose.Confirm, waiting) + "/line");
        Add(Visitor.Stranger, "/confirmation/{token}", "/confirmation/" + Of(TokenPurpose.Tab, waiting));
        Add(Visitor.Stranger, "/confirmation/{token}/line", "/confirmation/" + Of(TokenPurpose.Tab, waiting) + "/line");
        Add(Visitor.Stranger, "/report/{token}/{handler?}", [.. new[] { 0, 1, 4 }.Select(i => "/report/" + Of(TokenPurpose.Inquiry, scene.Reports[i]))]);
        Add(Visitor.Stranger, "/not-me/{token}", "/not-me/" + Of(TokenPurpose.Confirm, waiting));
        Add(Visitor.Stranger, "/signature/{token}/{handler?}", [.. scene.Faces.Select(id => "/signature/" + Of(TokenPurpose.Own, id))]);
        Add(Visitor.Stranger, "/signature/{token}/line", "/signature/" + Of(TokenPurpose.Own, listed) + "/line");
        Add(Visitor.Stranger, "/signature/{token}/accounts/{handler?}", "/signature/" + Of(TokenPurpose.Own, listed) + "/accounts");
        Add(Visitor.Stranger, "/signature/{token}/vouching/{handler?}", "/signature/" + Of(TokenPurpose.Own, listed) + "/vouching");
        Add(Visitor.Stranger, "/unsubscribe/{token}", "/unsubscribe/" + Of(TokenPurpose.Unsubscribe, listed));
        Add(Visitor.Stranger, "/follow-up/{token}/{handler?}", "/follow-up/" + Of(TokenPurpose.FollowUp, listed, (int)gathering.Id));
        Add(Visitor.Stranger, "/embargo/{token}", "/embargo/" + Of(TokenPurpose.EmbargoCopy, scene.Embargo));
        Add(Visitor.Stranger, "/attach/{issuer}", "/attach/orcid");
        Add(Visitor.Stranger, "/vouch/{token}", "/vouch/" + Of(TokenPurpose.Vouch, listed));
        Add(Visitor.Stranger, "/signature/{token}/withdrawal", "/signature/" + Of(TokenPurpose.Own, listed) + "/withdrawal");
    }

    private void AddAccounts(Scene scene)
    {
        Add(Visitor.Stranger, "/setup/{token}", scene.Setup, "/setup/no-such-link");
        Add(Visitor.Stranger, "/invitation/{token}", scene.Invitation, "/invitation/no-such-link");
        Add(Visitor.Stranger, "/sign-in", "/sign-in");
        Add(Visitor.Stranger, "/sign-in/recovery", "/sign-in/recovery");
        Add(Visitor.Stranger, "/sign-in/code", "/sign-in/code");
        Add(Visitor.Owner, "/sign-out", "/sign-out");
        Add(Visitor.Owner, "/account", "/account");
    }

    private void AddDesk(StoryLetter letter, StoryLetter gathering, Scene scene)
    {
        const string desk = "/desk/letters/{letterId:long}";
        Add(Visitor.Owner, "/desk", "/desk");
        Add(Visitor.Owner, "/desk/instance", "/desk/instance");
        Add(Visitor.Owner, "/desk/instance/record", "/desk/instance/record", "/desk/instance/record?q=nothing+of+the+kind");
        Add(Visitor.Owner, "/desk/letters/new", "/desk/letters/new");
        Add(Visitor.Owner, desk, letter.Desk, gathering.Desk);
        foreach (var page in new[] { "text", "private-link", "publication" })
            Add(Visitor.Owner, $"{desk}/{page}", $"{letter.Desk}/{page}", $"{gathering.Desk}/{page}");
        foreach (var page in new[] { "editions", "figures", "press", "eras" })
            Add(Visitor.Owner, $"{desk}/{page}", $"{letter.Desk}/{page}", $"{gathering.Desk}/{page}");
        foreach (var page in new[] { "embargo", "quotations", "where-to-report" })
            Add(Visitor.Owner, $"{desk}/{page}", $"{letter.Desk}/{page}", $"{gathering.Desk}/{page}");
        Add(Visitor.Owner, desk + "/follow-up", letter.Desk + "/follow-up");
        Add(Visitor.Owner, desk + "/ask-earlier/{handler?}", letter.Desk + "/ask-earlier", gathering.Desk + "/ask-earlier");
        Add(Visitor.Owner, desk + "/text/correction", letter.Desk + "/text/correction");
        Add(Visitor.Owner, desk + "/under-the-letter/{handler?}", letter.Desk + "/under-the-letter");
        foreach (var page in new[] { "people", "record", "readiness", "retention", "switches", "spreadsheet", "tokens", "webhooks", "list" })
            Add(Visitor.Owner, $"{desk}/{page}", $"{letter.Desk}/{page}");
        Add(Visitor.Owner, desk + "/roster/{handler?}", letter.Desk + "/roster");
        Add(Visitor.Owner, desk + "/checks/{handler?}", letter.Desk + "/checks");
        Add(Visitor.Owner, desk + "/admission/{handler?}", letter.Desk + "/admission");
        Add(Visitor.Owner, desk + "/requests/{inquiryId:long?}/{handler?}", letter.Desk + "/requests", $"{letter.Desk}/requests/{scene.Reports[2]}", $"{letter.Desk}/requests/{scene.Reports[3]}", gathering.Desk + "/requests");
        foreach (var page in new[] { "trends", "limits", "mail" })
            Add(Visitor.Owner, $"{desk}/{page}", $"{letter.Desk}/{page}", $"{gathering.Desk}/{page}");
        Add(Visitor.Auditor, desk + "/sample", letter.Desk + "/sample", gathering.Desk + "/sample");
        Add(Visitor.Auditor, desk + "/sample/lines/{ordinal:int}", letter.Desk + "/sample/lines/1");
        Add(Visitor.Owner, desk + "/translations/{handler?}", letter.Desk + "/translations", gathering.Desk + "/translations");
        Add(Visitor.Owner, desk + "/bulk-removal/{handler?}", letter.Desk + "/bulk-removal");
        Add(Visitor.Owner, desk + "/duplicates/{handler?}", letter.Desk + "/duplicates");
        Add(Visitor.Owner, desk + "/glance/{handler?}", letter.Desk + "/glance", gathering.Desk + "/glance");
        Add(Visitor.Owner, desk + "/grid/{handler?}", letter.Desk + "/grid", letter.Desk + "/grid?q=habakuk");
        Add(Visitor.Owner, desk + "/grid/{signatureId:long}", $"{letter.Desk}/grid/{scene.Listed}", $"{letter.Desk}/grid/{scene.Waiting}");
        Add(Visitor.Owner, desk + "/spellings/{handler?}", letter.Desk + "/spellings");
        Add(Visitor.Owner, desk + "/acts/{handler?}", letter.Desk + "/acts");
        Add(Visitor.Owner, desk + "/paste-in/{handler?}", letter.Desk + "/paste-in");
        Add(Visitor.Owner, desk + "/import", letter.Desk + "/import");
        Add(Visitor.Owner, desk + "/import/{importId:long}/{handler?}", $"{letter.Desk}/import/{scene.Import}");
        Add(Visitor.Owner, desk + "/webhooks/{hookId:long}", $"{letter.Desk}/webhooks/{scene.Hook}");
        Add(Visitor.Owner, desk + "/unconfirmed/{handler?}", letter.Desk + "/unconfirmed");
        Add(Visitor.Owner, desk + "/review/{signatureId:long?}/{handler?}", letter.Desk + "/review", gathering.Desk + "/review");
        Add(Visitor.Owner, desk + "/review/corrections/{correctionId:long}/{handler?}", $"{letter.Desk}/review/corrections/{scene.Correction}");
        Add(Visitor.Owner, desk + "/signatures/{signatureId:long}/{handler?}", $"{letter.Desk}/signatures/{scene.Listed}", $"{letter.Desk}/signatures/{scene.Waiting}");
    }
}
