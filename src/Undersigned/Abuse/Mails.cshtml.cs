using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;

namespace Undersigned.Abuse;

/// <summary>Mail that waits for a person: to domains that refuse too much, and what is beyond the budget.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class MailsModel(UndersignedDb db, TimeProvider time, Instance instance, WorkSignal work) : StaffPage(db, time)
{
    public IReadOnlyList<(MailBreaker Breaker, int Waiting)> Breakers { get; private set; } = [];
    public int InAnHour { get; private set; }
    public int InADay { get; private set; }
    public int Waiting { get; private set; }
    public bool IsSpent { get; private set; }

    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var mails = Db.Outbox.Where(m => m.LetterId == Letter.Id);
        var (hour, day) = (Now - TimeSpan.FromHours(1), Now - TimeSpan.FromDays(1));
        InAnHour = await mails.CountAsync(m => m.SentAt > hour, cancellation);
        InADay = await mails.CountAsync(m => m.SentAt > day, cancellation);
        Waiting = await mails.CountAsync(m => m.State == MailState.Waiting, cancellation);
        IsSpent = (await MailBudget.ReadAsync(Db, instance, Now, cancellation)).IsSpent(Letter.Id);
        var open = await Db.OpenBreakers().ToListAsync(cancellation);
        var waiting = await mails.Where(m => m.State == MailState.Waiting).GroupBy(m => m.Domain).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        Breakers = [.. open.Select(b => (b, waiting.GetValueOrDefault(b.Domain)))];
    }

    public async Task<IActionResult> OnPostAsync(string? domain, CancellationToken cancellation)
    {
        var released = domain is not null && await Db.ReleaseBreakerAsync(domain, AccountId, Now, cancellation);
        if (released)
        {
            Record("release-mail", detail: domain);
            await Db.SaveChangesAsync(cancellation);
            work.Poke();
        }
        return LocalRedirect($"~/desk/letters/{Letter.Id}/mail?did={(released ? "released" : "before")}");
    }
}
