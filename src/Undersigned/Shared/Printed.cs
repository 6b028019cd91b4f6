using System.Globalization;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>
/// Numbers and times as our pages and mails print them, in the language that the page speaks (see <see cref="Tongue"/>). Digits are the
/// same in all, so that a number can be compared by eye. What machines read does not depend on it.
/// </summary>
public static class Printed
{
    private static readonly Dictionary<string, Style> Styles = new()
    {
        ["en"] = new("en", ",", "d MMMM yyyy", "d MMM", "“", "”"),
        // Four digits stand together, as the Real Academia has it.
        ["es"] = new("es", "\u202f", "d 'de' MMMM 'de' yyyy", "d MMM", "«", "»") { FewestGrouped = 10_000 },
        ["fr"] = new("fr", "\u202f", "d MMMM yyyy", "d MMM", "«\u00a0", "\u00a0»") { FirstDay = "1er", Byte = "o" },
        ["de"] = new("de", ".", "d. MMMM yyyy", "d. MMM", "„", "“"),
        ["ar"] = new("ar", ",", "d MMMM yyyy", "d MMMM", "«", "»") { Comma = "، ", Semicolon = "؛ " },
    };

    private static Style Now => Styles[Tongue.Current];

    /// <summary>What stands between two of several: ", ".</summary>
    public static string Comma => Now.Comma;

    /// <summary>What stands between two of several that have commas themselves: "; ".</summary>
    public static string Semicolon => Now.Semicolon;

    /// <summary>“said”, „gesagt“, « dit »</summary>
    public static string Quoted(string said) => Now.Open + said + Now.Close;

    /// <summary>1,143</summary>
    public static string Number(long number) => Now.Number(number);

    /// <summary>№ 1,143</summary>
    public static string Signature(int number) => "№ " + Number(number);

    /// <summary>1.3 MB, 480 kB</summary>
    public static string Bytes(long length) => length >= 1_000_000
        ? Now.Decimal(length / 1_000_000.0) + " M" + Now.Byte
        : Math.Max(1, length / 1000).ToString(CultureInfo.InvariantCulture) + " k" + Now.Byte;

    /// <summary>1 March 2026</summary>
    public static string Day(DateTimeOffset time) => Day(DateOnly.FromDateTime(time.UtcDateTime));

    /// <summary>1 March 2026</summary>
    public static string Day(DateOnly day) => Now.Text(day, Now.Day);

    /// <summary>1 Mar, where there is little room.</summary>
    public static string ShortDay(DateTimeOffset time) => Now.Text(DateOnly.FromDateTime(time.UtcDateTime), Now.ShortDay);

    /// <summary>March 2026</summary>
    public static string Month(DateTimeOffset time, bool isShort = false) => Now.Text(DateOnly.FromDateTime(time.UtcDateTime), isShort ? Now.ShortMonth : Now.Month);

    /// <summary>2026-03-01, for datetime attributes.</summary>
    public static string Machine(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>1 March 2026, 09:00 UTC</summary>
    public static string Moment(DateTimeOffset time) => Hour(time) + " UTC";

    /// <summary>1 March 2026, 09:00</summary>
    public static string Hour(DateTimeOffset time, bool isShort = false) => (isShort ? ShortDay(time) : Day(time)) + Now.Comma + time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>2026-03-01T09:00:00Z, for datetime attributes and JSON.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Style(string Tongue, string Group, string Day, string ShortDay, string Open, string Close)
    {
        private readonly NumberFormatInfo numbers = new() { NumberGroupSeparator = Group, NumberDecimalSeparator = Group == "," ? "." : "," };
        private readonly DateTimeFormatInfo names = NamesOf(Tongue);

        public string Byte { get; init; } = "B";
        public string Comma { get; init; } = ", ";
        public string Semicolon { get; init; } = "; ";
        public int FewestGrouped { get; init; } = 1_000;
        /// <summary>Instead of a month's 1.</summary>
        public string? FirstDay { get; init; }
        public string Month => Day[Day.IndexOf("MMMM", StringComparison.Ordinal)..];
        public string ShortMonth => Month.Replace("MMMM", Tongue == "ar" ? "MMMM" : "MMM", StringComparison.Ordinal);

        public string Number(long number) => number.ToString(Math.Abs(number) < FewestGrouped ? "0" : "N0", numbers);

        public string Decimal(double number) => number.ToString("0.0", numbers);

        public string Text(DateOnly day, string format) =>
            FirstDay is not null && day.Day == 1 && format.StartsWith('d') ? FirstDay + day.ToString(format[1..], names) : day.ToString(format, names);

        // English as .NET writes it whatever the ICU of the host; the others have no months of their own in it.
        private static DateTimeFormatInfo NamesOf(string tongue)
        {
            if (tongue == Model.Tongue.English)
                return DateTimeFormatInfo.InvariantInfo;
            var names = (DateTimeFormatInfo)CultureInfo.GetCultureInfo(tongue).DateTimeFormat.Clone();
            names.Calendar = new GregorianCalendar();
            return names;
        }
    }
}
