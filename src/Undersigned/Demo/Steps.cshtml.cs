using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Demo;

/// <summary>What to try in the demo, and the one click that signs in as one of its people.</summary>
public sealed class StepsModel(UndersignedDb db, Instance instance, InstanceKeys keys, SignInManager<Account> signIn, TimeProvider time) : PageModel
{
    /// <summary>Keys of those who have an account already; while the demo is being made, there are none.</summary>
    public IReadOnlySet<string> Here { get; private set; } = new HashSet<string>();

    /// <summary>Key of who is signed in; null where it is nobody of the demo.</summary>
    public string? Who { get; private set; }

    /// <summary>Of the public letter, where somebody is signed in.</summary>
    public long? LetterId { get; private set; }
    public string LetterUrl => instance.UrlOf("/letters/" + DemoStory.Slug);
    public string? PrivateLink { get; private set; }

    /// <summary>What who is signed in may open on the desk: the path, its name, and what is there.</summary>
    public IEnumerable<(string Path, string Name, string Words)> OnTheDesk =>
        DemoStory.Staff.SingleOrDefault(s => s.Key == Who) is not { } staff ? []
        : DemoStory.ToTry.Where(t => DeskMap.All.Single(p => p.Path == t.Path).IsFor(staff.Role)).Select(t => (t.Path, t.Words[..t.Words.IndexOf(':', StringComparison.Ordinal)], t.Words[t.Words.IndexOf(':', StringComparison.Ordinal)..]));

    public bool MayGlance => OnTheDesk.Any(t => t.Path == "glance");

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var emails = DemoStory.Staff.Select(s => s.Email).ToList();
        var accounts = await db.Users.Where(u => emails.Contains(u.Email!)).Select(u => new { u.Id, u.Email }).ToListAsync(cancellation);
        Here = DemoStory.Staff.Where(s => accounts.Any(a => a.Email == s.Email)).Select(s => s.Key).ToHashSet();
        if (User.Identity?.IsAuthenticated == true && accounts.FirstOrDefault(a => a.Id == User.AccountId()) is { } mine)
        {
            Who = DemoStory.Staff.Single(s => s.Email == mine.Email).Key;
            LetterId = await db.Letters.Where(l => l.Slug == DemoStory.Slug).Select(l => (long?)l.Id).SingleOrDefaultAsync(cancellation);
        }
        var hidden = await db.Letters.SingleOrDefaultAsync(l => l.Slug == DemoStory.PrivateSlug && l.State == LetterState.Private && l.PrivateLinkOn, cancellation);
        if (hidden is not null)
            PrivateLink = instance.UrlOf("/private/" + keys.Token(TokenPurpose.PrivateLetter, hidden.Id, hidden.PrivateLinkRound));
    }

    public async Task<IActionResult> OnPostAsync(string? who, CancellationToken cancellation)
    {
        if (DemoStory.Staff.FirstOrDefault(s => s.Key == who) is not { } staff || await signIn.UserManager.FindByEmailAsync(staff.Email) is not { } account)
            return NotFound();
        await signIn.SignInAsync(account, isPersistent: false);
        db.Acts.Add(new StaffAct { AccountId = account.Id, At = time.GetUtcNow(), What = "sign-in", Detail = "demo" });
        await db.SaveChangesAsync(cancellation);
        return LocalRedirect("~/demo");
    }
}
