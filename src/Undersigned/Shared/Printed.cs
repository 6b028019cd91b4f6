using System.Globalization;

namespace Undersigned.Shared;

/// <summary>Numbers and times as our pages and mails print them.</summary>
public static class Printed
{
    /// <summary>1,143</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>№ 1,143</summary>
    public static string Signature(int number) => "№ " + Number(number);

    /// <summary>1.3 MB, 480 kB</summary>
    public static string Bytes(long length) => length >= 1_000_000
        ? (length / 1_000_000.0).ToString("0.0", CultureInfo.InvariantCulture) + " MB"
        : Math.Max(1, length / 1000).ToString(CultureInfo.InvariantCulture) + " kB";

    /// <summary>1 March 2026</summary>
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>1 March 2026</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>2026-03-01, for datetime attributes.</summary>
    public static string Machine(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>1 March 2026, 09:00 UTC</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>2026-03-01T09:00:00Z, for datetime attributes and JSON.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
