namespace Undersigned.Model;

/// <summary>What a webhook is told of.</summary>
[Flags]
public enum WebhookEvents
{
    None = 0,
    /// <summary>record.changed: a new size of the record is published, so the number or a line may be another.</summary>
    Record = 1,
    /// <summary>edition.published</summary>
    Edition = 2,
    /// <summary>post.published: an update, a response, an event, a delivery, a translation, where to report, or an audit.</summary>
    Post = 4,
    /// <summary>letter.state: published, closing, closed, or open again.</summary>
    State = 8,
}

public enum WebhookState
{
    On,
    /// <summary>By an owner.</summary>
    Off,
    /// <summary>By the program: for three days nothing arrived, or the receiver said that it is gone.</summary>
    GivenUp,
    Removed,
}

/// <summary>
/// An address of somebody's own that is told what became public of a letter. What it was told of stands here and moves in the transaction
/// that queues the deliveries, so whatever happens while the program stands still is told after.
/// </summary>
public sealed class Webhook : SealedRow
{
    public const int LongestAddress = 500;
    public const int MostOfALetter = 10;

    /// <summary>The event of a test; it is tried once.</summary>
    public const string Test = "test";

    /// <summary>Every event with its code, as deliveries name it.</summary>
    public static IReadOnlyList<(WebhookEvents Event, string Code)> AllEvents { get; } =
        [(WebhookEvents.Record, "record.changed"), (WebhookEvents.Edition, "edition.published"), (WebhookEvents.Post, "post.published"), (WebhookEvents.State, "letter.state")];

    public static string CodeOf(WebhookEvents one) => AllEvents.Single(e => e.Event == one).Code;

    public long Id { get; set; }
    /// <summary>The address may itself be a secret.</summary>
    public string Address { get => Secret("address") ?? ""; set => Secret("address", value); }
    /// <summary>Of the address, for the desk and the record of acts.</summary>
    public required string Host { get; set; }
    /// <summary>whsec_ and base64.</summary>
    public string SigningSecret { get => Secret("secret") ?? ""; set => Secret("secret", value); }
    /// <summary>The one before; both sign until <see cref="FormerUntil"/>.</summary>
    public string? FormerSecret { get => Secret("former"); set => Secret("former", value); }
    public DateTimeOffset? FormerUntil { get; set; }
    public WebhookEvents Events { get; set; }
    public WebhookState State { get; set; }
    public DateTimeOffset StateAt { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public long MadeBy { get; set; }

    /// <summary>The published size of which it was told last.</summary>
    public long RecordSeen { get; set; }
    public DateTimeOffset? RecordAt { get; set; }
    /// <summary>Below this size it was told of every post and edition.</summary>
    public long PostsSeen { get; set; }
    public LetterState StateSeen { get; set; }

    /// <summary>Since when nothing arrived; null where the last delivery did, or none was tried.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public bool Wants(WebhookEvents one) => Events.HasFlag(one);

    /// <summary>Destroys what opens the receiver.</summary>
    public void Remove(DateTimeOffset now)
    {
        (State, StateAt) = (WebhookState.Removed, now);
        Address = SigningSecret = "";
        FormerSecret = null;
    }
}

public enum WebhookDeliveryState { Waiting, Arrived, GivenUp }

/// <summary>One message to one webhook: the same id and bytes however often it is sent.</summary>
public sealed class WebhookDelivery
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public long WebhookId { get; set; }
    public required string MessageId { get; set; }
    /// <summary>record.changed …, or test.</summary>
    public required string Event { get; set; }
    public required byte[] Body { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public WebhookDeliveryState State { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
}

public enum OutboundFault
{
    /// <summary>The name leads to a private network, to this machine, or to another address that is nobody's on the internet.</summary>
    RefusedAddress,
    UnknownName,
    NoConnection,
    /// <summary>Its certificate does not hold.</summary>
    NoTrust,
    TimedOut,
    /// <summary>What answered is not HTTP.</summary>
    NoHttp,
}

/// <summary>One try of a delivery.</summary>
public sealed class WebhookAttempt
{
    public const int LongestAnswer = 200;

    public long Id { get; set; }
    public long DeliveryId { get; set; }
    public DateTimeOffset At { get; set; }
    public int? Status { get; set; }
    public OutboundFault? Fault { get; set; }
    public int Milliseconds { get; set; }
    /// <summary>The first bytes of what was answered, as text.</summary>
    public string Answer { get; set; } = "";
}
