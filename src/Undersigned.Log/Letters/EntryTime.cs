using System.Globalization;

namespace Undersigned.Log.Letters;

/// <summary>The one form of a moment in entries and pages: <c>2026-03-01T09:00:00Z</c>, whole seconds of a date from 1970 to 9999.</summary>
public static class EntryTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The moment in this form; parts of a second are dropped.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads that form and no other.</summary>
    /// <exception cref="LogFormatException">Another form, or a date or time that does not exist.</exception>
    public static DateTimeOffset Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') throw Malformed();
        int year = Digits(text[..4]), month = Digits(text.Slice(5, 2)), day = Digits(text.Slice(8, 2));
        int hour = Digits(text.Slice(11, 2)), minute = Digits(text.Slice(14, 2)), second = Digits(text.Slice(17, 2));
        if (year < 1970 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) throw Malformed();
        if (hour > 23 || minute > 59 || second > 59) throw Malformed();
        return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
    }

    /// <summary>As <see cref="Parse(ReadOnlySpan{byte})"/>, of a string.</summary>
    /// <exception cref="LogFormatException">Another form, or a date or time that does not exist.</exception>
    public static DateTimeOffset Parse(string text) => Parse(System.Text.Encoding.UTF8.GetBytes(text));

    private static int Digits(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var d in digits) value = d is >= (byte)'0' and <= (byte)'9' ? value * 10 + (d - '0') : throw Malformed();
        return value;
    }

    private static LogFormatException Malformed() => new("a time that is not YYYY-MM-DDTHH:MM:SSZ");
}
