using Undersigned.Model;

namespace Undersigned.Desk;

/// <summary>One of the three holds: what it is called, what it does, and what visitors are told meanwhile.</summary>
public sealed record LetterSwitch(string Name, string Words, string Does, string VisitorsRead, Func<Letter, bool> IsHeld, Action<Letter, bool> Set)
{
    public static IReadOnlyList<LetterSwitch> All { get; } =
    [
        new("signing", "Signing",
            "Nobody can sign. Codes that are on their way still confirm, and withdrawals still count.",
            "Signing is paused. Leave the page open: what you typed is kept.",
            l => l.HoldSigning, (l, on) => l.HoldSigning = on),
        new("publishing", "Publishing",
            "No new name appears and the number stands still; who withdraws or is removed still leaves the page. You go on deciding, and what you let in appears when you lift the hold.",
            "The number is paused while we look at something, and when it was last right.",
            l => l.HoldPublishing, (l, on) => l.HoldPublishing = on),
        new("mail", "Mail",
            "No mail about this letter leaves. It waits, in order, and leaves when you lift the hold.",
            "Nothing; a signer sees that we have written, and the code comes later.",
            l => l.HoldMail, (l, on) => l.HoldMail = on),
    ];

    public static LetterSwitch? Find(string? name) => All.FirstOrDefault(s => s.Name == name);
}
