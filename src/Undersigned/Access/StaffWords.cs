using System.Globalization;
using Undersigned.Data;
using Undersigned.Model;

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

    public static string Oddity(string code) => code switch
    {
        Model.Oddity.MixedScripts => "Letters of two scripts in one name",
        Model.Oddity.UnusualCharacters => "Characters that names seldom have",
        Model.Oddity.OneWord => "One word only",
        Model.Oddity.AllCapitals => "All in capitals",
        Model.Oddity.LooksLikeEarlier => "Looks like another name",
        Model.Oddity.TitleInName => "A title of office in the name",
        Model.Oddity.Ticked => "Set aside at the glance",
        Model.Oddity.Undone => "Let in, then taken back",
        _ => code,
    };

    public static string Like(LookAlike like) => (like.Same, like.Number) switch
    {
        (true, { } number) => $"Same name as № {Number(number)}, from another address",
        (false, { } number) => $"Looks like № {Number(number)}, from another address",
        (true, null) => "Same name as another that also waits",
        (false, null) => "Looks like another that also waits",
    };

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
        SignatureLevel.Known => "Known",
        _ => "Address only",
    };

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 name", "1,143 names"</summary>
    public static string Count(long number, string one, string many) => $"{Number(number)} {(number == 1 ? one : many)}";

    /// <summary>"1 March 2026, 09:00 UTC"</summary>
    public static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>"09:00 UTC"</summary>
    public static string Clock(DateTimeOffset at) => at.ToUniversalTime().ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For the datetime attribute of a time element.</summary>
    public static string Iso(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>"12 min", "3 h 10", "4 days"</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)age.TotalHours} h {age.Minutes:00}",
        _ => $"{(int)age.TotalDays} days",
    };
}
