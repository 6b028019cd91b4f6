using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>An uploaded file in pieces in the database, each sealed, so that every server reads it and no disk holds it plain.</summary>
public static class SheetParts
{
    internal const int PartSize = 256 * 1024;

    /// <summary>Inside the caller's transaction.</summary>
    public static async Task WritePartsAsync(this UndersignedDb db, SheetImport import, Stream file, CancellationToken cancellation)
    {
        file.Position = 0;
        var buffer = new byte[PartSize];
        for (var number = 0; await file.ReadAtLeastAsync(buffer, PartSize, throwOnEndOfStream: false, cancellation) is var length and > 0; number++)
        {
            var part = new SheetPart { ImportId = import.Id, Number = number, Content = db.SealKey.Close(buffer[..length], Context(import, number)) };
            db.SheetParts.Add(part);
            await db.SaveChangesAsync(cancellation);
            db.Entry(part).State = EntityState.Detached;
        }
    }

    /// <summary>Reads through the context as it is read itself; one piece is in memory at a time.</summary>
    public static Stream OpenParts(this UndersignedDb db, SheetImport import) => new PartsStream(db, import);

    /// <summary>What is left of a sheet: the file and its first rows, and what is said of the rows that were not taken.</summary>
    public static async Task ForgetSheetAsync(this UndersignedDb db, SheetImport import, bool withFaults, CancellationToken cancellation)
    {
        import.First = [];
        await db.SheetParts.Where(p => p.ImportId == import.Id).ExecuteDeleteAsync(cancellation);
        if (withFaults)
            await db.SheetFaults.Where(f => f.ImportId == import.Id).ExecuteDeleteAsync(cancellation);
    }

    internal static string Context(SheetImport import, int number) => $"SheetPart/{import.LetterId}/{import.Id}/{number}";
}

/// <summary>The pieces as one file.</summary>
internal sealed class PartsStream(UndersignedDb db, SheetImport import) : Stream
{
    private byte[] part = [];
    private int number = -1;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => import.Length;
    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (Position >= Length || buffer.Length == 0)
            return 0;
        Load((int)(Position / SheetParts.PartSize));
        var from = (int)(Position % SheetParts.PartSize);
        var read = Math.Min(buffer.Length, part.Length - from);
        part.AsSpan(from, read).CopyTo(buffer);
        Position += read;
        return read;
    }

    private void Load(int wanted)
    {
        if (wanted == number)
            return;
        var content = db.SheetParts.AsNoTracking().Where(p => p.ImportId == import.Id && p.Number == wanted).Select(p => p.Content).SingleOrDefault()
            ?? throw new UnreadableSheetException("The sheet is gone. Upload it again.");
        (part, number) = (db.SealKey.Open(content, SheetParts.Context(import, wanted)), wanted);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var to = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? Position : Length);
        return Position = to >= 0 ? to : throw new IOException("Before the beginning of the file.");
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
