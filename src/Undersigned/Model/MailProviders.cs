namespace Undersigned.Model;

/// <summary>
/// Domains at which anybody may have a mailbox. That many people sign from one of them says nothing; from a domain nobody has
/// heard of, something. Not complete and need not be: a domain that is missing costs a person one look.
/// </summary>
public static class MailProviders
{
    private static readonly HashSet<string> Domains = new(StringComparer.OrdinalIgnoreCase)
    {
        "aol.com", "att.net", "bluewin.ch", "bt.com", "btinternet.com", "comcast.net", "cox.net", "duck.com", "fastmail.com", "fastmail.fm", "free.fr",
        "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com", "hotmail.co.uk", "hotmail.com",
        "hotmail.fr", "hotmail.it", "icloud.com", "interia.pl", "laposte.net", "libero.it", "live.com", "live.co.uk", "mac.com", "mail.com", "mail.ru",
        "mailbox.org", "me.com", "mailfence.com", "msn.com", "naver.com", "o2.pl", "orange.fr", "outlook.com", "outlook.de", "outlook.fr", "pm.me",
        "posteo.de", "posteo.net", "proton.me", "protonmail.ch", "protonmail.com", "qq.com", "rediffmail.com", "riseup.net", "rocketmail.com", "sbcglobal.net",
        "seznam.cz", "sfr.fr", "t-online.de", "telenet.be", "tiscali.it", "tuta.com", "tutanota.com", "ukr.net", "verizon.net", "virgilio.it", "wanadoo.fr",
        "web.de", "wp.pl", "yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.it", "yandex.com", "yandex.ru", "ymail.com",
        "zoho.com", "126.com", "163.com",
    };

    public static bool Has(string? domain) => domain is not null && Domains.Contains(domain);
}
