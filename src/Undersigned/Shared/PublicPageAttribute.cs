namespace Undersigned.Shared;

/// <summary>
/// On a page or as metadata of an address whose answer is the same for everybody and depends only on what is published: of the letter
/// whose `slug` is in the route, or of all. <see cref="PageCache"/> keeps such answers.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute : Attribute
{
    /// <summary>Pages of other sites may show it in a frame.</summary>
    public bool MayBeFramed { get; init; }

    /// <summary>It shows pages of ours in frames.</summary>
    public bool HasFrames { get; init; }

    /// <summary>Scripts of other sites may read it.</summary>
    public bool MayBeRead { get; init; }

    /// <summary>It depends on the hour as well.</summary>
    public bool ByTheHour { get; init; }
}

/// <summary>
/// What a public answer depends on, as short texts that change with it.
/// <paramref name="OfLetter"/> is null for a letter that is not public.
/// </summary>
public sealed record PageVersions(Func<string, string?> OfLetter, Func<string> OfAll);
