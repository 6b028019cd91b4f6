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
        foreach (var page in new[] { "people", "record", "readiness", "retention", "switches", "spreadsheet", "tokens", "webhooks" })
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

/// <summary>Signatures in every state, a correction that waits, and links that still open.</summary>
internal sealed record Scene(long Waiting, long Listed, IReadOnlyList<long> Faces, long Correction, IReadOnlyList<long> Reports, string Setup, string Invitation, long Import, IReadOnlyList<long> Posts, long Embargo, long Hook)
{
    public static async Task<Scene> OfAsync(Site site, StoryLetter letter, StoryLetter gathering)
    {
        await EditionsAsync(site, letter);
        await CorrectAsync(site, letter);
        var posts = await PostsAsync(site, letter);
        var embargo = await EmbargoAsync(site, gathering);
        await FollowAsync(site, letter, gathering);
        await SampleAsync(site, letter);
        var listed = (await letter.SignaturesAsync()).First(s => s.State == SignatureState.Listed).Id;
        var ids = await letter.ConfirmedAsync("Ada Waits", "Bron Decided", "Casimir Removed", "Dagny Withdrew", "PLATO ODD", "Erased Person");
        Correction? wish = null;
        SheetImport? import = null;
        await letter.WriteAsync(db =>
        {
            SignatureState[] states = [SignatureState.Submitted, SignatureState.Declined, SignatureState.Removed, SignatureState.Withdrawn, SignatureState.InReview, SignatureState.Erased];
            foreach (var (id, state) in ids.Zip(states))
                db.Signatures.Single(s => s.Id == id).State = state;
            var waiting = db.Signatures.Single(s => s.Id == ids[0]);
            (waiting.ConfirmedAt, waiting.ConfirmedHow) = (null, null);
            db.Signatures.Single(s => s.Id == ids[1]).DecisionReason = "not-eligible";
            db.Signatures.Single(s => s.Id == ids[4]).ReviewReasons = [Oddity.AllCapitals, Oddity.OneWord];
            var line = db.Signatures.Single(s => s.Id == listed);
            (line.PressMayCall, line.Telephone, line.Place) = (true, "+44 20 7946 0018", "Lindenmoor");
            wish = new Correction { LetterId = letter.Id, SignatureId = listed, Name = line.Name + " Vance", Posts = line.Posts, Location = "Lindenmoor", ProposedAt = line.SubmittedAt };
            db.Corrections.Add(wish);
            import = new SheetImport
            {
                LetterId = letter.Id,
                AccountId = db.Users.Select(u => u.Id).First(),
                At = line.SubmittedAt,
                State = ImportState.Tried,
                StateAt = line.SubmittedAt,
                Encoding = "utf-8",
                Separator = ",",
                HasHeadings = true,
                FileName = "answers of the form, as of this morning.csv",
                Columns = [new("Email Address", "Address"), new("Your full name, as it should stand below the letter", "Name")],
                First = [["Email Address", "Your full name, as it should stand below the letter"], ["ada.of.a.rather.long.name@post.example", "Ada Lockwood"]],
                Rows = 2,
                RowsDone = 2,
                Good = 1,
                Wrong = 1,
            };
            db.Imports.Add(import);
            // The signer of this line may vouch for others.
            db.Evidence.Add(Evidence.Of(EvidenceKind.Known, line, line.SubmittedAt, "Called at the published number"));
        });
        await letter.WriteAsync(db => db.SheetFaults.Add(new SheetFault
        {
            LetterId = letter.Id,
            ImportId = import!.Id,
            RowNumber = 3,
            Kind = FaultKind.Wrong,
            Why = "This address cannot receive mail as it is written.",
            Cells = ["bela at post", "Bela Weir"],
        }));
        return new Scene(ids[0], listed, [listed, .. ids], wish!.Id, await ReportsAsync(site, letter, listed), await SetupAsync(site), await InvitationAsync(site, letter), import!.Id, posts, embargo, await HookAsync(letter));
    }

