using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Undersigned.Demo;

/// <summary>The mails that the demo's own server received, newest first.</summary>
public sealed class InboxModel(SmtpInbox inbox) : PageModel
{
    private const int Shown = 25;

    public string To { get; private set; } = "";
    public int Total { get; private set; }
    public IReadOnlyList<InboxMail> Mails { get; private set; } = [];

    public void OnGet(string? to)
    {
        To = to?.Trim() ?? "";
        var mails = To.Length > 0 ? inbox.Mails.Where(m => m.To.Contains(To, StringComparison.OrdinalIgnoreCase)).ToList() : inbox.Mails;
        Total = mails.Count;
        Mails = [.. mails.Take(Shown)];
    }
}
