using Undersigned.Model;

namespace Undersigned.Desk;

/// <summary>One of the four holds: what it is called, what it does, and what visitors are told meanwhile.</summary>
/// <param name="Set">With the size that is published now; 0 while nothing is.</param>
public sealed record LetterSwitch(string Name, string Words, string Does, string VisitorsRead, Func<Letter, bool> IsHeld, Action<Letter, bool, long> Set)
{
    /// <summary>What pressing it is called, and how it stands then.</summary>
    public string Verb { get; init; } = "Hold";
    public string Held { get; init; } = "held";

    /// <summary>There is nothing to hold before the letter is public.</summary>
    public bool IsForPublic { get; init; }

    public bool IsFor(Letter letter) => letter.IsPublic || !IsForPublic;

    public static IReadOnlyList<LetterSwitch> All { get; } =
    [
        new("signing", "Signing",
            "Nobody can sign. Codes that are on their way still confirm, and withdrawals still count.",
            "Signing is paused. Leave the page open: what you typed is kept.",
            l => l.HoldSigning, (l, on, _) => l.HoldSigning = on),
        new("publishing", "Publishing",
            "No new name appears, and the number does not rise; who withdraws or is removed still leaves the page and the number. You go on deciding, and what you let in appears when you lift the hold.",
            "The number is paused while we look at something, and when it was last right.",
            l => l.HoldPublishing, (l, on, _) => l.HoldPublishing = on),
        new("display", "Display",
            "All public pages of the letter stay as they are, with the number: nothing new appears and nobody’s leaving is counted, but whoever leaves is shown no more. Everything else goes on: signing, your decisions, mails, webhooks, and the record with its own files, which others read and which is never held back.",
            "The display is frozen, as of when, and that the record goes on.",
            l => l.FrozenSize is not null, (l, on, size) => l.FrozenSize = on && size > 0 ? size : null)
        {
            Verb = "Freeze",
            Held = "frozen",
            IsForPublic = true,
        },
        new("mail", "Mail",
            "No mail about this letter leaves. It waits, in order, and leaves when you lift the hold.",
            "Nothing; a signer sees that we have written, and the code comes later.",
            l => l.HoldMail, (l, on, _) => l.HoldMail = on),
    ];

    public static LetterSwitch? Find(string? name) => All.FirstOrDefault(s => s.Name == name);
}
