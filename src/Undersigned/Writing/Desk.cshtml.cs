using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>All letters that somebody works on.</summary>
[Authorize]
public sealed class AllLettersModel(UndersignedDb db, PublishedLetters published) : PageModel
{
    public IReadOnlyList<Row> Letters { get; private set; } = [];
    public bool MayBegin { get; private set; }

    public async Task OnGetAsync()
    {
        var id = User.AccountId();
        MayBegin = await db.Users.AnyAsync(u => u.Id == id && u.IsOperator, HttpContext.RequestAborted);
        var rows = await db.Staff.Where(s => s.AccountId == id)
            .Join(db.Letters, s => s.LetterId, l => l.Id, (s, l) => new
            {
                Letter = l,
                s.Role,
                Gathered = db.Signatures.Count(x => x.LetterId == l.Id && (x.State == SignatureState.Confirmed || x.State == SignatureState.InReview
                    || x.State == SignatureState.Admitted || x.State == SignatureState.Listed)),
            })
            .AsNoTracking().OrderByDescending(x => x.Letter.Id).ToListAsync(HttpContext.RequestAborted);
        Letters = [.. rows.Select(r => new Row(r.Letter, r.Role, published.Find(r.Letter.Slug)?.Counts.Standing, r.Gathered))];
    }

    public sealed record Row(Letter Letter, StaffRole Role, int? Standing, int Gathered)
    {
        public string Number => Standing is { } standing
            ? StaffWords.Count(standing, "name stands", "names stand")
            : Gathered == 0 ? "nobody has signed yet" : StaffWords.Count(Gathered, "person has signed", "people have signed");
    }
}
