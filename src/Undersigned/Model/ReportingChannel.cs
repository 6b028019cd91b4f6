namespace Undersigned.Model;

/// <summary>An official place that takes reports of abuses, as the letter's page shows it.</summary>
/// <param name="Name">"Inspector General of Public Works".</param>
/// <param name="Takes">What it takes, and from whom.</param>
/// <param name="Protects">What protects whoever reports there.</param>
/// <param name="Reach">How to reach it safely.</param>
/// <param name="Link">Where it says so itself; null where there is no such page.</param>
/// <param name="CheckedOn">The day on which somebody last looked whether this is so.</param>
public sealed record ReportingChannel(string Name, string Takes, string Protects, string Reach, string? Link, DateOnly CheckedOn)
{
    /// <summary>What a reader can take in, and a form can hold.</summary>
    public const int Most = 12;

    /// <summary>A page of the open web that is not read by others on the way, or one of the Tor network.</summary>
    public static bool IsLink(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.Host.EndsWith(".onion", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What a letter's page shows of where to report, from one entry of the record on.</summary>
public sealed record ReportingChannels(IReadOnlyList<ReportingChannel> All, DateTimeOffset At, long Entry);

public enum ProposalState { Waiting, Confirmed, Refused, TakenBack }

/// <summary>Another list of channels that one owner proposes; another owner confirms it, or refuses. At most one waits.</summary>
public sealed class ChannelProposal
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public List<ReportingChannel> Channels { get; set; } = [];
    public ProposalState State { get; set; }
    public DateTimeOffset StateAt { get; set; }
    public long ProposedBy { get; set; }
    public DateTimeOffset ProposedAt { get; set; }
    public long? DecidedBy { get; set; }
    /// <summary>The <see cref="LetterPost"/> that publishes it.</summary>
    public long? PostId { get; set; }
}
