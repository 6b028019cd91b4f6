using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>JSON strings as we write them: only what must be escaped is.</summary>
internal static class JsonText
{
    internal static void Quote(StringBuilder json, string value)
    {
        json.Append('"');
        foreach (var c in value)
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (c == '\n') json.Append("\\n");
            else if (c == '\t') json.Append("\\t");
            else if (c < ' ') json.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else json.Append(c);
        json.Append('"');
    }

    internal static string Quote(string value)
    {
        var json = new StringBuilder(value.Length + 2);
        Quote(json, value);
        return json.ToString();
    }
}
