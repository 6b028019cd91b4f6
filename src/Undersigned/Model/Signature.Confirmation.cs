namespace Undersigned.Model;

public enum ConfirmationHow
{
    Code,
    Telephone,
    /// <summary>On the signer's own page, behind the link mailed to an imported signatory.</summary>
    OwnPage,
    /// <summary>Behind the link mailed to a signatory of an earlier letter.</summary>
    FollowUp,
}

/// <summary>The address and its confirmation by a six-digit code. Code and link are derived from a key outside the database and kept nowhere.</summary>
public sealed partial class Signature
{
    public const int TriesPerCode = 5;
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromHours(72);

    /// <summary>As typed, trimmed; null for an import without one, and once expired or erased.</summary>
    public string? Email { get => Secret("email"); set => Secret("email", value); }
    public string? EmailDomain { get; set; }
    /// <summary>Keyed tag of the normalised address within this letter; unique among signatures that count.</summary>
    public byte[]? AddressTag { get; set; }
    /// <summary>The form's one-time number; the same form posted twice is one signature.</summary>
    public string? FormNonce { get; set; }

    /// <summary>Which code is valid: each new mail raises it and so kills the code before.</summary>
    public int CodeRound { get; set; }
    public int CodeTries { get; set; }
    public DateTimeOffset CodeExpiresAt { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }
    public ConfirmationHow? ConfirmedHow { get; set; }

    /// <summary>Where the form came from: keyed hash of the network (/24, /56), under a key that is another each day. Gone after two days.</summary>
    public byte[]? NetworkTag { get; set; }
    /// <summary>Sent while signing was under suspicion and without proof of work: a person looks at it, whatever its level.</summary>
    public bool IsSuspect { get; set; }

    // The two private ticks, and what goes with the second.
    public bool KeepInformed { get; set; }
    public bool PressMayCall { get; set; }
    public string? Telephone { get => Secret("telephone"); set => Secret("telephone", value); }
    /// <summary>Where the press may reach them: "Columbus, Ohio".</summary>
    public string? Place { get => Secret("place"); set => Secret("place", value); }
}

/// <summary>"This was not me": no more mail about this letter to this address.</summary>
public sealed class BlockedAddress
{
    public long LetterId { get; set; }
    public required byte[] AddressTag { get; set; }
    public DateTimeOffset At { get; set; }
}
