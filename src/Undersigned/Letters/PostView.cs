using Undersigned.Model;

namespace Undersigned.Letters;

/// <summary>An update, a response, an event or a delivery as pages print it: published, or a preview.</summary>
public sealed record PostView(PostKind Kind, PostWords Words, DateTimeOffset At)
{
    /// <summary>The day that stands beside it: of a response or an event its own, of an update the one on which it was first published.</summary>
    public DateOnly Day => Words.Day ?? DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>Null for a preview.</summary>
    public PublishedPost? Post { get; init; }
    /// <summary>As it was published at first, where it was corrected since.</summary>
    public PublishedPost? First { get; init; }
    /// <summary>The page of it, from the site's root; null for a preview.</summary>
    public string? Path { get; init; }
    public string? FirstPath { get; init; }
}

/// <summary>That the addressee has not responded: since the first delivery, or else since publication.</summary>
public sealed record Silence(DateOnly Since, bool IsSinceDelivery, bool AreSeveral)
{
    /// <summary>The name of its sentence among the texts.</summary>
    public string Text => (IsSinceDelivery, AreSeveral) switch
    {
        (false, false) => "silent",
        (false, true) => "silent-all",
        (true, false) => "silent-delivered",
        (true, true) => "silent-delivered-all",
    };
}

/// <summary>What stands under a letter at its size: the latest wording of each post.</summary>
/// <param name="Letter">At its size.</param>
/// <param name="Said">Updates, responses and deliveries, newest first.</param>
/// <param name="Events">What happened when, deliveries among it, oldest first; empty where nobody wrote down an event.</param>
public sealed record UnderLetter(PublishedLetter Letter, IReadOnlyList<PostView> Said, IReadOnlyList<PostView> Events)
{
    /// <summary>Null where the addressee responded, where there is none, or where no day has passed.</summary>
    public Silence? Silence { get; init; }

    public bool IsEmpty => Said.Count == 0 && Events.Count == 0;
    /// <summary>Each once.</summary>
    public IEnumerable<PostView> All => Said.Concat(Events.Where(v => v.Kind == PostKind.Event));
    public IEnumerable<PostView> Deliveries => Said.Where(v => v.Kind == PostKind.Delivery).Reverse();

    public static UnderLetter Of(PublishedLetter letter)
    {
        var views = Views(letter);
        var hasEvents = views.Any(v => v.Kind == PostKind.Event);
        return new UnderLetter(
            letter,
            [.. views.Where(v => v.Kind != PostKind.Event).OrderByDescending(v => v.Day).ThenByDescending(v => v.Post!.Entry)],
            [.. views.Where(v => hasEvents && v.Kind is (PostKind.Event or PostKind.Delivery)).OrderBy(v => v.Day).ThenBy(v => v.Post!.Entry)])
        {
            Silence = views.Any(v => v.Kind == PostKind.Response) || letter.Words.Addressee.Length == 0 ? null : SilenceOf(letter, views),
        };
    }

    private static Silence? SilenceOf(PublishedLetter letter, List<PostView> views)
    {
        var delivered = views.Where(v => v.Kind == PostKind.Delivery).MinBy(DeliveredAt);
        var since = delivered is null ? letter.OpenedAt : DeliveredAt(delivered);
        return letter.At.EntryAt - since < TimeSpan.FromDays(1) ? null
            : new Silence(delivered?.Day ?? DateOnly.FromDateTime(since.UtcDateTime), delivered is not null, letter.Words.Addressees.Contains(';', StringComparison.Ordinal));
    }

    // Without a time of day, at the end of its day: nobody is called silent too early.
    private static DateTimeOffset DeliveredAt(PostView delivery) => delivery.Words.Delivery?.Clock is { } clock
        ? new DateTimeOffset(delivery.Day.ToDateTime(clock), TimeSpan.Zero)
        : new DateTimeOffset(delivery.Day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>The post of an entry, whether its wording is the latest or not; null where there is none.</summary>
    public static (PublishedPost Post, PostView Latest)? Find(PublishedLetter letter, long entry)
    {
        if (letter.Posts.SingleOrDefault(p => p.Entry == entry && IsUnder(p.Kind)) is not { } post)
            return null;
        var latest = post;
        while (letter.Posts.FirstOrDefault(p => Replaces(p, latest)) is { } next)
            latest = next;
        return (post, Views(letter).Single(v => v.Post == latest));
    }

    /// <summary>Whether a post stands under the letter and has a page there; the others have places of their own.</summary>
    public static bool IsUnder(PostKind kind) => kind is not (PostKind.Edition or PostKind.Channels or PostKind.Translation);

    private static List<PostView> Views(PublishedLetter letter)
    {
        var posts = letter.Posts.Where(p => IsUnder(p.Kind)).ToList();
        return [.. posts.Where(p => !posts.Any(q => Replaces(q, p))).Select(p => ViewOf(letter, posts, p))];
    }

    private static PostView ViewOf(PublishedLetter letter, List<PublishedPost> posts, PublishedPost post)
    {
        var first = post;
        while (first.Words.Replaces is not null && posts.FirstOrDefault(p => Replaces(first, p)) is { } before)
            first = before;
        return new PostView(post.Kind, post.Words, first.At)
        {
            Post = post,
            First = first == post ? null : first,
            Path = PathOf(letter.Letter, post),
            FirstPath = PathOf(letter.Letter, first),
        };
    }

    public static string PathOf(Letter letter, PublishedPost post) => FormattableString.Invariant($"/letters/{letter.Slug}/updates/{post.Entry}");

    internal static bool Replaces(PublishedPost later, PublishedPost earlier) =>
        later.Entry > earlier.Entry && later.Words.Replaces is { } hash && hash == Convert.ToBase64String(earlier.TextHash);
}
