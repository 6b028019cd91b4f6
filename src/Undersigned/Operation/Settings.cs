using System.CommandLine;
using System.Globalization;
using System.Net;
using Npgsql;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>All settings of one start, read and checked together, so that every problem is named at once.</summary>
internal sealed class Settings
{
    internal static readonly string[] Placeholders = ["changeme", "change-me", "replace-me", "password", "secret"];

    private readonly Dictionary<Setting, SettingValue> values;
    private readonly List<SettingProblem> problems = [];

    private Settings(Dictionary<Setting, SettingValue> values) => this.values = values;

    public IReadOnlyList<SettingProblem> Problems => problems;

    public IEnumerable<SettingValue> Values => Setting.All.Where(values.ContainsKey).Select(s => values[s]);

    /// <summary>The instance, if there are no problems.</summary>
    public Instance Instance { get; private set; } = null!;

    public string ListenUrl => $"http://{(ListenAddress.Contains(':', StringComparison.Ordinal) ? $"[{ListenAddress}]" : ListenAddress)}:{this[Setting.Port]}";

    public bool LogsJson => this[Setting.LogFormat] == "json";

    private string ListenAddress => this[Setting.Listen]!;

    private string? this[Setting setting] => values.TryGetValue(setting, out var v) && v.Value is { Length: > 0 } text ? text : null;

    public static Settings Read(ParseResult parsed, IReadOnlyDictionary<Setting, Option<string?>> options)
    {
        var settings = new Settings(options.ToDictionary(o => o.Key, o => Find(o.Key, parsed.GetValue(o.Value))));
        settings.Check();
        return settings;
    }

    private static SettingValue Find(Setting setting, string? flag) =>
        flag is not null ? new(setting, flag, "command line")
        : Environment.GetEnvironmentVariable(setting.Variable) is { Length: > 0 } variable ? new(setting, variable, "environment")
        : new(setting, setting.Default, setting.Default is null ? "not set" : "default");

    private void Check()
    {
        if (values.ContainsKey(Setting.Data) && this[Setting.Data] is null)
            Problem(Setting.Data, "the program must know where to keep its files.", "Give a folder, such as --data /var/lib/undersigned.");
        var url = CheckUrl();
        CheckDatabase();
        var smtp = CheckSmtp();
        CheckFrom();
        var replies = CheckReplies();
        var (anHour, aDay) = CheckBudget();
        CheckListening();
        var issuers = CheckIssuers();
        var chromium = CheckChromium();
        if (problems.Count == 0)
            Instance = new Instance
            {
                DataFolder = Path.GetFullPath(this[Setting.Data] ?? "."),
                PublicUrl = url,
                Database = this[Setting.Database],
                Smtp = smtp,
                Replies = replies,
                MailsAnHour = anHour,
                MailsADay = aDay,
                MailFrom = this[Setting.From] ?? "letters@" + url.IdnHost,
                TrustedProxies = Proxies(),
                Issuers = issuers,
                Chromium = chromium,
            };
    }

