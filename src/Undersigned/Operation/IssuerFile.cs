using System.Text.Json;
using System.Text.RegularExpressions;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>
/// The sign-in services, as the operator lists them in a file. Everything that is wrong with it is named at once.
/// <code>
/// {
///   "orcid":  { "name": "ORCID", "issuer": "https://orcid.org", "clientId": "APP-…", "clientSecretFile": "/etc/undersigned/orcid.secret" },
///   "github": { "name": "GitHub", "authorize": "https://github.com/login/oauth/authorize", "token": "https://github.com/login/oauth/access_token",
///               "userInfo": "https://api.github.com/user", "subject": "id", "label": "login", "clientId": "…", "clientSecretVariable": "GITHUB_SECRET" }
/// }
/// </code>
/// </summary>
internal sealed partial class IssuerFile
{
    private const int Most = 20;
    private const long Largest = 64 * 1024;

    private static readonly string[] Members =
        ["name", "issuer", "authorize", "token", "userInfo", "subject", "label", "scope", "clientId", "clientSecretFile", "clientSecretVariable"];

    private readonly List<(string Reason, string Remedy)> problems = [];

    public IReadOnlyList<AccountIssuer> Issuers { get; private set; } = [];
    public IReadOnlyList<(string Reason, string Remedy)> Problems => problems;

    public static IssuerFile Read(string path)
    {
        var file = new IssuerFile();
        try
        {
            if (new FileInfo(path).Length > Largest)
                file.Problem("the file is too large.", "A service needs some lines only.");
            else
                file.Read(JsonDocument.Parse(File.ReadAllText(path)).RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Problem("the file cannot be read.", "Name a file that the program may read.");
        }
        catch (JsonException e)
        {
            file.Problem($"line {e.LineNumber + 1} is not JSON.", "See “Accounts elsewhere” in docs/self-hosting.md.");
        }
        return file;
    }

    private void Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Problem("the file is not an object of services.", "Write { \"orcid\": { … } }.");
            return;
        }
        var entries = root.EnumerateObject().ToList();
        if (entries.Count > Most)
            Problem($"there are more than {Most} services.", "Leave some out.");
        foreach (var twice in entries.GroupBy(e => e.Name).Where(g => g.Count() > 1))
            Problem($"{twice.Key} stands twice.", "Give each service a name of its own.");
        Issuers = [.. entries.Take(Most).Select(Issuer).OfType<AccountIssuer>()];
    }

    private AccountIssuer? Issuer(JsonProperty entry)
    {
        var (key, before) = (entry.Name, problems.Count);
        if (!KeyForm().IsMatch(key))
            Problem($"{key} cannot stand in an address.", "Use at most 30 small letters, digits and hyphens.");
        if (entry.Value.ValueKind != JsonValueKind.Object)
        {
            Problem($"{key} is not an object.", "Write \"name\", \"issuer\", \"clientId\" and where the secret is.");
            return null;
        }
        foreach (var unknown in entry.Value.EnumerateObject().Where(m => !Members.Contains(m.Name)))
            Problem($"{key}: nobody knows “{unknown.Name}”.", $"Known are {string.Join(", ", Members)}.");
        string? Text(string member) => entry.Value.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
        var name = Needed(key, "name", Text("name"));
        if (name is { Length: > 40 } || name?.Contains('·', StringComparison.Ordinal) == true)
            Problem($"{key}: the name is too long, or has a dot in the middle.", "At most 40 letters.");
        var issuer = Address(key, "issuer", Text("issuer"));
        var plain = new[] { "authorize", "token", "userInfo" }.Select(m => Address(key, m, Text(m))).ToArray();
        if ((issuer is null) == plain.Any(p => p is null) && problems.Count == before)
            Problem($"{key}: it is neither OpenID Connect nor plain OAuth 2.", "Give \"issuer\", or \"authorize\", \"token\" and \"userInfo\".");
        var made = new AccountIssuer
        {
            Key = key,
            Name = name ?? key,
            Issuer = issuer,
            AuthorizeAt = plain[0],
            TokenAt = plain[1],
            UserInfoAt = plain[2],
            Subject = Text("subject") ?? (issuer is null ? "id" : "sub"),
            Label = Text("label") ?? (issuer is null ? "login" : "name"),
            Scope = Text("scope") ?? (issuer is null ? "" : "openid"),
            ClientId = Needed(key, "clientId", Text("clientId")) ?? "",
            ClientSecret = Secret(key, Text("clientSecretFile"), Text("clientSecretVariable")),
        };
        return problems.Count == before ? made : null;
    }

    private string? Needed(string key, string member, string? value)
    {
        if (value is null)
            Problem($"{key}: “{member}” is missing.", "Add it.");
        return value;
    }

    private Uri? Address(string key, string member, string? text)
    {
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Fragment.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            return address;
        Problem($"{key}: “{member}” is no address that begins with https://.", "Copy it from the service’s documentation.");
        return null;
    }

    private string? Secret(string key, string? file, string? variable)
    {
        if (file is not null && variable is not null)
            Problem($"{key}: the secret is given twice.", "Keep \"clientSecretFile\" or \"clientSecretVariable\".");
        if (variable is not null)
            return Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } secret ? Real(secret) : Missing($"the environment variable {variable} is not set");
        if (file is null)
            return null;
        try
        {
            return new FileInfo(file) is { Length: <= Largest } && File.ReadAllText(file).Trim() is { Length: > 0 } secret ? Real(secret) : Missing("the secret’s file is empty or too large");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Missing("the secret’s file cannot be read");
        }

        string? Real(string secret) => Settings.Placeholders.Contains(secret.ToLowerInvariant()) ? Missing("the secret is a placeholder") : secret;

        string? Missing(string why)
        {
            Problem($"{key}: {why}.", "Put the secret there that the service gave you.");
            return null;
        }
    }

    private void Problem(string reason, string remedy) => problems.Add((reason, remedy));

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,29}$")]
    private static partial Regex KeyForm();
}
