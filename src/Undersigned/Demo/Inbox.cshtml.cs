using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Inquiries;

namespace Undersigned.Demo;

/// <summary>The mails that the demo's own server received, newest first; each can be answered as its reader would.</summary>
public sealed class InboxModel(SmtpInbox inbox, Replies replies) : PageModel
{
    private const int Shown = 25;

    public string To { get; private set; } = "";
    public int Total { get; private set; }
    public IReadOnlyList<InboxMail> Mails { get; private set; } = [];

    /// <summary>Whether the answer just sent reached the desk; null where none was sent.</summary>
    [BindProperty(SupportsGet = true, Name = "answered")]
    public bool? Answered { get; set; }

    public void OnGet(string? to)
    {
        To = to?.Trim() ?? "";
        var mails = To.Length > 0 ? inbox.Mails.Where(m => m.To.Contains(To, StringComparison.OrdinalIgnoreCase)).ToList() : inbox.Mails;
        Total = mails.Count;
        Mails = [.. mails.Take(Shown)];
    }

    public async Task<IActionResult> OnPostAsync(long mail, string? text, string? to, CancellationToken cancellation)
    {
        if (inbox.Mails.FirstOrDefault(m => m.Id == mail) is not { } answered)
            return NotFound();
        var taken = string.IsNullOrWhiteSpace(text) ? Taken.Ignored : await replies.TakeAsync(answered.Answer(text), cancellation);
        return LocalRedirect($"~/demo/inbox?to={Uri.EscapeDataString(to ?? "")}&answered={(taken == Taken.Request ? "true" : "false")}");
    }
}
