namespace Undersigned.Model;

/// <summary>
/// One published letter as every public answer sees it: its words and its list at one tree size.
/// A request takes it once and asks the database only for rows of that size.
/// </summary>
public sealed record PublishedLetter(Letter Letter, Revision Revision, LogCheckpoint At, string Origin, DateTimeOffset OpenedAt)
{
    /// <summary>The words as signed, not the letter's row.</summary>
    public LetterWords Words { get; } = LetterWords.Of(Revision);

    /// <summary>Of the reports about its lines.</summary>
    public ReportCounts Reports { get; init; } = new();

    /// <summary>Where to report, as the record has it at this size; null where the letter never said.</summary>
    public ReportingChannels? Channels { get; init; }

    /// <summary>Changes with the quotations that signers have agreed to.</summary>
    public string Quoted { get; init; } = "";

    /// <summary>Public letters that follow this one.</summary>
    public IReadOnlyList<FollowingLetter> FollowedBy { get; init; } = [];

    public long Size => At.Size;

    /// <summary>What is published now: of an earlier list, whoever has left since is not shown again.</summary>
    public LogCheckpoint Latest { get; init; } = At;
    public long LatestSize => Latest.Size;
    /// <summary>The record has gone on since this list.</summary>
    public bool HasGoneOn => LatestSize > Size;
    /// <summary>This is what is shown of the letter while its display is frozen.</summary>
    public bool IsFrozen => Letter.FrozenSize == Size;
    /// <summary>The list of an earlier day, shown because somebody asked for it.</summary>
    public bool IsPast => HasGoneOn && !IsFrozen;

    /// <summary>Nothing more is written into its log, and its page for checking says so.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The latest edition that is told of at this size; null before the first.</summary>
    public Edition? Edition { get; init; }

    /// <summary>What was published under the letter so far, in the order of the record.</summary>
    public IReadOnlyList<PublishedPost> Posts { get; init; } = [];

    public ListCounts Counts => At.Counts;

    /// <summary>The first 16 hex digits of the root, printed with time and size on every public answer.</summary>
    public string Fingerprint { get; } = At.Fingerprint;

    /// <summary>Part of each cached page's key and of its ETag: changes with the list, the words, the switches and the promises that visitors see.</summary>
    public string CacheKey => field ??=
        $"{At.Size}.{Revision.Number}.{Letter.State}.{(Letter.HoldSigning ? "s" : "")}{(Letter.HoldPublishing ? "p" : "")}{(IsRefused ? "r" : "")}{(IsFrozen ? $"f{LatestSize}" : "")}.{Letter.CloseAt?.ToUnixTimeSeconds()}.{Letter.EraWords.Mark}.{Reports.Open}.{Reports.Answered}.{Reports.Corrected}.{Reports.Removed}.{Quoted}.{Letter.PressContact}.{Letter.FollowsLetterId}.{string.Join('/', FollowedBy)}.{Letter.ListOrder}.{string.Join('-', Letter.FirstSignatures)}.{Letter.PromiseHours}.{(Letter.EditionAt is null ? 0 : Letter.EditionEveryHours)}";
}

/// <summary>A public letter that follows another.</summary>
public sealed record FollowingLetter(string Slug, string Title);
