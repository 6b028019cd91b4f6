using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>The latest letter as a front page, the others, and what stands under all of them. From memory alone.</summary>
[PublicPage]
public sealed class HomeModel(PublishedLetters letters, Instance instance) : PageModel
{
    public IReadOnlyList<PublishedLetter> Letters { get; private set; } = [];

    public string Keeper { get; private set; } = "";

    public void OnGet()
    {
        Letters = letters.All;
        var organisers = Letters.Select(l => l.Words.Organiser).Distinct().ToList();
        Keeper = organisers.Count == 1 && organisers[0].Length > 0 ? organisers[0] : instance.PublicUrl.Host;
        ViewData.Frame(new LayoutModel
        {
            Title = Keeper,
            Mark = organisers.Count == 1 ? organisers[0] : "",
            Here = "home",
        });
    }
}
