using Undersigned.Model;

namespace Undersigned.Tests.Accounts;

internal enum DoorKind
{
    /// <summary>Readers and signers: no account is asked for.</summary>
    Anybody,
    /// <summary>Whoever is signed in.</summary>
    SignedIn,
    /// <summary>To everybody but the operator the address does not exist.</summary>
    Operator,
    /// <summary>Programs with a token; an account is no token.</summary>
    Token,
    /// <summary>A letter's desk: one role and those above it; to everybody else who is signed in the address does not exist.</summary>
    Staff,
}

/// <summary>Who may open one route. <see cref="Address"/> names something that is there; null where the route needs what this test does not make.</summary>
internal sealed record Door(DoorKind Kind, string? Address, StaffRole AtLeast = StaffRole.Owner, bool AuditorReads = false, bool AuditorAlone = false)
{
    public bool MayOpen(StaffRole role) => role == StaffRole.Auditor ? AuditorReads || AuditorAlone : !AuditorAlone && role <= AtLeast;
}

/// <summary>Every route of the application and who may open it. A route without an entry fails the walk, and so does an entry without a route.</summary>
internal static class Doors
{
    private const string Desk = "/desk/letters/{letterId:long}";

    public static IReadOnlyDictionary<string, Door> All { get; } = Make();

    /// <summary>What a page lets in asks for more than to be on the page.</summary>
    public static IReadOnlyDictionary<(string Route, string Handler), StaffRole> Narrower { get; } = new Dictionary<(string, string), StaffRole>
    {
        [(Desk + "/unconfirmed/{handler?}", "Mail")] = StaffRole.Editor,
        [(Desk + "/unconfirmed/{handler?}", "Telephone")] = StaffRole.Owner,
    };

    private static Dictionary<string, Door> Make()
    {
        var doors = new Dictionary<string, Door>(StringComparer.Ordinal);
        Public(doors);
        foreach (var address in new[] { "/account", "/desk" })
            doors.Add(address, new Door(DoorKind.SignedIn, address));
        foreach (var address in new[] { "/desk/instance", "/desk/instance/record", "/desk/letters/new" })
            doors.Add(address, new Door(DoorKind.Operator, address));
        foreach (var address in new[] { "/api/v1/desk/signatures", "/api/v1/desk/figures" })
            doors.Add(address, new Door(DoorKind.Token, address));
        Desks(doors);
        return doors;
    }

    private static void Public(Dictionary<string, Door> doors)
    {
        foreach (var route in new[]
        {
            "/", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/oembed", "/verify_list.py", "/signatory-log.md",
            "/api/v1/openapi.json", "/api/v1/{**address}", "/api/v1/letters", "/api/v1/letters/{slug}", "/api/v1/letters/{slug}/number", "/api/v1/letters/{slug}/signatories", "/api/v1/letters/{slug}/signatories/{number:int}",
            "/api/v1/desk/{**address}", "/api/v1/letters/{slug}/statistics", "/api/v1/letters/{slug}/updates", "/api/v1/letters/{slug}/translations", "/api/v1/letters/{slug}/translations/{language}", "/api/v1/letters/{slug}/files",
            "/api/v1/letters/{slug}/editions", "/api/v1/letters/{slug}/editions/{edition:int}/signatories",
            "/sign-in", "/sign-in/code", "/sign-in/recovery", "/sign-out", "/setup/{token}", "/invitation/{token}", "/error/{status:int}",
            "/letters/{slug}", "/letters/{slug}.json", "/letters/{slug}/sign", "/letters/{slug}/my-signature", "/letters/{slug}/verify", "/letters/{slug}/embed", "/letters/{slug}/embed/{kind}", "/letters/{slug}/card.png",
            "/letters/{slug}/press", "/letters/{slug}/statistics", "/letters/{slug}/statistics.json", "/letters/{slug}/statistics/time.csv", "/letters/{slug}/statistics/eras.csv", "/letters/{slug}/statistics/organizations.csv", "/letters/{slug}/statistics/levels.csv",
            "/letters/{slug}/signatories", "/letters/{slug}/signatories/all", "/letters/{slug}/signatories/{number:int}", "/letters/{slug}/signatories.json", "/letters/{slug}/editions/{edition:int}.json",
            "/letters/{slug}/signatories.csv", "/letters/{slug}/signatories.xlsx", "/letters/{slug}/signatories/all.json", "/letters/{slug}/signatories.jsonld",
            "/letters/{slug}/editions/{edition:int}.csv", "/letters/{slug}/editions/{edition:int}.xlsx", "/letters/{slug}/editions/{edition:int}/all.json", "/letters/{slug}/editions/{edition:int}.jsonld",
            "/letters/{slug}/editions/{edition:int}.pdf", "/letters/{slug}/editions/{edition:int}/pdf", "/embargo/{token}", "/embargo/{token}/letter.pdf",
            "/letters/{slug}/log/checkpoint", "/letters/{slug}/log/checkpoints/{size}", "/letters/{slug}/log/tile/entries/{**bundle}", "/letters/{slug}/log/tile/{**tile}",
            "/letters/{slug}/log/records/{**bundle}", "/letters/{slug}/log/texts/{hash}", "/letters/{slug}/log/key",
            "/private/{token}", "/private/{token}/sign", "/private/{token}/my-signature", "/confirm/{token}", "/confirm/{token}/line", "/confirmation/{token}", "/confirmation/{token}/line",
            "/not-me/{token}", "/report/{token}/{handler?}", "/letters/{slug}/signatories/{number:int}/report", "/signature/{token}/{handler?}", "/signature/{token}/line", "/signature/{token}/withdrawal",
            "/letters/{slug}/editions/{edition:int}", "/letters/{slug}/editions/{edition:int}/all", "/letters/{slug}/editions", "/letters/{slug}/editions.json", "/letters/{slug}/editions/{number:int}/changes", "/signature/{token}/accounts/{handler?}", "/attach/{issuer}", "/signature/{token}/vouching/{handler?}", "/vouch/{token}",
            "/letters/{slug}/updates", "/letters/{slug}/updates/{entry:long}", "/letters/{slug}/revisions/{number:int}", "/letters/{slug}/revisions", "/letters/{slug}/translations/{language}/{entry:long?}", "/letters/{slug}/delivered/{sha256}.pdf", "/letters/{slug}/feed.atom", "/unsubscribe/{token}", "/follow-up/{token}/{handler?}",
        })
            doors.Add(route, new Door(DoorKind.Anybody, null));
    }

