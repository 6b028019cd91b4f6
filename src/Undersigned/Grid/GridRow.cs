using System.Text.Json.Serialization;
using Undersigned.Access;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Grid;

/// <summary>One signature as the sheet shows it; no address. Notes, and who may be called, are for editors: no decision about a name needs them.</summary>
public sealed record GridRow
{
    public required long Id { get; init; }
    public int? Number { get; init; }
    public required string Name { get; init; }
    public required string Position { get; init; }
    public required string Organization { get; init; }
    public required string Years { get; init; }
    public required string Place { get; init; }
    [JsonConverter(typeof(JsonStringEnumConverter<SignatureState>))]
    public required SignatureState State { get; init; }
    public required string Stands { get; init; }
    [JsonConverter(typeof(JsonStringEnumConverter<SignatureLevel>))]
    public required SignatureLevel Level { get; init; }
    public required string Checked { get; init; }
    public required string Domain { get; init; }
    public required string Signed { get; init; }
    public required bool Press { get; init; }
    public required string Note { get; init; }
    /// <summary>Changes with whatever can be written; an edit names the one it was made on.</summary>
    public required string Mark { get; init; }

    public static GridRow Of(Signature s, bool mayEdit) => new()
    {
        Id = s.Id,
        Number = s.Number,
        Name = s.Name,
        Position = GridCells.Text(s, GridColumn.Position),
        Organization = GridCells.Text(s, GridColumn.Organization),
        Years = GridCells.Text(s, GridColumn.Years),
        Place = s.Location ?? "",
        State = s.State,
        Stands = StaffWords.State(s.State),
        Level = s.Level,
        Checked = StaffWords.Level(s.Level),
        Domain = s.EmailDomain ?? "",
        Signed = Printed.Machine(s.SubmittedAt),
        Press = mayEdit && s.PressMayCall,
        Note = mayEdit ? GridCells.Text(s, GridColumn.Note) : "",
        Mark = mayEdit ? GridCells.Mark(s) : "",
    };
}
