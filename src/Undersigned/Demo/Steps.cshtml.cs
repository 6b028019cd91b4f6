using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Demo;

/// <summary>What to try in the demo, and the one click that signs in as its owner.</summary>
public sealed class StepsModel(UndersignedDb db, Instance instance, InstanceKeys keys, SignInManager<Account> signIn, TimeProvider time) : PageModel
{
    public string OwnerName { get; private set; } = "";
    public bool CanSignIn { get; private set; }

    /// <summary>Of the public letter, where the owner is signed in.</summary>
    public long? LetterId { get; private set; }
    public string LetterUrl => instance.UrlOf("/letters/" + DemoStory.Slug);
    public string? PrivateLink { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var owner = await OwnerAsync(cancellation);
        (OwnerName, CanSignIn) = (owner?.DisplayName ?? "", owner is not null);
        if (owner is not null && User.Identity?.IsAuthenticated == true && User.AccountId() == owner.Id)
            LetterId = await db.Letters.Where(l => l.Slug == DemoStory.Slug).Select(l => (long?)l.Id).SingleOrDefaultAsync(cancellation);
        var hidden = await db.Letters.SingleOrDefaultAsync(l => l.Slug == DemoStory.PrivateSlug && l.State == LetterState.Private && l.PrivateLinkOn, cancellation);
        if (hidden is not null)
            PrivateLink = instance.UrlOf("/private/" + keys.Token(TokenPurpose.PrivateLetter, hidden.Id, hidden.PrivateLinkRound));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await OwnerAsync(cancellation) is not { } owner)
            return NotFound();
        await signIn.SignInAsync(owner, isPersistent: false);
        db.Acts.Add(new StaffAct { AccountId = owner.Id, At = time.GetUtcNow(), What = "sign-in", Detail = "demo" });
        await db.SaveChangesAsync(cancellation);
        return LocalRedirect("~/demo");
    }

    private Task<Account?> OwnerAsync(CancellationToken cancellation)
    {
        var email = signIn.UserManager.NormalizeEmail(DemoStory.OwnerEmail);
        return db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == email, cancellation);
    }
}
