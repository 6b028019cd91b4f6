namespace Undersigned.Model;

/// <summary>What speaks for a claim beyond a confirmed address; one kind a level of the signatory log.</summary>
public enum EvidenceKind { Account, Domain, Roster, Vouched, Known }

/// <summary>
/// One piece of evidence for a signature. Rows are added and ended, never edited; the level of a line follows from those that are
/// not ended and from nothing else.
/// </summary>
public sealed class Evidence : SealedRow
{
    public long Id { get; set; }
    public long SignatureId { get; set; }
    public EvidenceKind Kind { get; set; }
    public DateTimeOffset At { get; set; }
    /// <summary>The member of staff who recorded it; null where the signer's own act did.</summary>
    public long? AccountId { get; set; }
    /// <summary>Of <see cref="EvidenceKind.Vouched"/>: the signature of who vouches.</summary>
    public long? VoucherId { get; set; }
    /// <summary>Of <see cref="EvidenceKind.Account"/>: keyed tag of issuer and subject, so that one account speaks for one line.</summary>
    public byte[]? AccountTag { get; set; }
    /// <summary>Where it was carried over from an earlier letter.</summary>
    public long? FromLetterId { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public long? EndedBy { get; set; }

    /// <summary>The domain, the issuer and the account's name there, the roster, or how the person is known.</summary>
    public string? What { get => Secret("what"); set => Secret("what", value); }
    /// <summary>Of <see cref="EvidenceKind.Account"/>: issuer and subject, divided by a line feed, from which a follow-up letter makes its own tag.</summary>
    public string? Account { get => Secret("account"); set => Secret("account", value); }
    /// <summary>The office it speaks for, as the line said it then: "AUSA, SDNY, 1994–2003"; null where it speaks for the person.</summary>
    public string? Claim { get => Secret("claim"); set => Secret("claim", value); }

    public static Evidence Of(EvidenceKind kind, Signature signature, DateTimeOffset at, string? what = null, string? claim = null) =>
        new() { LetterId = signature.LetterId, SignatureId = signature.Id, Kind = kind, At = at, What = what, Claim = claim };

    /// <summary>Ends it and destroys what it says; that there was one of its kind remains.</summary>
    public void Forget(DateTimeOffset now)
    {
        EndedAt ??= now;
        EndKeeping();
    }

    /// <summary>Destroys what it says; that it speaks for the line, and when it came, stays.</summary>
    public void EndKeeping()
    {
        What = Claim = Account = null;
        AccountTag = null;
    }

    public static SignatureLevel LevelOf(EvidenceKind kind) => Enum.Parse<SignatureLevel>(kind.ToString());
}

public sealed partial class Signature
{
    /// <summary>Two vouchers make a line "vouched for".</summary>
    public const int VouchersNeeded = 2;

    /// <summary>For how many others one signatory may vouch.</summary>
    public const int MostVouches = 5;

    /// <summary>A signatory who is known, or confirmed at a listed domain, may vouch for others; who is only vouched for may not.</summary>
    public bool MayVouch(IEnumerable<Evidence> evidence) =>
        State is SignatureState.Listed or SignatureState.Admitted
        && evidence.Any(e => e is { EndedAt: null, Kind: EvidenceKind.Domain or EvidenceKind.Known });

    /// <summary>What the signer is told of the evidence: all but the roster. One voucher alone says nothing yet.</summary>
    public static IEnumerable<Evidence> ToldOf(IReadOnlyCollection<Evidence> evidence) => evidence.Where(e => e.Kind is not (EvidenceKind.Roster or EvidenceKind.Vouched))
        .Concat(evidence.Where(e => e.Kind == EvidenceKind.Vouched).Skip(VouchersNeeded - 1).Take(1)).OrderBy(e => e.At);

    /// <summary>The level that evidence not ended gives.</summary>
    public SignatureLevel LevelFrom(IReadOnlyCollection<Evidence> evidence)
    {
        var standing = evidence.Where(e => e.EndedAt is null).ToList();
        var level = Source == SignatureSource.Import && ConfirmedAt is null ? SignatureLevel.Imported : SignatureLevel.Email;
        foreach (var one in standing.Where(e => e.Kind != EvidenceKind.Vouched || standing.Count(v => v.Kind == EvidenceKind.Vouched) >= VouchersNeeded))
            level = (SignatureLevel)Math.Max((int)level, (int)Evidence.LevelOf(one.Kind));
        return level;
    }
}
