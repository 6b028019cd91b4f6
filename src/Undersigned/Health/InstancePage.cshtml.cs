using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Data.Migrations;

namespace Undersigned.Health;

/// <summary>What the operator looks at first when something is odd. To everybody else the address does not exist.</summary>
[Authorize]
public sealed class InstancePage(UndersignedDb db, Readiness readiness, RecentLog log) : PageModel
{
    public IReadOnlyList<ReadinessLine> Lines { get; private set; } = [];
    public IReadOnlyList<string> Log => log.Lines;
    public static int Schema => Migrations.Newest;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var me = User.AccountId();
        if (!await db.Users.AnyAsync(a => a.Id == me && a.IsOperator, cancellation))
            return NotFound();
        Lines = await readiness.AskAsync(cancellation);
        return Page();
    }
}
