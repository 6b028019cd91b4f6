using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Accounts;
using Undersigned.BrowserTests.Harness;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Pages;

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
        var deliveries = new[] { WebhookDeliveryState.Arrived, WebhookDeliveryState.GivenUp, WebhookDeliveryState.Waiting }.Select(state => new WebhookDelivery
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