    private static void Desks(Dictionary<string, Door> doors)
    {
        void Add(string path, StaffRole atLeast, bool auditorReads = false, string? address = "") =>
            doors.Add(Desk + path, new Door(DoorKind.Staff, address is null ? null : "/desk/letters/1" + (address.Length > 0 ? address : path.Replace("/{handler?}", "", StringComparison.Ordinal)), atLeast, auditorReads));

        foreach (var path in new[] { "/sample", "/sample/lines/{ordinal:int}" })
            doors.Add(Desk + path, new Door(DoorKind.Staff, path == "/sample" ? "/desk/letters/1/sample" : null, StaffRole.Auditor, AuditorAlone: true));
        Add("", StaffRole.Reviewer, auditorReads: true);
        Add("/glance/{handler?}", StaffRole.Reviewer);
        Add("/review/{signatureId:long?}/{handler?}", StaffRole.Reviewer, address: "/review/2");
        Add("/review/corrections/{correctionId:long}/{handler?}", StaffRole.Reviewer, address: "/review/corrections/1");
        Add("/unconfirmed/{handler?}", StaffRole.Reviewer);
        Add("/signatures/{signatureId:long}/{handler?}", StaffRole.Editor, auditorReads: true, address: "/signatures/1");
        Add("/checks/{handler?}", StaffRole.Editor, auditorReads: true);
        Add("/paste-in/{handler?}", StaffRole.Editor);
        Add("/import", StaffRole.Editor);
        Add("/import/{importId:long}/{handler?}", StaffRole.Editor, address: "/import/1");
        Add("/roster/{handler?}", StaffRole.Editor);
        Add("/grid/{handler?}", StaffRole.Reviewer, auditorReads: true);
        Add("/grid/{signatureId:long}", StaffRole.Editor, address: "/grid/1");
        Add("/list", StaffRole.Editor);
        Add("/spellings/{handler?}", StaffRole.Editor);
        Add("/acts/{handler?}", StaffRole.Editor, auditorReads: true);
        Add("/text", StaffRole.Editor);
        Add("/text/correction", StaffRole.Owner);
        Add("/private-link", StaffRole.Editor);
        Add("/publication", StaffRole.Editor);
        Add("/readiness", StaffRole.Editor);
        Add("/retention", StaffRole.Owner, auditorReads: true);
        Add("/switches", StaffRole.Editor);
        Add("/editions", StaffRole.Editor);
        Add("/under-the-letter/{handler?}", StaffRole.Editor);
        Add("/translations/{handler?}", StaffRole.Editor);
        Add("/figures", StaffRole.Editor);
        Add("/press", StaffRole.Editor);
        Add("/embargo", StaffRole.Editor);
        Add("/quotations", StaffRole.Editor);
        Add("/where-to-report", StaffRole.Owner);
        Add("/follow-up", StaffRole.Owner);
        Add("/ask-earlier/{handler?}", StaffRole.Owner);
        Add("/eras", StaffRole.Owner);
        Add("/spreadsheet", StaffRole.Owner);
        Add("/admission/{handler?}", StaffRole.Owner);
        Add("/tokens", StaffRole.Owner);
        Add("/webhooks", StaffRole.Owner);
        Add("/webhooks/{hookId:long}", StaffRole.Owner, address: "/webhooks/1");
        Add("/duplicates/{handler?}", StaffRole.Reviewer);
        Add("/people", StaffRole.Owner);
        Add("/requests/{inquiryId:long?}/{handler?}", StaffRole.Editor, address: "/requests/1");
        Add("/trends", StaffRole.Editor);
        Add("/bulk-removal/{handler?}", StaffRole.Editor);
        Add("/mail", StaffRole.Editor);
        Add("/limits", StaffRole.Owner);
        Add("/record", StaffRole.Owner, auditorReads: true);
    }
}
