using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Compares XxxTexts.resx with XxxTexts.es.resx and so on, and says of each difference the file, the line and the key. Compiled by MSBuild for
/// the build that runs it (netstandard 2.0), so that it needs no package and works in a fresh clone.
/// </summary>
public sealed class CompareTexts : Task
{
    [Required]
    public ITaskItem[] Files { get; set; }

    [Required]
    public string Languages { get; set; }

    public override bool Execute()
    {
        var languages = Languages.Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries);
        var there = new HashSet<string>(Files.Select(f => f.GetMetadata("FullPath")));
        foreach (var file in there.OrderBy(f => f, StringComparer.Ordinal))
        {
            var parts = Path.GetFileName(file).Split('.');
            if (parts.Length == 2)
                CompareAll(file, languages, there);
            else if (!languages.Contains(parts[1]) || !there.Contains(Path.Combine(Path.GetDirectoryName(file), parts[0] + ".resx")))
                Log.LogError("Texts", null, null, file, 0, 0, 0, 0, "This file is in no language of the interface, or there is no {0}.resx beside it.", parts[0]);
        }
        return !Log.HasLoggedErrors;
    }

    private void CompareAll(string file, string[] languages, HashSet<string> there)
    {
        var english = Read(file);
        foreach (var language in languages)
        {
            var other = Path.ChangeExtension(file, language + ".resx");
            if (there.Contains(other))
                Compare(file, english, other, Read(other));
            else
                Log.LogError("Texts", null, null, file, 0, 0, 0, 0, "There is no {0}: none of these texts is there in that language.", Path.GetFileName(other));
        }
    }

    private void Compare(string file, Dictionary<string, Entry> english, string other, Dictionary<string, Entry> translated)
    {
        foreach (var pair in english)
        {
            if (!translated.TryGetValue(pair.Key, out var text))
                Wrong(other, 0, pair.Key, "is missing. In English: {0}", pair.Value.Text);
            else if (!Places(text.Text).SetEquals(Places(pair.Value.Text)))
                Wrong(other, text.Line, pair.Key, "must fill the same places as in English: {0}", pair.Value.Text);
        }
        foreach (var pair in translated.Where(p => !english.ContainsKey(p.Key)))
            Wrong(other, pair.Value.Line, pair.Key, "is no text of {0}.", Path.GetFileName(file));
    }

    private Dictionary<string, Entry> Read(string file)
    {
        var entries = new Dictionary<string, Entry>();
        foreach (var data in XDocument.Load(file, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root.Elements("data"))
        {
            var (key, text, line) = ((string)data.Attribute("name"), (string)data.Element("value") ?? "", ((IXmlLineInfo)data).LineNumber);
            if (text.Trim().Length == 0)
                Wrong(file, line, key, "is empty.");
            if (Regex.Replace(text, @"\{\w+\}", "").IndexOfAny(new[] { '{', '}' }) >= 0)
                Wrong(file, line, key, "has a brace that belongs to no place to fill.");
            if (entries.ContainsKey(key))
                Wrong(file, line, key, "is there twice.");
            entries[key] = new Entry(text, line);
        }
        return entries;
    }

    private static HashSet<string> Places(string text) => new HashSet<string>(Regex.Matches(text, @"\{\w+\}").Cast<Match>().Select(m => m.Value));

    private void Wrong(string file, int line, string key, string what, params object[] words) =>
        Log.LogError("Texts", null, null, file, line, 0, 0, 0, "The text '" + key + "' " + string.Format(what, words));

    private sealed class Entry
    {
        public Entry(string text, int line)
        {
            Text = text;
            Line = line;
        }

        public string Text { get; }
        public int Line { get; }
    }
}
