namespace Undersigned.Operation;

/// <summary>One setting: a flag of the command line, or the environment variable of the same name; the flag wins. It has no other home.</summary>
internal sealed record Setting(string Flag, string Help, string? Default = null, bool IsSecret = false)
{
    /// <summary>--trusted-proxies → UNDERSIGNED_TRUSTED_PROXIES</summary>
    public string Variable => "UNDERSIGNED_" + Flag[2..].Replace('-', '_').ToUpperInvariant();

    public static readonly Setting Data = new("--data", "Folder for the database file, the keys and the record of signed heads. Back it up.");
    public static readonly Setting Url = new("--url", "The public address, such as https://letters.example.org; it stands in every mail and in each letter's record.");
    public static readonly Setting Database = new("--database", "PostgreSQL connection string (\"Host=…;Database=…;Username=…\"); without it an SQLite file in the data folder.", IsSecret: true);
    public static readonly Setting Smtp = new("--smtp", "Mail server: smtp://user:password@host:587 (STARTTLS where offered) or smtps://…; without it mail waits.", IsSecret: true);
    public static readonly Setting From = new("--from", "The address that mails come from; by default letters@ and the host of --url.");
    public static readonly Setting Replies = new("--replies", "Mailbox to which replies and bounces come: imaps://user:password@host, perhaps with /folder; it is read once a minute.", IsSecret: true);
    public static readonly Setting RepliesPassword = new("--replies-password-file", "File that holds the password of that mailbox.");
    public static readonly Setting MailBudget = new("--mail-budget", "The most mails in an hour and in a day, over all letters; what is beyond waits.", "5000/50000");
    public static readonly Setting Listen = new("--listen", "The address to listen on; 0.0.0.0 in a container.", "127.0.0.1");
    public static readonly Setting Port = new("--port", "The port to listen on.", "5000");
    public static readonly Setting TrustedProxies = new("--trusted-proxies", "Addresses or networks, divided by commas, whose X-Forwarded-For and -Proto are believed.", "");
    public static readonly Setting Issuers = new("--issuers", "JSON file of sign-in services whose accounts signers may add to their line (ORCID, GitHub, your own).");
    public static readonly Setting Chromium = new("--chromium", "The Chromium that sets letters as PDF; by default chromium, chromium-browser or google-chrome on PATH; none makes no PDF.");
    public static readonly Setting LogFormat = new("--log-format", "text or json, one line an event.", "text");

    public static readonly IReadOnlyList<Setting> All = [Data, Url, Database, Smtp, From, Replies, RepliesPassword, MailBudget, Listen, Port, TrustedProxies, Issuers, Chromium, LogFormat];
}

/// <summary>A value and where it came from.</summary>
internal sealed record SettingValue(Setting Setting, string? Value, string Source)
{
    /// <summary>Fit to be shown: of an address with a password, or of a connection string, the secret is left out.</summary>
    public string Shown
    {
        get
        {
            if (Value is null or "" || !Setting.IsSecret)
                return Value ?? "";
            if (Uri.TryCreate(Value, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal))
                return Value.Replace(uri.UserInfo, uri.UserInfo[..uri.UserInfo.IndexOf(':', StringComparison.Ordinal)] + ":***", StringComparison.Ordinal);
            return string.Join(';', Value.Split(';').Select(part =>
                part.TrimStart().StartsWith("Password", StringComparison.OrdinalIgnoreCase) ? part[..(part.IndexOf('=', StringComparison.Ordinal) + 1)] + "***" : part));
        }
    }
}

/// <summary>What is wrong with a setting and what mends it.</summary>
internal sealed record SettingProblem(SettingValue Value, string Reason, string Remedy)
{
    public override string ToString() =>
        $"{Value.Setting.Flag} ({Value.Setting.Variable}) is {(string.IsNullOrEmpty(Value.Value) ? "not set" : $"“{Value.Shown}”")}: {Reason} {Remedy}";
}
