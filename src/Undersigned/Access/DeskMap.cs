using Undersigned.Model;

namespace Undersigned.Access;

/// <summary>One page of a letter's desk in its navigation.</summary>
/// <param name="Path">Below /desk/letters/ID; empty for Today.</param>
/// <param name="AtLeast">The role that the page's StaffOnly asks for.</param>
/// <param name="AuditorReads">As on the page's StaffOnly.</param>
/// <param name="AuditorAlone">As on the page's StaffOnly.</param>
public sealed record DeskPart(string Path, string Words, StaffRole AtLeast, bool AuditorReads = false, bool AuditorAlone = false)
{
    public bool IsFor(StaffRole role) => role == StaffRole.Auditor ? AuditorReads || AuditorAlone : !AuditorAlone && role <= AtLeast;

    /// <summary>Whether this part is open at a path below the letter's desk, itself or a page under it.</summary>
    public bool IsAt(string path) => path == Path || Path.Length > 0 && path.StartsWith(Path + "/", StringComparison.Ordinal);
}

/// <summary>The desk's pages in few words; whoever adds a page adds its line here.</summary>
public static class DeskMap
{
    /// <summary>What people open every day, always in sight.</summary>
    public static IReadOnlyList<DeskPart> Daily { get; } =
    [
        new("", "Today", StaffRole.Reviewer, AuditorReads: true),
        new("glance", "Glance", StaffRole.Reviewer),
        new("review", "Review", StaffRole.Reviewer),
        new("requests", "Requests", StaffRole.Editor),
        new("sample", "Sample", StaffRole.Auditor, AuditorAlone: true),
    ];

    public static IReadOnlyList<(string Words, IReadOnlyList<DeskPart> Parts)> Groups { get; } =
    [
        ("Names",
        [
            new("grid", "Grid", StaffRole.Reviewer, AuditorReads: true),
            new("list", "First signatories and order", StaffRole.Editor),
            new("spellings", "Merge spellings", StaffRole.Editor),
            new("duplicates", "Perhaps the same person", StaffRole.Reviewer),
            new("unconfirmed", "Not confirmed yet", StaffRole.Reviewer),
            new("trends", "Domains and networks", StaffRole.Editor),
            new("bulk-removal", "Remove many", StaffRole.Editor),
            new("paste-in", "Paste in", StaffRole.Editor),
            new("import", "Import a sheet", StaffRole.Editor),
            new("acts", "Undo", StaffRole.Editor, AuditorReads: true),
        ]),
        ("Letter",
        [
            new("text", "Text", StaffRole.Editor),
            new("private-link", "Private link", StaffRole.Editor),
            new("publication", "Publication", StaffRole.Editor),
            new("readiness", "Ready?", StaffRole.Editor),
            new("under-the-letter", "Under the letter", StaffRole.Editor),
            new("translations", "Translations", StaffRole.Editor),
            new("editions", "Editions", StaffRole.Editor),
            new("figures", "Numbers while you wait", StaffRole.Editor),
            new("press", "Whom the press may call", StaffRole.Editor),
            new("embargo", "PDF under embargo", StaffRole.Editor),
            new("quotations", "Quotations", StaffRole.Editor),
            new("where-to-report", "Where to report", StaffRole.Owner),
            new("follow-up", "Follow-up letter", StaffRole.Owner),
            new("ask-earlier", "Ask earlier signatories", StaffRole.Owner),
        ]),
        ("Rules",
        [
            new("checks", "How names are checked", StaffRole.Editor, AuditorReads: true),
            new("roster", "Roster", StaffRole.Editor),
            new("admission", "Who is let in how", StaffRole.Owner),
            new("eras", "Eras", StaffRole.Owner),
            new("switches", "Switches", StaffRole.Editor),
            new("limits", "Limits", StaffRole.Owner),
            new("mail", "Mail", StaffRole.Editor),
        ]),
        ("Desk",
        [
            new("people", "People", StaffRole.Owner),
            new("record", "Record of acts", StaffRole.Owner, AuditorReads: true),
            new("spreadsheet", "Spreadsheet", StaffRole.Owner),
            new("tokens", "Tokens for programs", StaffRole.Owner),
            new("webhooks", "Webhooks", StaffRole.Owner),
            new("retention", "How long we keep", StaffRole.Owner, AuditorReads: true),
        ]),
    ];

    public static IEnumerable<DeskPart> All => Daily.Concat(Groups.SelectMany(g => g.Parts));

    /// <summary>The groups of what this role may open; a group without such a page is left out.</summary>
    public static IEnumerable<(string Words, IReadOnlyList<DeskPart> Parts)> For(StaffRole role) =>
        Groups.Select(g => (g.Words, Parts: (IReadOnlyList<DeskPart>)[.. g.Parts.Where(p => p.IsFor(role))])).Where(g => g.Parts.Count > 0);
}
