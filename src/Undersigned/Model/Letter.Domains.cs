namespace Undersigned.Model;

/// <summary>What an address says by its domain.</summary>
public sealed partial class Letter
{
    /// <summary>
    /// The listed domain at which an address of <paramref name="domain"/> says something; null where it is an address like any other. A listed
    /// domain covers those below it, since who administers dams.example can create mail.dams.example; of several, the longest
    /// counts. What the addressee controls says nothing, and neither does what lies below it, listed or not.
    /// </summary>
    public ListedDomain? DomainOf(string? domain)
    {
        if (string.IsNullOrEmpty(domain) || IsAddressees(domain))
            return null;
        return Domains.Where(d => d.Covers(domain)).MaxBy(d => d.Domain.Length);
    }

    public bool IsAddressees(string domain) => Domains.Any(d => d.IsAddressee && d.Covers(domain));
}

/// <summary>A domain at which an address says something, and who can create such addresses.</summary>
/// <param name="Domain">Lower case, in its ASCII form.</param>
public sealed record ListedDomain(string Domain, string Controller, bool IsAddressee)
{
    public bool Covers(string domain) => domain == Domain || domain.EndsWith("." + Domain, StringComparison.Ordinal);

    /// <summary>The one office of a line whose organization this domain's controller is; null where none or several could be.</summary>
    public string? ClaimOf(Signature signature)
    {
        var controller = NameFolding.Fold(Controller);
        var fits = signature.Posts.Where(p => p.Organization is not null && Fits(NameFolding.Fold(p.Organization), controller)).ToList();
        return fits.Count == 1 ? string.Join("; ", ShownLine.Of(signature.Name, fits, null).Posts) : null;
    }

    private static bool Fits(string organization, string controller) =>
        organization.Length > 0 && controller.Length > 0
        && ($" {organization} ".Contains($" {controller} ", StringComparison.Ordinal) || $" {controller} ".Contains($" {organization} ", StringComparison.Ordinal));
}
