using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>A domain as people type it.</summary>
internal static class DomainName
{
    // Providers where anybody can have an address; of the larger ones enough that the mistake is noticed.
    private static readonly HashSet<string> Providers = new(StringComparer.Ordinal)
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "aol.com", "icloud.com", "me.com", "mac.com",
        "proton.me", "protonmail.com", "pm.me", "gmx.de", "gmx.net", "gmx.com", "gmx.at", "gmx.ch", "web.de", "t-online.de", "posteo.de", "mailbox.org", "tutanota.com",
        "zoho.com", "fastmail.com", "mail.com", "mail.ru", "yandex.ru", "yandex.com", "qq.com", "163.com", "126.com", "naver.com", "orange.fr", "free.fr", "laposte.net",
        "libero.it", "wp.pl", "o2.pl", "seznam.cz", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "btinternet.com", "yahoo.co.uk", "hotmail.co.uk",
    };

    /// <summary>dams.example, also from @dams.example or inspector@dams.example; null where it is none.</summary>
    public static string? Read(string? typed)
    {
        var text = (typed ?? "").Trim();
        return EmailAddress.TryParse("a@" + text[(text.LastIndexOf('@') + 1)..], out var address, out _) ? address.Domain : null;
    }

    public static bool IsForEverybody(string domain) => Providers.Contains(domain);
}
