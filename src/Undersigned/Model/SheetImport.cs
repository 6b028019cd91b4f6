using System.Text.Json;

namespace Undersigned.Model;

public enum ImportState
{
    /// <summary>Uploaded; a person says which column holds what.</summary>
    Mapping,
    /// <summary>Compared row by row with what stands; nothing is changed.</summary>
    Trying,
    /// <summary>It is known what would come of it.</summary>
    Tried,
    Taking,
    Taken,
    Undoing,
    Undone,
    /// <summary>Ended before its end; <see cref="SheetImport.Problem"/> says why.</summary>
    Stopped,
    /// <summary>Put away by a person or by its age, before anything was taken.</summary>
    Dropped,
}

/// <summary>One column of a sheet: what stands over it, and what a person said it holds (a name of SheetField).</summary>
public sealed record ImportColumn(string Heading, string Field);

/// <summary>
/// A sheet of names on its way into the list. A worker reads it; which one, and until when it is believed to be at work, stands here, so
/// that of several servers one works on it, and another goes on where a dead one ended.
/// </summary>
public sealed class SheetImport : SealedRow
{
    public long Id { get; set; }
    public long AccountId { get; set; }
    public DateTimeOffset At { get; set; }
    public ImportState State { get; set; }
    public DateTimeOffset StateAt { get; set; }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; set; }
    /// <summary>A name of an encoding, or "xlsx".</summary>
    public required string Encoding { get; set; }
    /// <summary>What divides the cells; empty in a workbook.</summary>
    public required string Separator { get; set; }
    public bool HasHeadings { get; set; }

    /// <summary>Rows with something in them, besides the headings; known once it was tried.</summary>
    public int Rows { get; set; }
    /// <summary>Of them those that the worker has come past, in the state that it is in.</summary>
    public int RowsDone { get; set; }
    public int Good { get; set; }
    public int Doubled { get; set; }
    public int Unwanted { get; set; }
    public int Wrong { get; set; }
    public int Taken { get; set; }
    public int Restored { get; set; }

    /// <summary>They are let in as "known"; else as "imported".</summary>
    public bool IsKnown { get; set; }
    /// <summary>The act to which everything taken belongs.</summary>
    public long? BulkActId { get; set; }
    public long? UndoneBy { get; set; }
    /// <summary>The undo has come past this signature.</summary>
    public long UndoneUpTo { get; set; }
    /// <summary>Why it stopped, in words for the desk; of a person nothing but the number of a row.</summary>
    public string? Problem { get; set; }

    public string? Worker { get; set; }
    public DateTimeOffset? LeasedUntil { get; set; }

    public string FileName { get => Secret("file") ?? ""; set => Secret("file", value); }
    /// <summary>How they are known.</summary>
    public string? How { get => Secret("how"); set => Secret("how", value); }
    public IReadOnlyList<ImportColumn> Columns { get => Read<ImportColumn>("columns"); set => Secret("columns", JsonSerializer.Serialize(value)); }
    /// <summary>The first rows, to be shown beside the columns; null once the sheet is gone.</summary>
    public IReadOnlyList<IReadOnlyList<string>> First { get => Read<IReadOnlyList<string>>("first"); set => Secret("first", value.Count == 0 ? null : JsonSerializer.Serialize(value)); }

    public bool IsAtWork => State is ImportState.Trying or ImportState.Taking or ImportState.Undoing;

    /// <summary>It has begun to be taken, and there is more in the sheet.</summary>
    public bool CanGoOn => State == ImportState.Stopped && BulkActId is not null && RowsDone < Rows;

    private List<T> Read<T>(string name) => Secret(name) is { } json ? JsonSerializer.Deserialize<List<T>>(json)! : [];
}

/// <summary>A piece of the file as it was uploaded, sealed; gone once everything is taken.</summary>
public sealed class SheetPart
{
    public long ImportId { get; set; }
    public int Number { get; set; }
    public required byte[] Content { get; set; }
}

public enum FaultKind
{
    /// <summary>Stands already, or earlier in the sheet.</summary>
    Doubled,
    /// <summary>Whoever reads the address wants no mail about this letter.</summary>
    Unwanted,
    Wrong,
}

/// <summary>A row that is not taken: as it stood in the sheet, and why.</summary>
public sealed class SheetFault : SealedRow
{
    public long ImportId { get; set; }
    public int RowNumber { get; set; }
    public FaultKind Kind { get; set; }
    public string Why { get => Secret("why") ?? ""; set => Secret("why", value); }
    public IReadOnlyList<string> Cells { get => JsonSerializer.Deserialize<List<string>>(Secret("cells") ?? "[]")!; set => Secret("cells", JsonSerializer.Serialize(value)); }
}
