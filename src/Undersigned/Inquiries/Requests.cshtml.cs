using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Inquiries;

/// <summary>A request in the row of those that wait.</summary>
public sealed record RequestItem(long Id, InquiryKind Kind, int? Number, string Name, DateTimeOffset? Due);

/// <summary>What signers of one domain did with their own links, and was held.</summary>
public sealed record HeldGroup(string Domain, IReadOnlyList<(Inquiry Inquiry, Signature Signature)> Acts);

/// <summary>An answer of the last day, for whoever wants it back.</summary>
public sealed record AnsweredItem(long Id, InquiryKind Kind, int? Number, InquiryOutcome? Outcome, DateTimeOffset At, bool MayUndo);

/// <summary>One office as the form has it.</summary>
public sealed record TypedPost(string? Position, string? Organization, string? From, string? To)
{
    public static TypedPost Of(Post post) => new(
        post.Position, post.Organization, post.Years?.From.ToString(CultureInfo.InvariantCulture), post.Years?.To?.ToString(CultureInfo.InvariantCulture));
}

/// <summary>One inbox: reports, replies and what was held, the oldest promise first, the line beside the text.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class RequestsModel(UndersignedDb db, TimeProvider time, Answering answering, ReplyMailbox mailbox, PublishedLetters published, WorkSignal work) : StaffPage(db, time)
{
    public const int MostShown = 100;
    private const int LongestAnswer = 4_000;
    private const int SpareRows = 1;

    public IReadOnlyList<RequestItem> Items { get; private set; } = [];
    public IReadOnlyList<HeldGroup> Held { get; private set; } = [];
    public IReadOnlyList<AnsweredItem> Answered { get; private set; } = [];
    public int Total { get; private set; }
    public Inquiry? Current { get; private set; }
    public Signature? Signature { get; private set; }
    public bool MayWithdraw { get; private set; }
    public bool IsTheirs { get; private set; }
    public int OthersFromDomain { get; private set; }
    public DateTimeOffset ShownAt => Now;
    /// <summary>What was looked for, and the lines that were found.</summary>
    public string? Sought { get; private set; }
    public IReadOnlyList<Signature> Candidates { get; private set; } = [];
    public bool IsMailboxSilent => mailbox.Trouble is not null;

    [FromRoute(Name = "inquiryId")]
    public long? InquiryId { get; set; }

    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    public bool StillCounts => Signature is { State: SignatureState.Listed or SignatureState.Admitted or SignatureState.InReview or SignatureState.Confirmed };

    /// <summary>The line's offices, and an empty row; or what was typed.</summary>
    public IReadOnlyList<TypedPost> Rows => typedPosts ?? [.. Signature!.Posts.Select(TypedPost.Of), .. Enumerable.Repeat(new TypedPost(null, null, null, null), SpareRows)];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        return await ShowAsync(cancellation);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        if (Current is null)
            return InquiryId is null ? Page() : NotFound();
        if (Current.Sealed is not null)
            await LookedAtAsync(Signature, $"request {Current.Id}: address and words", cancellation);
        return Page();
    }

    /// <summary>What was typed and could not be done: it stands in the form again.</summary>
    public Decision? Typed { get; private set; }

    /// <summary>The years as they were typed, which may be none.</summary>
    private IReadOnlyList<TypedPost>? typedPosts;

    public string? TypedAnswer(InquiryOutcome outcome) => Typed?.Outcome == outcome ? Typed.Answer ?? "" : null;

    public Task<IActionResult> OnPostCorrectionAsync(
        string? mark, string? answer, string? name, string? location, [FromForm] string[] position, [FromForm] string[] organization, [FromForm] string[] from, [FromForm] string[] to, CancellationToken cancellation)
    {
        typedPosts = [.. Enumerable.Range(0, Math.Min(position.Length, organization.Length)).Select(i =>
            new TypedPost(Tidy(position[i]), Tidy(organization[i]), Tidy(from.ElementAtOrDefault(i)), Tidy(to.ElementAtOrDefault(i))))];
        var decision = new Decision(InquiryOutcome.Corrected, mark ?? "", answer) { Name = Tidy(name) ?? "", Location = Tidy(location) };
        return PostsOf(typedPosts) is { } posts ? AnswerAsync(decision with { Posts = posts }, cancellation) : RefuseAsync("years", decision, cancellation);
    }

    public Task<IActionResult> OnPostStandAsync(string? mark, string? answer, CancellationToken cancellation) =>
        AnswerAsync(new Decision(InquiryOutcome.Stands, mark ?? "", answer), cancellation);

    public Task<IActionResult> OnPostRemovalAsync(string? mark, string? answer, string? why, CancellationToken cancellation) =>
        AnswerAsync(new Decision(InquiryOutcome.Removed, mark ?? "", answer) { Why = why }, cancellation);

    public Task<IActionResult> OnPostWithdrawalAsync(string? mark, string? answer, CancellationToken cancellation) =>
        AnswerAsync(new Decision(InquiryOutcome.Withdrawn, mark ?? "", answer), cancellation);

    public Task<IActionResult> OnPostPassAsync(string? mark, string? answer, CancellationToken cancellation) =>
        AnswerAsync(new Decision(InquiryOutcome.Passed, mark ?? "", answer), cancellation);

    /// <summary>To somebody whose line nobody found, or who has none.</summary>
    public Task<IActionResult> OnPostReplyAsync(string? answer, CancellationToken cancellation) =>
        AnswerAsync(new Decision(InquiryOutcome.Replied, "", answer), cancellation);

    private async Task<IActionResult> AnswerAsync(Decision decision, CancellationToken cancellation)
    {
        if (InquiryId is not { } id)
            return NotFound();
        if (decision.Answer?.Length > LongestAnswer)
            return await RefuseAsync("long", decision, cancellation);
        return await answering.AnswerAsync(Letter, AccountId, id, decision, cancellation) is { } refused
            ? await RefuseAsync(refused, decision, cancellation)
            : await DoneAsync(decision.Outcome.ToString().ToLowerInvariant(), cancellation);
    }

    /// <summary>Shows the request as it is now, with what was typed and why it was not done.</summary>
    private async Task<IActionResult> RefuseAsync(string why, Decision typed, CancellationToken cancellation)
    {
        Db.ChangeTracker.Clear();
        (Did, Typed) = (why, typed);
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostUndoAsync(long answered, CancellationToken cancellation) =>
        await answering.UndoAsync(Letter, AccountId, answered, cancellation) ? await DoneAsync("undone", cancellation) : Here("moved-on");

    /// <summary>Looks for the line of a reply. A post, for what is looked for is a person's name.</summary>
    public async Task<IActionResult> OnPostFindAsync(string? sought, CancellationToken cancellation)
    {
        (Sought, Candidates) = (sought?.Trim() ?? "", await answering.FindAsync(Letter.Id, sought ?? "", cancellation));
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostLineAsync(long line, CancellationToken cancellation) =>
        InquiryId is { } id && await answering.AssignAsync(Letter, AccountId, id, line, cancellation) ? Here("assigned") : Here("no-line");

    /// <summary>One of the held, or all of a domain.</summary>
    public async Task<IActionResult> OnPostHeldAsync(long[] held, bool refuse, CancellationToken cancellation)
    {
        try
        {
            var count = refuse
                ? await answering.KeepHeldAsync(Letter, AccountId, held, cancellation)
                : await answering.DoHeldAsync(Letter, AccountId, held, cancellation);
            return await DoneAsync(count == 0 ? "decided" : refuse ? "kept" : "held-done", cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Here("changed");
        }
    }

    private async Task<IActionResult> DoneAsync(string did, CancellationToken cancellation)
    {
        work.Poke();
        await published.RefreshAsync(cancellation);
        return LocalRedirect($"~/desk/letters/{Letter.Id}/requests?did={did}");
    }

    private LocalRedirectResult Here(string did) =>
        LocalRedirect($"~/desk/letters/{Letter.Id}/requests{(InquiryId is { } id ? "/" + id.ToString(CultureInfo.InvariantCulture) : "")}?did={Uri.EscapeDataString(did)}");

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var waiting = Db.Inquiries.AsNoTracking().Where(i => i.LetterId == Letter.Id && i.State == InquiryState.Waiting);
        Total = await waiting.CountAsync(cancellation);
        var rows = await waiting.OrderBy(i => i.DueAt).ThenBy(i => i.Id).Take(MostShown).ToListAsync(cancellation);
        var ids = rows.Where(i => i.SignatureId is not null).Select(i => i.SignatureId!.Value).ToList();
        var lines = await Db.Signatures.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        Signature? LineOf(Inquiry i) => i.SignatureId is { } id ? lines.GetValueOrDefault(id) : null;
        Items = [.. rows.Where(i => !i.IsOwnAct).Select(i => new RequestItem(i.Id, i.Kind, LineOf(i)?.Number, LineOf(i)?.Name ?? "", i.DueAt))];
        Held = [.. rows.Where(i => i.IsOwnAct).GroupBy(i => i.EmailDomain).Select(g => new HeldGroup(g.Key, [.. g.Select(i => (i, LineOf(i)!))]))];
        await OpenAsync(rows, cancellation);
        await AnsweredAsync(cancellation);
    }

    private async Task OpenAsync(List<Inquiry> waiting, CancellationToken cancellation)
    {
        Current = InquiryId is { } id
            ? await Db.Inquiries.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.LetterId == Letter.Id && i.State != InquiryState.Submitted, cancellation)
            : waiting.FirstOrDefault(i => !i.IsOwnAct);
        if (Current is not { SignatureId: { } line })
            return;
        Signature = await Db.Signatures.AsNoTracking().SingleAsync(s => s.Id == line, cancellation);
        (MayWithdraw, IsTheirs) = (Answering.MayWithdraw(Current, Signature), Answering.IsTheirs(Current, Signature));
        var (domain, since) = (Current.EmailDomain, Now - Inquiry.AtOnceWithin);
        OthersFromDomain = await Db.Inquiries.CountAsync(i => i.LetterId == Letter.Id && i.EmailDomain == domain && i.ConfirmedAt > since && i.Id != Current.Id, cancellation);
    }

    private async Task AnsweredAsync(CancellationToken cancellation)
    {
        var since = Now - TimeSpan.FromDays(1);
        var rows = await Db.Inquiries.AsNoTracking().Where(i => i.LetterId == Letter.Id && i.State == InquiryState.Answered && i.AnsweredBy != null && i.AnsweredAt > since)
            .OrderByDescending(i => i.AnsweredAt).Take(10).ToListAsync(cancellation);
        var ids = rows.Select(i => i.SignatureId).ToList();
        var numbers = await Db.Signatures.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.Number }).ToDictionaryAsync(s => s.Id, s => s.Number, cancellation);
        Answered = [.. rows.Select(i => new AnsweredItem(i.Id, i.Kind, i.SignatureId is { } id ? numbers.GetValueOrDefault(id) : null, i.Outcome, i.AnsweredAt!.Value, Answering.MayUndo(i)))];
    }

    public static string Words(InquiryKind kind, int? number) => (kind switch
    {
        InquiryKind.NotMe => "“This is not me”",
        InquiryKind.Wrong => "“This is wrong”",
        InquiryKind.Reply => "Reply",
        InquiryKind.Withdrawal => "Withdrawal",
        InquiryKind.Erasure => "Erasure of everything",
        _ => "“This was not me”",
    }) + (number is { } no ? (kind == InquiryKind.Reply ? " from " : kind is InquiryKind.Withdrawal or InquiryKind.Erasure ? ": " : " on ") + Printed.Signature(no) : "");

    public static string Words(InquiryOutcome? outcome) => outcome switch
    {
        InquiryOutcome.Corrected => "corrected",
        InquiryOutcome.Removed => "removed",
        InquiryOutcome.Withdrawn => "done",
        InquiryOutcome.Passed => "passed on",
        InquiryOutcome.Replied => "answered",
        _ => "it stands",
    };

    /// <summary>"answer within 3 h 10", "overdue by 2 h 05"</summary>
    public string Promise(DateTimeOffset? due) =>
        due is not { } at ? "" : at > Now ? $"answer within {StaffWords.Age(at - Now)}" : $"overdue by {StaffWords.Age(Now - at)}";

    public bool IsOverdue(DateTimeOffset? due) => due <= Now;

    /// <summary>Null where a year is none.</summary>
    private static List<Post>? PostsOf(IEnumerable<TypedPost> typed)
    {
        var posts = new List<Post>();
        foreach (var (position, organization, first, last) in typed)
        {
            if (first is not null && !IsYear(first) || last is not null && (!IsYear(last) || first is null))
                return null;
            YearSpan? years = first is null ? null : new YearSpan(int.Parse(first, CultureInfo.InvariantCulture), last is null ? null : int.Parse(last, CultureInfo.InvariantCulture));
            var post = new Post(position, organization, years);
            if (post is not { Position: null, Organization: null, Years: null })
                posts.Add(post);
        }
        return posts;
    }

    private static bool IsYear(string text) => text.Length == 4 && text.All(char.IsAsciiDigit) && text[0] is '1' or '2';

    private static string? Tidy(string? text) =>
        string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Normalize() is { Length: > 0 } tidy ? tidy : null;
}