    private Uri CheckUrl()
    {
        var fallback = Uri.TryCreate($"http://localhost:{this[Setting.Port]}", UriKind.Absolute, out var local) ? local : new Uri("http://localhost");
        if (this[Setting.Url] is not { } text)
        {
            // With mail, a link to localhost would go out to people.
            if (this[Setting.Smtp] is not null)
                Problem(Setting.Url, "mail is set up, and its links need the public address.", "Give it, such as --url https://letters.example.org.");
            return fallback;
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            Problem(Setting.Url, "this is not a web address.", "It begins with https:// (http:// only for trials), as in https://letters.example.org.");
        else if (url.Query.Length + url.Fragment.Length + url.UserInfo.Length > 0 || text.Any(char.IsWhiteSpace) || text.Contains('+', StringComparison.Ordinal))
            Problem(Setting.Url, "a public address has no query, fragment, user, plus sign or space.", "Give scheme, host and perhaps a path only.");
        return url ?? fallback;
    }

    private void CheckDatabase()
    {
        if (this[Setting.Database] is not { } text)
            return;
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(connection.Host) || string.IsNullOrEmpty(connection.Database))
                Problem(Setting.Database, "host or database is missing.", "Write \"Host=…;Database=…;Username=…;Password=…\".");
            else if (Placeholders.Contains(connection.Password?.ToLowerInvariant()))
                Problem(Setting.Database, "the password is a placeholder.", "Set one of your own.");
        }
        catch (ArgumentException)
        {
            Problem(Setting.Database, "this is not a PostgreSQL connection string.", "Write \"Host=…;Database=…;Username=…;Password=…\", or leave it out for SQLite.");
        }
    }

    private Uri? CheckSmtp()
    {
        if (this[Setting.Smtp] is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var smtp) || smtp.Scheme is not ("smtp" or "smtps") || smtp.Host.Length == 0)
            Problem(Setting.Smtp, "this is not the address of a mail server.", "Write smtp://user:password@host:587 or smtps://user:password@host:465.");
        else if (Placeholders.Contains(smtp.UserInfo.Split(':').Last().ToLowerInvariant()))
            Problem(Setting.Smtp, "the password is a placeholder.", "Set the one that your mail provider gave you.");
        return smtp;
    }

    private void CheckFrom()
    {
        if (this[Setting.From] is { } text && !EmailAddress.TryParse(text, out _, out _))
            Problem(Setting.From, "this is not an address that can send mail.", "Write one such as letters@example.org.");
    }

    private Uri? CheckReplies()
    {
        if (this[Setting.Replies] is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var mailbox) || mailbox.Scheme is not ("imap" or "imaps") || mailbox.Host.Length == 0 || mailbox.UserInfo.Length == 0)
        {
            Problem(Setting.Replies, "this is not the address of a mailbox.", "Write imaps://user:password@host or imaps://user@host with --replies-password-file.");
            return null;
        }
        if (mailbox.UserInfo.Contains(':', StringComparison.Ordinal) || this[Setting.RepliesPassword] is not { } file)
            return mailbox;
        try
        {
            return new UriBuilder(mailbox) { Password = Uri.EscapeDataString(File.ReadAllText(file).Trim()) }.Uri;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem(Setting.RepliesPassword, "the file cannot be read.", "Give the path of a file that holds the password alone, readable by the program.");
            return null;
        }
    }

    private (int AnHour, int ADay) CheckBudget()
    {
        var parts = (this[Setting.MailBudget] ?? Setting.MailBudget.Default!).Split('/');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var day) && hour > 0 && day > 0)
            return (hour, day);
        Problem(Setting.MailBudget, "this is no budget.", "Write the most mails in an hour, a slash, the most in a day: 5000/50000.");
        return (1, 1);
    }

    private void CheckListening()
    {
        if (this[Setting.Port] is { } port && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 65535))
            Problem(Setting.Port, "a port is a number from 0 to 65535.", "Leave it out for 5000; 0 takes a free one.");
        if (this[Setting.Listen] is { } address && !IPAddress.TryParse(address, out _))
            Problem(Setting.Listen, "this is not an IP address.", "127.0.0.1 behind a proxy on the same machine, 0.0.0.0 for every network.");
        if (this[Setting.LogFormat] is { } format && format is not ("text" or "json"))
            Problem(Setting.LogFormat, "logs are text or json.", "Choose one of the two.");
        foreach (var proxy in Proxies().Where(p => !IPAddress.TryParse(p, out _) && !IPNetwork.TryParse(p, out _)))
            Problem(Setting.TrustedProxies, $"{proxy} is neither an IP address nor a network.", "Write 10.0.0.5 or 10.0.0.0/8.");
    }

    private IReadOnlyList<AccountIssuer> CheckIssuers()
    {
        if (this[Setting.Issuers] is not { } path)
            return [];
        var file = IssuerFile.Read(path);
        foreach (var (reason, remedy) in file.Problems)
            Problem(Setting.Issuers, reason, remedy);
        return file.Issuers;
    }

    private string? CheckChromium()
    {
        if (this[Setting.Chromium] is not { } text)
            return Programs.Chromium();
        if (text == "none")
            return null;
        if (Programs.Find(text) is { } found)
            return found;
        Problem(Setting.Chromium, "there is no such program.", "Give its path, such as /usr/bin/chromium, or none.");
        return null;
    }

    private string[] Proxies() => (this[Setting.TrustedProxies] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private void Problem(Setting setting, string reason, string remedy)
    {
        if (values.TryGetValue(setting, out var value))
            problems.Add(new SettingProblem(value, reason, remedy));
    }
}
