using System.Text.Json;
using Microsoft.Extensions.Localization;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Press;

/// <summary>The rules that the record commits to, as far as the statement needs them (section 3 of the signatory log).</summary>
internal sealed record LetterRules(string Eligibility, IReadOnlyList<LevelRule> Levels, IReadOnlyList<DomainRule> Domains, string Retention)
{
    public static LetterRules Of(Revision revision) => JsonSerializer.Deserialize<LetterRules>(revision.Rules, JsonSerializerOptions.Web)!;
}

internal sealed record LevelRule(string Level, int People);

internal sealed record DomainRule(string Domain, string? Controller, bool Addressee);

/// <summary>How signatures are checked, in sentences made from the letter's own rules and counts: nothing is said that they do not bear out.</summary>
internal static class MethodsStatement
{
    /// <param name="texts">The sentences.</param>
    /// <param name="shared">The names of the levels.</param>
    /// <param name="letter">Whose rules and counts.</param>
    /// <param name="editions">How many editions are told of at this size.</param>
    /// <param name="alone">How many who stand were let in by the one who entered them.</param>
    public static IReadOnlyList<string> Of(IStringLocalizer<PressTexts> texts, IStringLocalizer<SharedTexts> shared, PublishedLetter letter, int editions, int alone)
    {
        var rules = LetterRules.Of(letter.Revision);
        return
        [
            .. rules.Eligibility.Length > 0 ? [texts["how-who", rules.Eligibility].Value] : Array.Empty<string>(),
            texts["how-confirmed"],
            texts["how-own"],
            .. Looks(texts, shared, rules),
            .. alone == 0 ? [] : new[] { (alone == 1 ? texts["how-alone-one"] : texts["how-alone", Printed.Number(alone)]).Value },
            texts["how-prominent"],
            .. Domains(texts, rules),
            texts["how-changes", Printed.Number(letter.Counts.Signed), Printed.Number(letter.Counts.Withdrawn), Printed.Number(letter.Counts.Removed), Printed.Number(letter.Counts.Amended)],
            .. Reports(texts, letter),
            texts["how-rules", letter.Revision.Number, Printed.Moment(letter.Revision.MadeAt)],
            texts[editions switch { 0 => "how-editions-none", 1 => "how-editions-one", _ => "how-editions" }, Printed.Number(editions), letter.Edition?.Number ?? 0, letter.Edition is { } last ? Printed.Moment(last.At) : ""],
            texts["how-kept", rules.Retention],
        ];
    }

    private static IEnumerable<string> Looks(IStringLocalizer<PressTexts> texts, IStringLocalizer<SharedTexts> shared, LetterRules rules)
    {
        string Names(int people) => string.Join(Printed.Comma, rules.Levels.Where(l => l.People == people).Select(l => Printed.Quoted(shared["level-" + l.Level])));
        var (none, two) = (rules.Levels.Where(l => l.People == 0).ToList(), rules.Levels.Where(l => l.People == 2).ToList());
        if (none.Count == rules.Levels.Count)
            yield return texts["how-unseen"];
        else if (none.Count == 0)
            yield return texts["how-seen"];
        else
            yield return texts["how-some", Names(0)];
        if (two.Count > 0)
            yield return texts["how-two", Names(2)];
    }

    private static IEnumerable<string> Domains(IStringLocalizer<PressTexts> texts, LetterRules rules)
    {
        var (work, addressee) = (rules.Domains.Where(d => !d.Addressee).Select(d => d.Domain).ToList(), rules.Domains.Where(d => d.Addressee).Select(d => d.Domain).ToList());
        yield return work.Count > 0 ? texts["how-domains", string.Join(Printed.Comma, work)] : texts["how-domains-none"];
        if (addressee.Count > 0)
            yield return texts["how-addressee", string.Join(Printed.Comma, addressee)];
    }

    private static IEnumerable<string> Reports(IStringLocalizer<PressTexts> texts, PublishedLetter letter)
    {
        var reports = letter.Reports;
        yield return texts[letter.Letter.PromiseHours == 1 ? "how-promise-one" : "how-promise", letter.Letter.PromiseHours];
        yield return reports.All == 0 ? texts["how-reports-none"] : texts["how-reports", Printed.Number(reports.All), Printed.Number(reports.Open), Printed.Number(reports.Answered), Printed.Number(reports.Corrected), Printed.Number(reports.Removed)];
    }
}
