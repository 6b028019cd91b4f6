namespace Undersigned.Model;

/// <summary>What a token opens.</summary>
[Flags]
public enum ApiScope
{
    None = 0,
    /// <summary>signatures:read</summary>
    Signatures = 1,
    /// <summary>figures:read</summary>
    Figures = 2,
}

/// <summary>With it a program of the organiser's reads of one letter what its desk shows. The token itself is nowhere but with whoever was shown it.</summary>
public sealed class ApiToken
{
    public const int LongestName = 60;
    /// <summary>So many of a letter that are neither ended nor revoked.</summary>
    public const int MostOfALetter = 20;

    public long Id { get; set; }
    public long LetterId { get; set; }
    /// <summary>What it is for, in the owner's words.</summary>
    public required string Name { get; set; }
    /// <summary>A keyed hash of the token.</summary>
    public required byte[] TokenTag { get; set; }
    public ApiScope Scopes { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public long MadeBy { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    /// <summary>To the minute.</summary>
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public long? RevokedBy { get; set; }

    public bool IsOpen(DateTimeOffset now) => RevokedAt is null && !(EndsAt <= now);

    /// <summary>Every scope with its code, as tokens and the API's description name it.</summary>
    public static IReadOnlyList<(ApiScope Scope, string Code)> AllScopes { get; } = [(ApiScope.Signatures, "signatures:read"), (ApiScope.Figures, "figures:read")];

    /// <summary>signatures:read figures:read</summary>
    public static string CodesOf(ApiScope scopes) => string.Join(' ', AllScopes.Where(s => scopes.HasFlag(s.Scope)).Select(s => s.Code));
}
