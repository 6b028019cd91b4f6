using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Abuse;

/// <summary>How much may come at once before somebody waits, before a browser works, before mail waits. In force at once.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class LimitsModel(UndersignedDb db, TimeProvider time, PublishedLetters published) : StaffPage(db, time)
{
    private const int Most = 1_000_000;

    /// <summary>A number of the form: its field, its words, what it is now.</summary>
    public sealed record Number(string Field, string Words, int Value);

    public bool Saved { get; private set; }

    public IReadOnlyList<(string Heading, string Says, IReadOnlyList<Number> Numbers)> Groups { get; private set; } = [];

    public void OnGet([FromQuery(Name = "saved")] bool saved) => (Saved, Groups) = (saved, Grouped(Letter.Limits));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var typed = Grouped(Letter.Limits).SelectMany(g => g.Numbers, (g, n) => (n.Field, Number: Read(n.Field, $"{g.Heading}, {char.ToLowerInvariant(n.Words[0])}{n.Words[1..]}"))).ToDictionary(n => n.Field, n => n.Number);
        var askForWork = Request.Form["AskForWork"] == "true";
        if (!ModelState.IsValid)
        {
            Groups = Grouped(Letter.Limits);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        var limits = Of(field => typed[field]) with { AskForWork = askForWork };
        if (limits != Letter.Limits)
        {
            Letter.Limits = limits;
            Record("limits", detail: askForWork ? "proof of work for every form" : null);
            await Db.SaveChangesAsync(cancellation);
            await published.RefreshAsync(cancellation);
        }
        return LocalRedirect($"~/desk/letters/{Letter.Id}/limits?saved=true");
    }

    private int Read(string field, string words)
    {
        if (int.TryParse(Request.Form[field], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most)
            return number;
        ModelState.AddModelError(field, $"{words}: a whole number from 1 to 1,000,000.");
        return 1;
    }

    /// <summary>What stands in the field: what was typed, if it is wrong.</summary>
    public string Shown(Number number) => Request.HasFormContentType ? Request.Form[number.Field].ToString() : number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static SigningLimits Of(Func<string, int> number) => new()
    {
        AddressBurst = number(nameof(SigningLimits.AddressBurst)),
        AddressSustained = number(nameof(SigningLimits.AddressSustained)),
        NetworkBurst = number(nameof(SigningLimits.NetworkBurst)),
        NetworkSustained = number(nameof(SigningLimits.NetworkSustained)),
        DomainBurst = number(nameof(SigningLimits.DomainBurst)),
        DomainSustained = number(nameof(SigningLimits.DomainSustained)),
        LetterBurst = number(nameof(SigningLimits.LetterBurst)),
        LetterSustained = number(nameof(SigningLimits.LetterSustained)),
        SuspectNetwork = number(nameof(SigningLimits.SuspectNetwork)),
        SuspectDomain = number(nameof(SigningLimits.SuspectDomain)),
        SuspectLetter = number(nameof(SigningLimits.SuspectLetter)),
        SuspectTimes = number(nameof(SigningLimits.SuspectTimes)),
        MailsAnHour = number(nameof(SigningLimits.MailsAnHour)),
        MailsADay = number(nameof(SigningLimits.MailsADay)),
    };

    private static IReadOnlyList<(string Heading, string Says, IReadOnlyList<Number> Numbers)> Grouped(SigningLimits limits) =>
    [
        ("Forms in ten minutes", "More than that is asked to come back in some minutes; what was typed is kept.",
        [
            new(nameof(limits.NetworkBurst), "From one network", limits.NetworkBurst),
            new(nameof(limits.AddressBurst), "With one address", limits.AddressBurst),
            new(nameof(limits.DomainBurst), "From one domain", limits.DomainBurst),
            new(nameof(limits.LetterBurst), "To the letter", limits.LetterBurst),
        ]),
        ("Forms in a day", "Mailboxes that everybody may have, such as those of large providers, are not counted by domain.",
        [
            new(nameof(limits.NetworkSustained), "From one network", limits.NetworkSustained),
            new(nameof(limits.AddressSustained), "With one address", limits.AddressSustained),
            new(nameof(limits.DomainSustained), "From one domain", limits.DomainSustained),
            new(nameof(limits.LetterSustained), "To the letter", limits.LetterSustained),
        ]),
        ("Suspicion", "From so many forms in ten minutes, if that is so many times the usual, browsers are asked for a few seconds of work. Whoever’s cannot is not refused: a person looks first.",
        [
            new(nameof(limits.SuspectNetwork), "From one network", limits.SuspectNetwork),
            new(nameof(limits.SuspectDomain), "From one domain", limits.SuspectDomain),
            new(nameof(limits.SuspectLetter), "To the letter", limits.SuspectLetter),
            new(nameof(limits.SuspectTimes), "Times the usual", limits.SuspectTimes),
        ]),
        ("Mails of this letter", "What is beyond waits, and leaves when there is room again.",
        [
            new(nameof(limits.MailsAnHour), "In an hour", limits.MailsAnHour),
            new(nameof(limits.MailsADay), "In a day", limits.MailsADay),
        ]),
    ];
}
