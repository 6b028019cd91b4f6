using Undersigned.Model;

namespace Undersigned.Letters;

/// <summary>An update, a response or an event as pages print it: published, or a preview.</summary>
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

/// <summary>What stands under a letter at its size: the latest wording of each post.</summary>
public sealed record UnderLetter(PublishedLetter Letter, IReadOnlyList<PostView> Said, IReadOnlyList<PostView> Events)
{
    /// <summary>Since when the addressee has not responded; null where they did, where there is none, or where no day has passed.</summary>
    public DateTimeOffset? SilentSince { get; init; }
    /// <summary>There are several addressees.</summary>
    public bool AreSeveral { get; init; }

    public bool IsEmpty => Said.Count == 0 && Events.Count == 0;

    public static UnderLetter Of(PublishedLetter letter)
    {
        var views = Views(letter);
        var hasResponse = views.Any(v => v.Kind == PostKind.Response);
        var isSilent = letter.Words.Addressee.Length > 0 && !hasResponse && letter.At.EntryAt - letter.OpenedAt >= TimeSpan.FromDays(1);
        return new UnderLetter(
            letter,
            [.. views.Where(v => v.Kind != PostKind.Event).OrderByDescending(v => v.Day).ThenByDescending(v => v.Post!.Entry)],
            [.. views.Where(v => v.Kind == PostKind.Event).OrderBy(v => v.Day).ThenBy(v => v.Post!.Entry)])
        {
            SilentSince = isSilent ? letter.OpenedAt : null,
            AreSeveral = letter.Words.Addressees.Contains(';', StringComparison.Ordinal),
        };
    }

    /// <summary>The post of an entry, whether its wording is the latest or not; null where there is none.</summary>
    public static (PublishedPost Post, PostView Latest)? Find(PublishedLetter letter, long entry)
    {
        if (letter.Posts.SingleOrDefault(p => p.Entry == entry && p.Kind is not (PostKind.Edition or PostKind.Channels)) is not { } post)
            return null;
        var latest = post;
        while (letter.Posts.FirstOrDefault(p => Replaces(p, latest)) is { } next)
            latest = next;
        return (post, Views(letter).Single(v => v.Post == latest));
    }

    private static List<PostView> Views(PublishedLetter letter)
    {
        var posts = letter.Posts.Where(p => p.Kind is not (PostKind.Edition or PostKind.Channels)).ToList();
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

    private static bool Replaces(PublishedPost later, PublishedPost earlier) =>
        later.Entry > earlier.Entry && later.Words.Replaces is { } hash && hash == Convert.ToBase64String(earlier.TextHash);
}
