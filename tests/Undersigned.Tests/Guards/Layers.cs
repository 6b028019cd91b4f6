namespace Undersigned.Tests.Guards;

/// <summary>
/// Who may know whom (ARCHITECTURE.md). A feature never names another feature of its own height; what is lower may be named by
/// what is higher; the libraries name nothing of ours.
/// </summary>
internal static class Layers
{
    private static readonly Dictionary<string, int> Heights = new(StringComparer.Ordinal)
    {
        ["Undersigned.Operation"] = 7,
        ["Undersigned"] = 6,
        ["Undersigned.Demo"] = 5,
        ["Undersigned.Abuse"] = 4,
        ["Undersigned.Accounts"] = 4,
        ["Undersigned.Audit"] = 4,
        ["Undersigned.Admission"] = 4,
        ["Undersigned.Desk"] = 4,
        ["Undersigned.Duplicates"] = 4,
        ["Undersigned.Editions"] = 4,
        ["Undersigned.Embeds"] = 4,
        ["Undersigned.Exports"] = 4,
        ["Undersigned.Figures"] = 4,
        ["Undersigned.Glance"] = 4,
        ["Undersigned.Grid"] = 4,
        ["Undersigned.Health"] = 4,
        ["Undersigned.Inquiries"] = 4,
        ["Undersigned.PasteIn"] = 4,
        ["Undersigned.Pdf"] = 4,
        ["Undersigned.Press"] = 4,
        ["Undersigned.Retention"] = 4,
        ["Undersigned.Review"] = 4,
        ["Undersigned.Sampling"] = 4,
        ["Undersigned.Signing"] = 4,
        ["Undersigned.Translations"] = 4,
        ["Undersigned.Transparency"] = 4,
        ["Undersigned.Updates"] = 4,
        ["Undersigned.Verification"] = 4,
        ["Undersigned.Webhooks"] = 4,
        ["Undersigned.Writing"] = 4,
        ["Undersigned.Access"] = 3,
        ["Undersigned.Letters"] = 3,
        ["Undersigned.Mail"] = 3,
        ["Undersigned.SignatoryList"] = 3,
        ["Undersigned.Data"] = 2,
        ["Undersigned.Data.Migrations"] = 2,
        ["Undersigned.Outbound"] = 2,
        ["Undersigned.Verifier"] = 2,
        ["Undersigned.Shared"] = 2,
        ["Undersigned.Model"] = 1,
        ["Undersigned.Log.Letters"] = 1,
        ["Undersigned.Linkage"] = 0,
        ["Undersigned.Log"] = 0,
    };

    public static bool IsOurs(string ns) => ns == "Undersigned" || ns.StartsWith("Undersigned.", StringComparison.Ordinal);

    public static bool IsKnown(string ns) => Heights.ContainsKey(ns);

    public static bool MayName(string from, string to) =>
        from == to
        || (from, to) is ("Undersigned.Data", "Undersigned.Data.Migrations") or ("Undersigned.Data.Migrations", "Undersigned.Data")
        // Model names nobody, not even the log library.
        || from != "Undersigned.Model" && Heights[from] > Heights[to]
        // The log below its letters is one library of two folders.
        || (from, to) is ("Undersigned.Log.Letters", "Undersigned.Log");
}
