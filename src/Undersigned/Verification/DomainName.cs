using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>A domain as people type it.</summary>
internal static class DomainName
{
    /// <summary>dams.example, also from @dams.example or inspector@dams.example; null where it is none.</summary>
    public static string? Read(string? typed)
    {
        var text = (typed ?? "").Trim();
        return EmailAddress.TryParse("a@" + text[(text.LastIndexOf('@') + 1)..], out var address, out _) ? address.Domain : null;
    }
}
