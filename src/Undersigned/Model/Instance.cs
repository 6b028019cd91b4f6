namespace Undersigned.Model;

/// <summary>What is fixed for this running instance: where it keeps its files and how the world reaches it.</summary>
public sealed record Instance
{
    /// <summary>The folder of everything that is not in the database: keys, the file of signed tree heads, and SQLite's file.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The public address, scheme and host and perhaps a base path, without a trailing slash.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>A PostgreSQL connection string; null for the embedded SQLite file in <see cref="DataFolder"/>.</summary>
    public string? Database { get; init; }

    /// <summary>smtp:// or smtps:// address of the mail server; null while none is set, and mail then waits.</summary>
    public Uri? Smtp { get; init; }

    /// <summary>The address that mails come from.</summary>
    public string MailFrom { get; init; } = "";

    /// <summary>The mailbox to which people's replies come, imaps:// or imap://user:password@host/folder; null where none is read.</summary>
    public Uri? Replies { get; init; }

    /// <summary>The instance's budget of mails, over all letters.</summary>
    public int MailsAnHour { get; init; } = 5_000;
    public int MailsADay { get; init; } = 50_000;

    /// <summary>Addresses or networks (CIDR) whose X-Forwarded-* headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Sign-in services whose accounts signers may add to their line.</summary>
    public IReadOnlyList<AccountIssuer> Issuers { get; init; } = [];

    /// <summary>The Chromium that sets letters as PDF; null where there is none.</summary>
    public string? Chromium { get; init; }

    /// <summary>True for `undersigned demo`: an inbox page, one-click sign-in, a banner, and no mail that leaves.</summary>
    public bool IsDemo { get; init; }

    /// <summary>HOST[/BASE] as in the signatory log's origins: lower case, the port only where it is not 443.</summary>
    public string Authority
    {
        get
        {
            var host = PublicUrl.IdnHost.ToLowerInvariant();
            var port = PublicUrl.Port == 443 ? "" : ":" + PublicUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return host + port + PublicUrl.AbsolutePath.TrimEnd('/');
        }
    }

    public string OriginOf(string slug) => $"{Authority}/letters/{slug}/log";

    public string UrlOf(string path) => PublicUrl.AbsoluteUri.TrimEnd('/') + path;

    /// <summary>A page that names no letter in its address, as it is given to somebody in a language.</summary>
    public string UrlIn(string? language, string path) => UrlOf(Tongue.Of(language) == Tongue.English ? path : $"/{Tongue.Of(language)}{path}");
}