    /// <summary>One to which nothing comes any more, with something that arrived and something that did not.</summary>
    private static async Task<long> HookAsync(StoryLetter letter)
    {
        var hook = new Webhook { LetterId = letter.Id, Host = "members.a-rather-long-name-of-a-host.example:8443", Address = "https://members.a-rather-long-name-of-a-host.example:8443/hooks/of-the-letter?key=0123456789abcdef0123456789abcdef", Events = WebhookEvents.Record | WebhookEvents.Edition, State = WebhookState.GivenUp };
        await letter.WriteAsync(db =>
        {
            hook.MadeBy = db.Users.Select(u => u.Id).First();
            db.Webhooks.Add(hook);
        });
        var deliveries = new[] { DeliveryState.Arrived, DeliveryState.GivenUp, DeliveryState.Waiting }.Select(state => new WebhookDelivery
        {
            LetterId = letter.Id,
            WebhookId = hook.Id,
            MessageId = "msg_0123456789abcdef0123456789abcdef",
            Event = "record.changed",
            Body = """{"type":"record.changed","timestamp":"2026-03-01T09:00:00Z","data":{"letter":"inspectors","treeSize":1202,"root":"ab455bee6671d614","standing":1143}}"""u8.ToArray(),
            State = state,
        }).ToList();
        await letter.WriteAsync(db => db.WebhookDeliveries.AddRange(deliveries));
        await letter.WriteAsync(db => db.WebhookAttempts.AddRange(
            new WebhookAttempt { DeliveryId = deliveries[0].Id, Status = 204, Milliseconds = 12 },
            new WebhookAttempt { DeliveryId = deliveries[1].Id, Status = 500, Milliseconds = 1_250, Answer = "<!doctype html><title>Something went wrong</title><p>AnUnbrokenWordOfWhateverSomebodysServerAnswersWhenItIsAskedForSomethingItDoesNotKnow" },
            new WebhookAttempt { DeliveryId = deliveries[1].Id, Fault = OutboundFault.TimedOut, Milliseconds = 10_000 }));
        return hook.Id;
    }

    /// <summary>Not confirmed; waiting; a signer's wish; a reply of nobody's; answered. And held acts, a domain that is new, one that refuses mail.</summary>
    private static async Task<IReadOnlyList<long>> ReportsAsync(Site site, StoryLetter letter, long listed)
    {
        var now = site.App.Get<TimeProvider>().GetUtcNow();
        var tag = (await letter.SignaturesAsync()).Single(s => s.Id == listed).AddressTag;
        Inquiry Of(InquiryKind kind, InquiryState state, long? line, string text, byte[]? from = null) => new()
        {
            LetterId = letter.Id,
            SignatureId = line,
            Kind = kind,
            State = state,
            AddressTag = from ?? [(byte)text.Length, 1, 2],
            EmailDomain = "paper.example",
            SubmittedAt = now,
            ConfirmedAt = state == InquiryState.Submitted ? null : now,
            DueAt = now.AddHours(24),
            CodeRound = 1,
            CodeExpiresAt = now.AddHours(72),
            Email = "reader.with.a.rather.long.name@newspaper-of-the-lowlands.example",
            Text = text,
            Outcome = state == InquiryState.Answered ? InquiryOutcome.Stands : null,
            AnsweredAt = state == InquiryState.Answered ? now : null,
            AnsweredBy = state == InquiryState.Answered ? 1 : null,
        };
        Inquiry[] reports =
        [
            Of(InquiryKind.NotMe, InquiryState.Submitted, listed, "I never signed this.\nAsk my office."),
            Of(InquiryKind.NotMe, InquiryState.Waiting, listed, "That is not me. My name is spelt the same, but I was never an inspector."),
            Of(InquiryKind.Reply, InquiryState.Waiting, listed, "Please write 1986 and not 1985.", tag),
            Of(InquiryKind.Reply, InquiryState.Waiting, null, "How many of them served before 2000?"),
            Of(InquiryKind.Wrong, InquiryState.Answered, listed, "The year is wrong."),
        ];
        var held = Of(InquiryKind.Withdrawal, InquiryState.Waiting, listed, "");
        held.EmailDomain = "works.example";
        await letter.WriteAsync(db =>
        {
            db.Inquiries.AddRange(reports);
            db.Inquiries.Add(held);
            db.MailBreakers.Add(new MailBreaker { Domain = "administration-of-the-waterways.example", TrippedAt = now, Tried = 40, Refused = 31 });
            foreach (var one in db.Signatures.Where(s => s.LetterId == letter.Id).Take(6))
                one.NetworkTag = [1, 2, 3, 4];
        });
        return [.. reports.Select(r => r.Id)];
    }

