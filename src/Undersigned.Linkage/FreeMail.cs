using System.Collections.Frozen;

namespace Undersigned.Linkage;

/// <summary>Domains that give addresses to anybody.</summary>
internal static class FreeMail
{
    private static readonly FrozenSet<string> Domains = Tables.Words("free-mail.txt");

    public static bool Is(string? domain) => domain is not null && Domains.Contains(domain.Trim().ToLowerInvariant());
}
