using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Access;

/// <summary>
/// On a page of a letter's desk (route value `letterId`): lets in who has this role on that letter, or a higher one.
/// Everybody else who is signed in sees the page of an address that does not exist.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StaffOnlyAttribute(StaffRole atLeast) : Attribute, IAsyncPageFilter
{
    public StaffRole AtLeast => atLeast;

    /// <summary>The letter's auditor may read this page. An auditor changes nothing of the letter or its list.</summary>
    public bool AuditorReads { get; init; }

    /// <summary>The auditor's own page: the sample that they draw and state, which nobody else of the staff sees or touches.</summary>
    public bool AuditorAlone { get; init; }

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HttpContext.User.Identity?.IsAuthenticated != true)
        {
            context.Result = new ChallengeResult();
            return;
        }
        var page = (StaffPage)context.HandlerInstance;
        var auditorMay = AuditorAlone || AuditorReads && (HttpMethods.IsGet(context.HttpContext.Request.Method) || HttpMethods.IsHead(context.HttpContext.Request.Method));
        if (await page.EnterAsync(atLeast, auditorMay, AuditorAlone))
            await next();
        else
            context.Result = new NotFoundResult();
    }
}

/// <summary>A page of a letter's desk: who is here, in which role, and the letter, tracked.</summary>
public abstract class StaffPage(UndersignedDb db, TimeProvider time) : PageModel
{
    /// <summary>The act of having been shown something that is nobody else's business.</summary>
    public const string Look = "look";

    /// <summary>Whoever reloads a page, or steps back to it, does not look anew.</summary>
    private static readonly TimeSpan SameLookWithin = TimeSpan.FromHours(1);

    protected UndersignedDb Db => db;

    /// <summary>One moment for all that a request does: an undo finds what belongs together by it.</summary>
    protected DateTimeOffset Now => now ??= time.GetUtcNow();
    private DateTimeOffset? now;

    public Letter Letter { get; private set; } = null!;
    public StaffRole Role { get; private set; }
    public long AccountId { get; private set; }
    public bool IsOwner => Role == StaffRole.Owner;
    public bool MayEdit => Role <= StaffRole.Editor;

    internal async Task<bool> EnterAsync(StaffRole atLeast, bool auditorMay, bool auditorAlone)
    {
        var letterId = long.Parse((string)RouteData.Values["letterId"]!, CultureInfo.InvariantCulture);
        AccountId = User.AccountId();
        var row = await db.Staff.Where(s => s.LetterId == letterId && s.AccountId == AccountId)
            .Join(db.Letters, s => s.LetterId, l => l.Id, (s, l) => new { s.Role, Letter = l })
            .SingleOrDefaultAsync(HttpContext.RequestAborted);
        if (row is null || !(row.Role == StaffRole.Auditor ? auditorMay : !auditorAlone && row.Role <= atLeast))
            return false;
        (Letter, Role) = (row.Letter, row.Role);
        return true;
    }

    /// <summary>
    /// Addresses, telephones, private places, notes, evidence and what people write to the desk are looked at by name: who was shown what of
    /// whom, once an hour for the same thing. A screen of many is one act, and <paramref name="detail"/> says how many.
    /// </summary>
    protected async Task LookedAtAsync(Signature? signature, string detail, CancellationToken cancellation)
    {
        var (since, about) = (Now - SameLookWithin, signature?.Id);
        if (await db.Acts.AnyAsync(a => a.LetterId == Letter.Id && a.AccountId == AccountId && a.SignatureId == about && a.At > since && a.What == Look && a.Detail == detail, cancellation))
            return;
        Record(Look, signature, detail: detail);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Adds the act to the record, in the transaction of the caller's SaveChanges.</summary>
    protected void Record(string what, Signature? signature = null, SignatureState? from = null, SignatureState? to = null, string? detail = null) =>
        db.Acts.Add(new StaffAct
        {
            LetterId = Letter.Id,
            AccountId = AccountId,
            At = Now,
            What = what,
            SignatureId = signature?.Id,
            FromState = from?.ToString(),
            ToState = to?.ToString(),
            Detail = detail,
        });
}

public static class SignedIn
{
    public static long AccountId(this ClaimsPrincipal user) =>
        long.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
}