    // The letter that gathers follows the public one, whose signatories have all been asked.
    private static Task FollowAsync(Site site, StoryLetter letter, StoryLetter gathering)
    {
        var now = site.App.Get<TimeProvider>().GetUtcNow();
        return gathering.WriteAsync(db =>
        {
            db.Letters.Single(l => l.Id == gathering.Id).FollowsLetterId = letter.Id;
            db.FollowUpMailings.Add(new FollowUpMailing { LetterId = gathering.Id, EarlierLetterId = letter.Id, Words = "Two of eleven have appeared.", At = now, AccountId = db.Users.Select(u => u.Id).First(), AllQueuedAt = now });
        });
    }

    // A year put right; revision 2.
    private static async Task CorrectAsync(Site site, StoryLetter letter)
    {
        await letter.WriteAsync(db =>
        {
            var row = db.Letters.Single(l => l.Id == letter.Id);
            row.Body = row.Body.Replace("eleven", "twelve", StringComparison.Ordinal) + " It is late.";
            db.ReviseWordsAsync(row, "error", site.App.Get<TimeProvider>().GetUtcNow(), default).GetAwaiter().GetResult();
        });
        site.App.Get<WorkSignal>().Poke();
        await StoryLetter.UntilAsync(async () =>
        {
            await site.App.Get<PublishedLetters>().RefreshAsync(CancellationToken.None);
            return site.App.Get<PublishedLetters>().Find(letter.Slug)!.Revision.Number > 1;
        });
    }

    // Two editions, of which the second corrects a line, and eras to count by.
    private static async Task EditionsAsync(Site site, StoryLetter letter)
    {
        var first = (await letter.SignaturesAsync()).First(s => s.State == SignatureState.Listed).Id;
        await letter.WriteAsync(db => db.Letters.Single(l => l.Id == letter.Id).Eras = [new("Ashdown", 1979, 1991, "Lantern"), new("Birk", 1991, 2004, "Orchard"), new("Corvo", 2004, null, "Lantern")]);
        await PublishAsync();
        await letter.WriteAsync(db =>
        {
            var signature = db.Signatures.Single(s => s.Id == first);
            signature.Location = "Upper Sarn";
            db.Amend(signature, "typo", site.App.Get<TimeProvider>().GetUtcNow());
        });
        site.App.Get<WorkSignal>().Poke();
        await StoryLetter.UntilAsync(() => site.App.QueryAsync(db => db.Lines.AnyAsync(l => l.SignatureId == first && l.Location == "Upper Sarn")));
        await PublishAsync();

        async Task PublishAsync()
        {
            await StoryLetter.UntilAsync(async () => await site.App.Get<Undersigned.Editions.EditionWriter>().PublishAsync(letter.Id, null, null, default) is not null);
            await StoryLetter.UntilAsync(() => site.App.QueryAsync(db => db.Posts.AllAsync(p => p.LeafIndex != null)));
            await site.App.Get<PublishedLetters>().RefreshAsync(CancellationToken.None);
        }
    }

