using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>Every signature, newest first, by name or number and by where it stands.</summary>
[StaffOnly(StaffRole.Editor, AuditorReads = true)]
public sealed class SignaturesModel(UndersignedDb db, TimeProvider time) : StaffPage(db, time)
{
    public const int LinesAPage = 100;

    public IReadOnlyList<Signature> Rows { get; private set; } = [];
    public bool HasMore { get; private set; }

    /// <summary>Part of a name, or a number.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Asked { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    public SignatureState? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var rows = Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id);
        if (State is { } state)
            rows = rows.Where(s => s.State == state);
        if (Before is { } before)
            rows = rows.Where(s => s.Id < before);
        var text = Asked?.Trim().TrimStart('№', ' ') ?? "";
        if (int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            rows = rows.Where(s => s.Number == number);
        else if (NameFolding.Fold(text) is { Length: > 0 } folded)
            rows = rows.Where(s => s.FoldedName.Contains(folded));
        var found = await rows.OrderByDescending(s => s.Id).Take(LinesAPage + 1).ToListAsync(cancellation);
        (Rows, HasMore) = ([.. found.Take(LinesAPage)], found.Count > LinesAPage);
    }
}
