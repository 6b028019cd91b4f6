using System.Globalization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Access;

/// <summary>What the desk says for codes, times and numbers.</summary>
public static class StaffWords
{
    /// <summary>Reasons for a decline or a removal: the code that is kept, and its words.</summary>
    public static IReadOnlyList<(string Code, string Words)> Reasons { get; } =
    [
        ("not-eligible", "Not eligible"),
        ("impersonation", "Impersonation"),
        ("duplicate", "Duplicate"),
        ("signer-request", "At the signer’s request"),
        ("legal", "For a legal reason"),
        ("error", "Our mistake"),
        ("other", "Another reason"),
    ];

    public static bool IsReason(string? code) => Reasons.Any(r => r.Code == code);

    public static string Reason(string? code) => code switch
    {
        "typo" => "Typing mistake",
        "update" => "Brought up to date",
        null => "",
        _ => Reasons.FirstOrDefault(r => r.Code == code).Words ?? code,
    };

    /// <summary>Why a line is looked at, in words: a code of <see cref="Model.Oddity"/>, perhaps with what it is about.</summary>
    public static string Oddity(string reason)
    {
        var (code, about) = Model.Oddity.Parts(reason);
        return code switch
        {
            Model.Oddity.MixedScripts => "Letters of two scripts in one name",
            Model.Oddity.UnusualCharacters => "Characters that names seldom have",
            Model.Oddity.OneWord => "One word only",
            Model.Oddity.AllCapitals => "All in capitals",
            Model.Oddity.SameName => about is null ? "Same name as another that also waits" : $"Same name as № {Number(about)}, from another address",
            Model.Oddity.LooksLikeEarlier => about is null ? "Looks like another that also waits" : $"Looks like № {Number(about)}, from another address",
            Model.Oddity.PerhapsSame => about is null ? "Perhaps the same person as another that also waits" : $"Perhaps the same person as № {Number(about)}",
            Model.Oddity.UsesName => about is null ? "Somebody may be using the name of another that also waits" : $"Somebody may be using the name of № {Number(about)}",
            Model.Oddity.TitleInName => "A title of office in the name",
            Model.Oddity.Prominent => "Prominent name: two people decide",
            Model.Oddity.LikeProminent => "Like a prominent name",
            Model.Oddity.Title => string.IsNullOrEmpty(about) ? "Claims a high office: two people decide" : $"Claims a high office ({about}): two people decide",
            Model.Oddity.Word => $"Holds a word on your list: {about}",
            Model.Oddity.LevelNeedsTwo => "Two people decide at this level",
            Model.Oddity.Disagreement => "Two people did not agree: an owner decides",
            Model.Oddity.Asked => "Asked for more",
            Model.Oddity.Held => "Held",
            Model.Oddity.NewEvidence => "Something new speaks for it",
            Model.Oddity.NewDomain => "One of many from a domain that is new here",
            Model.Oddity.OneNetwork => "One of many from one network today",
            Model.Oddity.NoWork => "Signed when far more came than usual, without proof of work",
            Model.Oddity.Ticked => "Set aside at the glance",
            Model.Oddity.Undone => "Let in, then taken back",
            Model.Oddity.VoucherGone => "Somebody who vouched for them vouches no more",
            _ => code,
        };
    }

    private static string Number(string about) => int.TryParse(about, CultureInfo.InvariantCulture, out var number) ? Printed.Number(number) : about;

    public static string State(SignatureState state) => state switch
    {
        SignatureState.Submitted => "not confirmed",
        SignatureState.Confirmed => "waits for a glance",
        SignatureState.InReview => "set aside",
        SignatureState.Admitted => "let in, not yet on the page",
        SignatureState.Listed => "on the page",
        SignatureState.Withdrawn => "withdrawn",
        SignatureState.Removed => "removed",
        SignatureState.Declined => "declined",
        SignatureState.Expired => "never confirmed, forgotten",
        SignatureState.Erased => "erased",
        _ => state.ToString(),
    };

    public static string Level(SignatureLevel level) => level switch
    {
        SignatureLevel.Imported => "Imported",
        SignatureLevel.Account => "Account",
        SignatureLevel.Domain => "Work address",
        SignatureLevel.Roster => "Roster",
        SignatureLevel.Vouched => "Vouched for",
        SignatureLevel.Known => "Known",
        _ => "Address only",
    };

    public static string Evidence(EvidenceKind kind) => Level(Model.Evidence.LevelOf(kind));

    /// <summary>"1 name", "1,143 names"</summary>
    public static string Count(long number, string one, string many) => $"{Printed.Number(number)} {(number == 1 ? one : many)}";

    /// <summary>"09:00 UTC"</summary>
    public static string Clock(DateTimeOffset at) => at.ToUniversalTime().ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Of a mail that was queued and never left.</summary>
    public static string NotSent(OutboxMail mail) => "not sent: " + mail.Verdict switch
    {
        OutboxMail.OverBudget => "this mailbox had as many mails as it may",
        OutboxMail.Blocked => "whoever reads this mailbox said that it was not them",
        _ => "taken back, or no longer true when its turn came",
    };

    public static string Source(SignatureSource source) => source switch
    {
        SignatureSource.Import => "pasted in",
        SignatureSource.PrivateLink => "private link",
        _ => "form",
    };

    /// <summary>"for 3 h 10", "since just now"</summary>
    public static string AgeFor(TimeSpan age) => age.TotalMinutes < 1 ? "since just now" : "for " + Age(age);

    /// <summary>"3 h 10 ago", "just now"</summary>
    public static string AgeAgo(TimeSpan age) => age.TotalMinutes < 1 ? "just now" : Age(age) + " ago";

    /// <summary>"12 min", "3 h 10", "4 days"</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)age.TotalHours} h {age.Minutes:00}",
        _ => $"{(int)age.TotalDays} days",
    };
}
