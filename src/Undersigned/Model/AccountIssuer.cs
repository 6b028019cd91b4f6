namespace Undersigned.Model;

/// <summary>
/// A sign-in service whose accounts signers may add to their line: OpenID Connect, known by its issuer alone, or plain OAuth 2 with three
/// addresses. The operator's choice; whom it calls is its own business.
/// </summary>
public sealed record AccountIssuer
{
    /// <summary>"orcid": how addresses of ours name it.</summary>
    public required string Key { get; init; }

    /// <summary>"ORCID": what people read.</summary>
    public required string Name { get; init; }

    /// <summary>The issuer of OpenID Connect, whose discovery document tells the rest; null for plain OAuth 2.</summary>
    public Uri? Issuer { get; init; }

    public Uri? AuthorizeAt { get; init; }
    public Uri? TokenAt { get; init; }
    /// <summary>Where plain OAuth 2 tells whose account it is, as JSON.</summary>
    public Uri? UserInfoAt { get; init; }

    /// <summary>The member that never changes, and the one that people know the account by.</summary>
    public string Subject { get; init; } = "sub";
    public string Label { get; init; } = "name";
    public string Scope { get; init; } = "openid";

    public required string ClientId { get; init; }
    public string? ClientSecret { get; init; }

    /// <summary>Of whom the subject is one: two services may well use the same numbers.</summary>
    public string Identity => (Issuer ?? UserInfoAt)!.AbsoluteUri;

    public override string ToString() => Key;
}