    /// <summary>One of each kind under the letter, as entries of its record.</summary>
    private static async Task<IReadOnlyList<long>> PostsAsync(Site site, StoryLetter letter)
    {
        var now = site.App.Get<TimeProvider>().GetUtcNow();
        LetterPost Of(PostKind kind, string title, string body, string? date = null, string? quotation = null, string? source = null)
        {
            var text = new PostWords { Kind = kind == PostKind.Response ? "response" : "update", Title = title, Body = body, Time = "2026-02-27T10:00:00Z", Language = "en", Date = date, Quotation = quotation, Source = source }.ToText();
            return new LetterPost { LetterId = letter.Id, Kind = kind, Text = text, TextHash = System.Security.Cryptography.SHA256.HashData(text), At = now };
        }
        LetterPost[] posts =
        [
            Of(PostKind.Update, "Two of the eleven reports are published", "They appeared *this morning*.\n\n- The first\n- The second"),
            Of(PostKind.Response, "The Minister responds", "", "2026-02-26", "We shall read the letter with the care that it deserves.", "https://ministry.example/answers/a-rather-long-address-of-an-answer-that-somebody-gave-in-the-assembly"),
            Of(PostKind.Event, "The order is given", "", "2026-01-12", source: "Ministerial Order 2026/03"),
        ];
        var translation = new PostWords { Kind = "translation", Title = "دعوا المفتشين ينشرون ما يجدون", Body = "أُنجز أحد عشر تقريراً.\n\nلم يُنشر منها شيء.", Time = "2026-02-27T10:00:00Z", Language = "ar", Addressees = "وزير المجاري المائية", Demands = ["انشروا التقارير؛", "أعيدوا المفتشين."], Revision = 1, Authoritative = "en" }.ToText();
        LetterPost[] all = [.. posts, new() { LetterId = letter.Id, Kind = PostKind.Translation, Text = translation, TextHash = System.Security.Cryptography.SHA256.HashData(translation), At = now }];
        await letter.WriteAsync(db => db.Posts.AddRange(all));
        await letter.WriteAsync(db => db.Changes.AddRange(all.Select(p => new Change { LetterId = letter.Id, Kind = ChangeKind.Post, PostId = p.Id, At = now })));
        site.App.Get<WorkSignal>().Poke();
        await StoryLetter.UntilAsync(() => site.App.QueryAsync(db => db.Posts.AllAsync(p => p.LeafIndex != null)));
        await site.App.Get<PublishedLetters>().RefreshAsync(CancellationToken.None);
        var ids = posts.Select(p => p.Id).ToList();
        return await site.App.QueryAsync(db => db.Posts.Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id).Select(p => p.LeafIndex!.Value).ToListAsync());
    }

    /// <summary>A sample of which one line is marked; to readers it is announced.</summary>
    private static async Task SampleAsync(Site site, StoryLetter letter)
    {
        var now = site.App.Get<TimeProvider>().GetUtcNow();
        var words = new PostWords { Kind = "draw", Title = "A sample of this list is drawn", Body = "An auditor checks 3 lines of this list.", Time = "2026-02-27T10:00:00Z", Language = "en", Count = 3, Source = "State lottery, Saturday’s six numbers", Moment = "9999-01-01T19:00:00Z", Reading = "Six numbers, rising, one space between" };
        var drawn = (await letter.SignaturesAsync()).Where(s => s.State == SignatureState.Listed).Take(3).ToList();
        await site.App.QueryAsync(async db =>
        {
            var post = await db.PostAsync(letter.Id, PostKind.Draw, words, null, now, default);
            var sample = new SampleDraw { LetterId = letter.Id, State = SampleState.Drawn, StateAt = now, Count = 3, AnnouncedBy = 1, DrawPostId = post.Id, Value = "3 11 19 24 37 41" };
            db.Samples.Add(sample);
            await db.SaveChangesAsync();
            db.SampledLines.AddRange(drawn.Select((s, i) => new SampledLine { LetterId = letter.Id, DrawId = sample.Id, Ordinal = i + 1, Number = s.Number!.Value, SignatureId = s.Id, Finding = i == 1 ? SampleFinding.Unreached : null }));
            return await db.SaveChangesAsync();
        });
        site.App.Get<WorkSignal>().Poke();
        await StoryLetter.UntilAsync(() => site.App.QueryAsync(db => db.Posts.AllAsync(p => p.LeafIndex != null)));
        await site.App.Get<PublishedLetters>().RefreshAsync(CancellationToken.None);
    }

    private static async Task<long> EmbargoAsync(Site site, StoryLetter gathering)
    {
        var copy = new EmbargoCopy { LetterId = gathering.Id, Outlet = "The Sarn Courier and Lindenmoor Advertiser", MadeAt = site.App.Get<TimeProvider>().GetUtcNow(), MadeBy = 1 };
        await gathering.WriteAsync(db => db.EmbargoCopies.Add(copy));
        return copy.Id;
    }

    // The link of somebody who lost their way in: it opens although there are accounts.
    private static async Task<string> SetupAsync(Site site)
    {
        var email = await site.App.QueryAsync(db => db.Users.Where(u => !u.IsOperator).Select(u => u.Email!).FirstAsync());
        return (await site.App.Get<SetupLinks>().ResetAsync(email))!.AbsolutePath;
    }

    private static async Task<string> InvitationAsync(Site site, StoryLetter letter)
    {
        var token = OneTimeToken.New();
        var now = site.App.Get<TimeProvider>().GetUtcNow();
        await letter.WriteAsync(db => db.Invitations.Add(new Invitation
        {
            LetterId = letter.Id,
            Role = StaffRole.Reviewer,
            TokenHash = OneTimeToken.HashOf(token),
            InvitedBy = db.Users.Select(u => u.Id).First(),
            At = now,
            ExpiresAt = now.AddDays(1),
        }));
        return "/invitation/" + token;
    }
}
