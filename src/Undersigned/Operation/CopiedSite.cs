using System.Text.RegularExpressions;

namespace Undersigned.Operation;

/// <summary>Which addresses belong to a copy, and where in its folder each lies.</summary>
/// <param name="letter">Where it is read from.</param>
/// <param name="shown">What the copy calls the original.</param>
internal sealed partial class CopiedSite(Uri letter, Uri shown)
{
    private const string Whole = "/all";

    private readonly string root = RootOf(letter);

    public Uri Shown => shown;

    public DateTimeOffset Made { get; } = TimeProvider.System.GetUtcNow();

    public string LetterPath => letter.AbsolutePath;

    public string EditionsPath => LetterPath + "/editions.json";

    private string ListPath => LetterPath + "/signatories";

    /// <summary>What is always there; all else is found by links.</summary>
    public IReadOnlyList<string> Beginning => [LetterPath, ListPath, ListPath + Whole, LetterPath + "/editions", LetterPath + ".json", ListPath + ".json", EditionsPath];

    public Uri AddressOf(string path) => new(letter, path);

    /// <summary>The same place at the original, for whatever a copy does not have.</summary>
    public Uri OriginalOf(Uri address) =>
        IsHere(address) ? new Uri(shown, RootOf(shown) + address.PathAndQuery[root.Length..] + address.Fragment) : address;

    /// <summary>Whether it is of the letter, and no form, no frame for other sites, nor one of many answers to a query.</summary>
    public bool IsCopied(Uri address) => IsHere(address) && address.Query.Length == 0 && (IsOfChecking(address) || IsOfLetter(address));

    // A copy can still be checked when its original is gone.
    private bool IsOfChecking(Uri address) => address.AbsolutePath[root.Length..] is "/verify_list.py" or "/signatory-log.md";

    private bool IsOfLetter(Uri address) => (address.AbsolutePath == LetterPath || address.AbsolutePath.StartsWith(LetterPath + "/", StringComparison.Ordinal) || address.AbsolutePath.StartsWith(LetterPath + ".", StringComparison.Ordinal))
        && !Forms().IsMatch(address.AbsolutePath[LetterPath.Length..]);

    public bool IsRecord(string path) => path.StartsWith(LetterPath + "/log/", StringComparison.Ordinal);

    public bool IsHere(Uri address) => address.Scheme == letter.Scheme && address.Authority == letter.Authority && address.AbsolutePath.StartsWith(root + "/", StringComparison.Ordinal);

    /// <summary>The paths to read for a link: a list that comes in pages is read whole, and an edition as JSON too.</summary>
    public IEnumerable<string> PathsOf(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        yield return path;
        if (IsInPages(path))
            yield return path + Whole;
        if (IsInPages(path) && path != ListPath)
            yield return path + ".json";
    }

    /// <summary>The files of a page, as paths of the site: the whole list stands in the place of the one in pages, which is read for its links alone.</summary>
    public IReadOnlyList<string> PlacesOf(string path) =>
        IsInPages(path) ? [] : path.EndsWith(Whole, StringComparison.Ordinal) ? [PageAt(path[..^Whole.Length]), PageAt(path)] : [PageAt(path)];

    /// <summary>The file that a link to this address leads to, as a path of the site.</summary>
    public string FileAt(Uri address) => IsFile(address.AbsolutePath) ? address.AbsolutePath : PageAt(address.AbsolutePath.TrimEnd('/'));

    /// <summary>A path below the copy's folder.</summary>
    public string Below(string path) => Uri.UnescapeDataString((path.StartsWith(root + "/", StringComparison.Ordinal) ? path[root.Length..] : path).TrimStart('/'));

    private bool IsFile(string path) => IsRecord(path) || path[(path.LastIndexOf('/') + 1)..].Contains('.', StringComparison.Ordinal);

    private bool IsInPages(string path) => path == ListPath || path.StartsWith(LetterPath, StringComparison.Ordinal) && Edition().IsMatch(path[LetterPath.Length..]);

    private static string RootOf(Uri letter) => letter.AbsolutePath[..letter.AbsolutePath.LastIndexOf("/letters/", StringComparison.Ordinal)];

    private static string PageAt(string path) => path + "/index.html";

    [GeneratedRegex("^/(sign|my-signature|private|confirm|embed)(/|$)|/(report|wrong)$|^/log/")]
    private static partial Regex Forms();

    [GeneratedRegex("^/editions/[0-9]+$")]
    private static partial Regex Edition();
}
