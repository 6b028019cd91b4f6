using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Undersigned.Model;
using NameFault = Undersigned.Log.Letters.NameFault;
using NameRules = Undersigned.Log.Letters.NameRules;

namespace Undersigned.Signing;

/// <summary>A line that may stand, cleaned of what cannot be seen.</summary>
public sealed record TypedLine(string Name, IReadOnlyList<Post> Posts, string? Location)
{
    public ShownLine ToShown() => ShownLine.Of(Name, Posts, Location);
}

/// <summary>Reads the form's fields into a line and says beside each field what is wrong with it.</summary>
public sealed class FormCheck(IStringLocalizer<SigningTexts> texts, TimeProvider time)
{
    public const int LongestField = 200;
    public const int LongestServed = 2_000;
    public const int MostPosts = 10;
    private const int LargestRecord = 8_000;

    public int ThisYear => time.GetUtcNow().Year;

    /// <summary>The address, or null with what is wrong under "Email".</summary>
    public EmailAddress? Address(SignForm form, ModelStateDictionary wrong)
    {
        if (EmailAddress.TryParse(form.Email, out var address, out var problem))
            return address;
        wrong.AddModelError("Form.Email", problem switch
        {
            EmailProblem.Missing => texts["email-missing"],
            EmailProblem.NoAt => texts["email-no-at"],
            EmailProblem.NothingBeforeAt => texts["email-nothing-before"],
            EmailProblem.NothingAfterAt => texts["email-nothing-after"],
            _ => texts["email-bad"],
        });
        return null;
    }

    /// <summary>The line as far as it can be read; it may stand only where nothing was found wrong.</summary>
    public TypedLine Line(SignForm form, Asks asks, ModelStateDictionary wrong)
    {
        var name = Name(form.Name, wrong);
        if ((form.Served ?? "").Length > LongestServed)
            wrong.AddModelError("Form.Served", texts["served-long", LongestServed]);
        var posts = asks.HasFlag(Asks.Service) ? Posts(form.Rows, wrong) : [];
        var location = asks.HasFlag(Asks.Location) ? Field("Form.Location", form.Location, wrong) : null;
        var line = new TypedLine(name, posts, location);
        if (wrong.IsValid && Encoding.UTF8.GetByteCount(line.ToShown().ToRecord()) > LargestRecord)
            wrong.AddModelError("Form.Served", texts["line-long"]);
        return line;
    }

    public void Agreement(SignForm form, ModelStateDictionary wrong)
    {
        if (!form.Agree)
            wrong.AddModelError("Form.Agree", texts["agree-missing"]);
    }

    /// <summary>The two private ticks: a number to call where calling is allowed, and nowhere else.</summary>
    public void Ticks(PrivateTicks ticks, ModelStateDictionary wrong, string prefix = "Form.Ticks")
    {
        if (!ticks.PressMayCall)
            return;
        if (string.IsNullOrWhiteSpace(ticks.Telephone))
            wrong.AddModelError(prefix + ".Telephone", texts["telephone-missing"]);
        else if (!IsTelephone(ticks.Telephone))
            wrong.AddModelError(prefix + ".Telephone", texts["telephone-bad"]);
        if ((ticks.Place ?? "").Length > LongestField)
            wrong.AddModelError(prefix + ".Place", texts["field-long", LongestField]);
    }

    // As people write numbers: "+1 (614) 555-0123 ext. 4". How many digits a number has differs by country.
    private static bool IsTelephone(string typed) =>
        typed.Length <= 60 && typed.Count(char.IsDigit) is >= 5 and <= 25
        && typed.Replace("ext", "", StringComparison.OrdinalIgnoreCase).Trim().All(c => char.IsDigit(c) || c is ' ' or '+' or '-' or '–' or '(' or ')' or '.' or '/' or '#' or ',' or 'x' or 'X');

    private string Name(string? typed, ModelStateDictionary wrong)
    {
        var name = Tidy(typed, keepInvisible: true);
        var fault = NameRules.FaultOf(name);
        if (fault is null && !name.EnumerateRunes().Any(Rune.IsLetter))
            wrong.AddModelError("Form.Name", texts["name-no-letter"]);
        if (fault is { } found)
            wrong.AddModelError("Form.Name", found switch
            {
                NameFault.Empty => texts["name-missing"],
                NameFault.TooLong => texts["name-long", NameRules.MaxCharacters],
                NameFault.Address => name.Contains('@', StringComparison.Ordinal) ? texts["name-mail-address"] : texts["name-address"],
                NameFault.Stacked => texts["name-stacked"],
                _ => texts["name-invisible"],
            });
        return name;
    }

    private List<Post> Posts(List<PostRow> rows, ModelStateDictionary wrong)
    {
        if (rows.Count(r => !r.IsEmpty) > MostPosts)
            wrong.AddModelError("Form.Served", texts["posts-many", MostPosts]);
        return [.. rows.Select((row, i) => (row, i)).Where(r => !r.row.IsEmpty).Select(r => PostOf(r.row, $"Form.Rows[{r.i}]", wrong))];
    }

    private Post PostOf(PostRow row, string field, ModelStateDictionary wrong)
    {
        var position = Field(field + ".Position", row.Position, wrong);
        var organization = Field(field + ".Organization", row.Organization, wrong);
        return new Post(position, organization, Years(row, field, wrong));
    }

    private YearSpan? Years(PostRow row, string field, ModelStateDictionary wrong)
    {
        var (from, to) = (Year(row.From, field + ".From", wrong), Year(row.To, field + ".To", wrong));
        if (from is null && to is not null && string.IsNullOrWhiteSpace(row.From))
            wrong.AddModelError(field + ".From", texts["year-first-missing", to]);
        if (from is null || to is null && !string.IsNullOrWhiteSpace(row.To))
            return null;
        var years = new YearSpan(from.Value, to);
        switch (years.Problem(ThisYear))
        {
            case YearsProblem.LastBeforeFirst:
                wrong.AddModelError(field + ".To", texts["year-order", to!, from]);
                break;
            case YearsProblem.InTheFuture:
                wrong.AddModelError(field + (from > ThisYear ? ".From" : ".To"), texts["year-future", from > ThisYear ? from : to!]);
                break;
            case YearsProblem.TooLongAgo:
                wrong.AddModelError(field + ".From", texts["year-long-ago", from]);
                break;
        }
        return years;
    }

    private int? Year(string? typed, string field, ModelStateDictionary wrong)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        var digits = string.Concat(typed.Trim().Select(c => CharUnicodeInfo.GetDecimalDigitValue(c) is var d and >= 0 ? (char)('0' + d) : c));
        if (digits.Length == 4 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 1000)
            return year;
        wrong.AddModelError(field, texts["year-bad"]);
        return null;
    }

    private string? Field(string field, string? typed, ModelStateDictionary wrong)
    {
        var text = Tidy(typed, keepInvisible: false);
        if (text.Length > LongestField)
            wrong.AddModelError(field, texts["field-long", LongestField]);
        if (text.Contains("://", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase))
            wrong.AddModelError(field, texts["field-address"]);
        return text.Length == 0 ? null : text;
    }

    // Composed, one space where there were several. In a name what cannot be seen is named, elsewhere it is left out.
    private static string Tidy(string? typed, bool keepInvisible)
    {
        var text = new StringBuilder();
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                text.Append(' ');
            else if (keepInvisible || rune.Value is 0x200c or 0x200d || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control))
                text.Append(rune.ToString());
        }
        return string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormC);
    }
}
