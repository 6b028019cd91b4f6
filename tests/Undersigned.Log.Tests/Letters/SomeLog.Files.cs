using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Undersigned.Log.Letters;

namespace Undersigned.Log.Tests.Letters;

// The log as the files that a server, or a copy on any host, serves.
public sealed partial class SomeLog
{
    private static readonly byte[] Seed = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static NoteSigner Signer { get; } = LogKey.LetterKey(Seed, Origin);

    public static NoteSigner Witness(int number) => new($"witness.example/w{number}", Enumerable.Repeat((byte)(100 + number), 32).ToArray());

    /// <summary>The ends of batches.</summary>
    public IEnumerable<int> PublishedSizes => Enumerable.Range(1, Size).Where(size => size == Size || Times[size] != Times[size - 1]);

    public bool OmitsSuperseded { get; set; }

    /// <summary>Entries whose opening is shown although it must not be.</summary>
    public HashSet<int> AlsoOffered { get; } = [];

    public string CheckpointText(int size) => new Checkpoint(Origin, size, RootAt(size)).Text;

    /// <summary>All files below the log's address, by path.</summary>
    public Dictionary<string, byte[]> Files()
    {
        var files = new Dictionary<string, byte[]> { ["key"] = Encoding.UTF8.GetBytes($"{Signer.VerifierKey}\n") };
        foreach (var size in PublishedSizes) AddTree(files, size);
        files["checkpoint"] = files[$"checkpoints/{Size}"];
        for (var bundle = 0; bundle * 256 < Size; bundle++) files[RecordsPage.PathOf(bundle)] = Records(bundle, Size);
        foreach (var (hash, document) in Texts) files[$"texts/{Convert.ToHexStringLower(Convert.FromBase64String(hash))}"] = document;
        return files;
    }

    private void AddTree(Dictionary<string, byte[]> files, int size)
    {
        files[string.Create(CultureInfo.InvariantCulture, $"checkpoints/{size}")] = Encoding.UTF8.GetBytes(Signer.Sign(CheckpointText(size)));
        foreach (var bundle in EntryBundle.ForSize(size))
            files[bundle.Path] = EntryBundle.Encode(Entries.Skip((int)bundle.Index * 256).Take(bundle.Width).Select(entry => (ReadOnlyMemory<byte>)entry));
        foreach (var (tile, bytes) in TreeEdge.Empty.Append([.. Entries.Take(size).Select(entry => (ReadOnlyMemory<byte>)entry)]).Tiles) files[tile.Path] = bytes;
    }

    /// <summary>The openings of a bundle, as a server shows them at a size; which is the end of the log, or a page of another size.</summary>
    public byte[] Records(int bundle, long size)
    {
        var lines = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{{\"size\":{size}}}\n");
        foreach (var (entry, opening) in Openings.Where(opening => opening.Key / 256 == bundle && IsOffered(opening.Key, opening.Value)).OrderBy(opening => opening.Key))
            lines.Append(JsonSerializer.Serialize(new { index = entry, salt = Convert.ToBase64String(opening.Salt), record = opening.Record }, Relaxed)).Append('\n');
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private bool IsOffered(int entry, SomeOpening opening)
    {
        if (AlsoOffered.Contains(entry)) return true;
        var who = signatories[opening.Signatory - 1];
        if (!who.Stands || opening.Erased) return false;
        return who.Current == entry || (!OmitsSuperseded && !opening.Withheld && !who.Withheld);
    }

    public string RootPrefix => RootAt(Size).ToHex()[..16];

    private string Shown(int signatory) => JsonDocument.Parse(Openings[signatories[signatory].Current].Record).RootElement.GetProperty("name").GetString()!;

    /// <summary>The letter's answer, <c>/letters/waterways.json</c>.</summary>
    public string LetterJson()
    {
        var levels = signatories.Where(who => who.Stands).GroupBy(who => who.Level).ToDictionary(level => level.Key, level => level.Count());
        return JsonSerializer.Serialize(
            new { origin = Origin, title = "Open the waterways", state = "open", time = "2026-03-01T09:00:00Z", treeSize = Size, root = RootPrefix, standing, withheld, byLevel = levels }, Relaxed);
    }

    /// <summary>A page of the list as JSON, whole or its first lines.</summary>
    public string ListJson(int? lines = null, string? next = null)
    {
        var all = signatories.Select((who, i) => (who, i)).Where(line => line.who.Stands).Select(line => line.who.Withheld
            ? new Dictionary<string, object> { ["signatory"] = line.i + 1 }
            : new Dictionary<string, object> { ["signatory"] = line.i + 1, ["name"] = Shown(line.i) });
        var answer = new Dictionary<string, object>
        {
            ["origin"] = Origin,
            ["time"] = "2026-03-01T09:00:00Z",
            ["treeSize"] = Size,
            ["root"] = RootPrefix,
            ["standing"] = standing,
            ["withheld"] = withheld,
            ["complete"] = lines is null,
            ["signatories"] = all.Take(lines ?? int.MaxValue),
        };
        if (next is not null) answer["next"] = next;
        return JsonSerializer.Serialize(answer, Relaxed);
    }

    /// <summary>The whole list as a page.</summary>
    public string ListHtml()
    {
        var html = new StringBuilder("<!doctype html><html lang=en><head><title>a <b data-undersigned-tree-size=1></title><script>var a = \"<i data-undersigned-tree-size='1'>\";</script></head><body>\n<!-- <p data-undersigned-tree-size=\"7\"> -->");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"number\" data-undersigned-tree-size=\"{Size}\" data-undersigned-root={RootPrefix} DATA-undersigned-time='2026-03-01T09:00:00Z'\n data-undersigned-standing = \"{standing}\" data-undersigned-withheld=\"{withheld}\">1 &lt; 2</p>\n<ol data-undersigned-list=\"complete\">");
        for (var i = 0; i < signatories.Count; i++)
        {
            if (!signatories[i].Stands) continue;
            html.Append(CultureInfo.InvariantCulture, $"<li id=s-{i + 1} data-undersigned-signatory=\"{i + 1}\"");
            if (!signatories[i].Withheld) html.Append(CultureInfo.InvariantCulture, $" data-undersigned-name=\"{WebUtility.HtmlEncode(Shown(i))}\"");
            html.Append("><b>x</b></li>");
        }
        return html.Append("</ol></body></html>").ToString();
    }
}
