using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.SignatoryList;

namespace Undersigned.Exports;

/// <summary>JSON: the whole of what the API gives in pages, and the same in the words of schema.org.</summary>
public sealed partial class ListExport
{
    /// <summary>What is written leaves after so many lines.</summary>
    private const int FlushEvery = 200;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task WriteJsonAsync(ExportedList list, PipeWriter to, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(to, Plain);
        var letter = list.Letter;
        json.WriteStartObject();
        json.WriteString("origin", letter.Origin);
        json.WriteString("title", letter.Words.Title);
        json.WriteString("state", letter.Letter.State.ToString().ToLowerInvariant());
        json.WriteString("time", Printed.Machine(letter.At.EntryAt));
        json.WriteNumber("treeSize", letter.Size);
        json.WriteString("root", letter.Fingerprint);
        json.WriteNumber("standing", letter.Counts.Standing);
        json.WriteNumber("withheld", letter.Counts.Withheld);
        json.WriteStartObject("byLevel");
        foreach (var (level, count) in letter.Counts.ByLevel)
            json.WriteNumber(level, count);
        json.WriteEndObject();
        if (list.Edition is { } edition)
            json.WriteNumber("edition", edition);
        if (list.NotShown > 0)
            json.WriteNumber("notShown", list.NotShown);
        json.WriteString("order", list.List.Order);
        json.WriteBoolean("complete", list.IsComplete);
        await WriteEachAsync(json, to, "signatories", list, line => JsonSerializer.Serialize(json, SignatoryEntry.Of(line), Shown), WriteWithheld, cancellation);

        void WriteWithheld()
        {
            json.WriteStartObject();
            json.WriteString("name", NameWithheld);
            json.WriteEndObject();
        }
    }

    private static readonly JsonSerializerOptions Shown = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>schema.org: the list as an ItemList of persons about the letter, a CreativeWork.</summary>
    public async Task WriteLinkedAsync(ExportedList list, PipeWriter to, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(to, Plain);
        var (letter, page) = (list.Letter, instance.UrlOf($"/letters/{list.Letter.Letter.Slug}"));
        json.WriteStartObject();
        json.WriteString("@context", "https://schema.org");
        json.WriteString("@type", "ItemList");
        json.WriteString("@id", instance.UrlOf("/" + list.List.Address()));
        json.WriteString("name", letter.Words.Title);
        json.WriteNumber("numberOfItems", letter.Counts.Standing);
        json.WriteString("itemListOrder", "https://schema.org/ItemListOrderAscending");
        WriteLetter(json, letter, page);
        json.WriteStartArray("identifier");
        WriteProperty(json, "time", Printed.Machine(letter.At.EntryAt));
        WriteProperty(json, "treeSize", Digits(letter.Size));
        WriteProperty(json, "root", letter.Fingerprint);
        if (list.Edition is { } edition)
            WriteProperty(json, "edition", Digits(edition));
        json.WriteEndArray();
        var position = 0;
        await WriteEachAsync(json, to, "itemListElement", list, line => WriteItem(() => WritePerson(json, line, page)), () => WriteItem(() => json.WriteString("name", NameWithheld)), cancellation);

        void WriteItem(Action person)
        {
            json.WriteStartObject();
            json.WriteString("@type", "ListItem");
            json.WriteNumber("position", ++position);
            json.WriteStartObject("item");
            json.WriteString("@type", "Person");
            person();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteLetter(Utf8JsonWriter json, PublishedLetter letter, string page)
    {
        json.WriteStartObject("about");
        json.WriteString("@type", "CreativeWork");
        json.WriteString("@id", page);
        json.WriteString("headline", letter.Words.Title);
        json.WriteString("inLanguage", letter.Words.Language);
        json.WriteString("datePublished", Printed.Machine(letter.OpenedAt));
        json.WriteString("dateModified", Printed.Machine(letter.At.EntryAt));
        json.WriteStartObject("maintainer");
        json.WriteString("@type", "Organization");
        json.WriteString("name", letter.Words.Organiser);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("@type", "PropertyValue");
        json.WriteString("propertyID", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    // An office is a role with its years, since most signatories held theirs long ago.
    private static void WritePerson(Utf8JsonWriter json, RollLine line, string page)
    {
        var shown = line.Shown;
        json.WriteString("@id", $"{page}/signatories/{Digits(line.Number)}");
        json.WriteString("name", shown.Name);
        Write(json, "address", shown.Location);
        var offices = ListedPosts.Of(shown, 0, 0).ToList();
        if (offices.Count == 0)
            return;
        json.WriteStartArray("affiliation");
        foreach (var office in offices)
        {
            json.WriteStartObject();
            json.WriteString("@type", "OrganizationRole");
            Write(json, "roleName", office.Position);
            Write(json, "startDate", office.FromYear is { } from ? Digits(from) : null);
            Write(json, "endDate", office.ToYear is { } to ? Digits(to) : null);
            if (office.Organization is { } organization)
            {
                json.WriteStartObject("affiliation");
                json.WriteString("@type", "Organization");
                json.WriteString("name", organization);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private async Task WriteEachAsync(Utf8JsonWriter json, PipeWriter to, string name, ExportedList list, Action<RollLine> write, Action writeWithheld, CancellationToken cancellation)
    {
        json.WriteStartArray(name);
        var written = 0;
        await foreach (var line in query.EachAsync(list.List, cancellation))
        {
            write(line);
            if (++written % FlushEvery == 0)
                await FlushAsync();
        }
        for (var i = 0; i < list.Withheld; i++)
            writeWithheld();
        json.WriteEndArray();
        json.WriteEndObject();
        await FlushAsync();

        async Task FlushAsync()
        {
            await json.FlushAsync(cancellation);
            await to.FlushAsync(cancellation);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
