using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>A letter whose checks may carry over to this one.</summary>
public sealed record EarlierLetter(long Id, string Title);

/// <summary>How names are checked on this letter beyond their address: what the letter lists, and how many each way has checked.</summary>
[StaffOnly(StaffRole.Editor, AuditorReads = true)]
public sealed class ChecksModel(UndersignedDb db, Instance instance, TimeProvider time, DomainChecks domains) : StaffPage(db, time)
{
    private const int LongestController = 120;
    private const int MostDomains = 200;

    [BindProperty]
    public string? Domain { get; set; }

    [BindProperty]
    public string? Controller { get; set; }

    [BindProperty]
    public bool Addressee { get; set; }

    /// <summary>The act just done.</summary>
    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    /// <summary>How many lines now say something else.</summary>
    [BindProperty(SupportsGet = true, Name = "changed")]
    public int Changed { get; set; }

    public IReadOnlyDictionary<string, int> Addresses { get; private set; } = new Dictionary<string, int>();
    public IReadOnlyDictionary<EvidenceKind, int> Checked { get; private set; } = new Dictionary<EvidenceKind, int>();
    public IReadOnlyList<EarlierLetter> Earlier { get; private set; } = [];
    public int OnRoster { get; private set; }

    public IReadOnlyList<string> Services => [.. instance.Issuers.Select(i => i.Name)];
    public bool IsOpen => Letter.State != LetterState.Closed;
    public bool MayChange => MayEdit && IsOpen;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        await LoadAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostDomainAsync(CancellationToken cancellation)
    {
        if (!IsOpen)
            return Done("closed", 0);
        if (Read() is not { } domain)
        {
            await LoadAsync(cancellation);
            return Page();
        }
        return Done("listed", await domains.ListAsync(Letter.Id, AccountId, domain, cancellation));
    }

    public async Task<IActionResult> OnPostOffAsync(string? domain, CancellationToken cancellation)
    {
        if (!IsOpen)
            return Done("closed", 0);
        if (Letter.Domains.All(d => d.Domain != domain))
            return Done("gone", 0);
        return Done("unlisted", await domains.UnlistAsync(Letter.Id, AccountId, domain!, cancellation));
    }

    /// <summary>From now on, whoever signed the earlier letter under the same name and address brings along what was checked there.</summary>
    public async Task<IActionResult> OnPostEarlierAsync(long? follows, CancellationToken cancellation)
    {
        if (!IsOwner)
            return NotFound();
        if (follows is { } id && !await EarlierLetters().AnyAsync(l => l.Id == id, cancellation))
            return NotFound();
        Letter.FollowsLetterId = follows;
        Record("follow-letter", detail: follows?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Db.SaveChangesAsync(cancellation);
        return Done("follows", 0);
    }

    public int AddressesAt(ListedDomain domain) => Addresses.Where(a => domain.Covers(a.Key)).Sum(a => a.Value);

    private ListedDomain? Read()
    {
        var name = DomainName.Read(Domain);
        if (name is null)
            ModelState.AddModelError("domain", "Write a domain as it stands after the @, such as dams.example.");
        else if (!Addressee && MailProviders.Has(name))
            ModelState.AddModelError("domain", $"Anybody can have an address at {name}: it says nothing about a person.");
        else if (Letter.Domains.Count >= MostDomains && Letter.Domains.All(d => d.Domain != name))
            ModelState.AddModelError("domain", $"A letter lists at most {MostDomains} domains.");
        var controller = (Controller ?? "").Trim();
        if (controller.Length is 0 or > LongestController)
            ModelState.AddModelError("controller", $"Say who can create addresses there, in at most {LongestController} characters.");
        return ModelState.IsValid ? new ListedDomain(name!, controller, Addressee) : null;
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Addresses = await Db.ConfirmedByMail(Letter.Id).GroupBy(s => s.EmailDomain ?? "").Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        Checked = await Db.Evidence.Where(e => e.LetterId == Letter.Id && e.EndedAt == null).GroupBy(e => e.Kind)
            .Select(g => new { g.Key, Count = g.Select(e => e.SignatureId).Distinct().Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        OnRoster = await Db.Roster.CountAsync(r => r.LetterId == Letter.Id, cancellation);
        Earlier = await EarlierLetters().OrderByDescending(l => l.Id).Select(l => new EarlierLetter(l.Id, l.Title)).ToListAsync(cancellation);
    }

    // Whoever names the earlier letter owns it too: what was checked there is theirs to bring along.
    private IQueryable<Letter> EarlierLetters() =>
        Db.Letters.Where(l => l.Id != Letter.Id && Db.Staff.Any(s => s.LetterId == l.Id && s.AccountId == AccountId && s.Role == StaffRole.Owner));

    private LocalRedirectResult Done(string did, int changed) => LocalRedirect($"~/desk/letters/{Letter.Id}/checks?did={did}&changed={changed}");
}
