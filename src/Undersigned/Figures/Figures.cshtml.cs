using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.SignatoryList;

namespace Undersigned.Figures;

/// <summary>"How many from Civil, under which presidents?", answered while the reporter holds the line.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class FiguresModel(UndersignedDb db, FigureQuery query, TimeProvider time) : StaffPage(db, time)
{
    private const int Longest = 200;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Asked { get; set; }

    public ListFilter Filter { get; private set; } = ListFilter.None;
    public Figure Figure { get; private set; } = null!;
    public string Sentence { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Asked = Asked?.Length > Longest ? Asked[..Longest] : Asked;
        Filter = ListFilter.Read(Request.Query);
        Figure = await query.CountAsync(Letter, Asked, Filter, cancellation);
        Sentence = FigureWords.Sentence(Letter, Figure, Asked, Filter);
    }
}
