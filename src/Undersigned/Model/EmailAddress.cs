using System.Globalization;

namespace Undersigned.Model;

/// <summary>An address that can receive mail, as far as its form tells.</summary>
public sealed record EmailAddress
{
    private EmailAddress(string local, string domain)
    {
        Local = local;
        Domain = domain;
    }

    public string Local { get; }

    /// <summary>Lower case, in its ASCII form.</summary>
    public string Domain { get; }

    /// <summary>
    /// The form under which one mailbox signs once: lower case, without a "+tag". Dots stay, since only some providers ignore them.
    /// </summary>
    public string Normalised
    {
        get
        {
            var plus = Local.IndexOf('+', 1);
            return (plus > 0 ? Local[..plus] : Local).ToLowerInvariant() + "@" + Domain;
        }
    }

    /// <summary>m…r@post.example</summary>
    public string Masked => (Local.Length < 3 ? Local[..1] + "…" : $"{Local[0]}…{Local[^1]}") + "@" + Domain;

    public override string ToString() => Local + "@" + Domain;

    public static bool TryParse(string? text, out EmailAddress address, out EmailProblem problem)
    {
        address = null!;
        problem = EmailProblem.None;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
            problem = EmailProblem.Missing;
        else if (trimmed.LastIndexOf('@') is var at && at < 0)
            problem = EmailProblem.NoAt;
        else if (at == 0)
            problem = EmailProblem.NothingBeforeAt;
        else if (at == trimmed.Length - 1)
            problem = EmailProblem.NothingAfterAt;
        else if (!IsLocal(trimmed[..at]))
            problem = EmailProblem.BadLocal;
        else if (!TryDomain(trimmed[(at + 1)..], out var domain))
            problem = EmailProblem.BadDomain;
        else
            address = new EmailAddress(trimmed[..at], domain);
        return problem == EmailProblem.None;
    }

    // RFC 5321's dot-string, letters of other scripts included (RFC 6531); quoted forms receive mail nowhere that matters.
    private static bool IsLocal(string local) =>
        local.Length <= 64 && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.All(c => char.IsLetterOrDigit(c) || c > 0x7f && !char.IsWhiteSpace(c) && !char.IsControl(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal));

    private static bool TryDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }
        var labels = domain.Split('.');
        return domain.Length <= 253 && labels.Length >= 2 && labels[^1].Any(char.IsLetter)
            && labels.All(l => l.Length is > 0 and <= 63 && l[0] != '-' && l[^1] != '-');
    }
}

public enum EmailProblem { None, Missing, NoAt, NothingBeforeAt, NothingAfterAt, BadLocal, BadDomain }
