using System.IO.Compression;
using System.Text;

namespace Undersigned.Linkage.Bench;

/// <summary>Comma-separated files, plain or gzip, with quotes; blanks around names of columns and around values are not part of them.</summary>
internal sealed class Csv
{
    private Csv(Dictionary<string, int> columns, List<string[]> rows) => (_columns, Rows) = (columns, rows);

    private readonly Dictionary<string, int> _columns;

    public List<string[]> Rows { get; }

    public string Get(string[] row, string column) => _columns.TryGetValue(column, out var at) && at < row.Length ? row[at] : "";

    public static Csv Read(string path)
    {
        var rows = Parse(Text(path)).ToList();
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < rows[0].Length; i++) columns[rows[0][i].TrimStart('\ufeff')] = i;
        return new(columns, rows[1..]);
    }

    public static string Text(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string[]> Parse(string text)
    {
        var row = new List<string>();
        var value = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') value.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') value.Append(text[++i]);
                else quoted = false;
            }
            else if (c == '"' && value.ToString().Trim().Length == 0) quoted = true;
            else if (c == ',') Take();
            else if (c == '\n')
            {
                Take();
                if (row.Count > 1 || row[0].Length > 0) yield return [.. row];
                row.Clear();
            }
            else if (c != '\r') value.Append(c);
        }
        if (value.Length == 0 && row.Count == 0) yield break;
        Take();
        yield return [.. row];

        void Take()
        {
            row.Add(value.ToString().Trim());
            value.Clear();
        }
    }
}
