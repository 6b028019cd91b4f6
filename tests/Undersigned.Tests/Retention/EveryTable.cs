using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Retention;

/// <summary>Every row of every table as text, with what is sealed opened: to ask whether somebody is still in there.</summary>
internal static class EveryTable
{
    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<string> DumpAsync(TestApp app)
    {
        var text = new StringBuilder();
        await app.QueryAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var connection = db.Database.GetDbConnection();
            foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().Order(StringComparer.Ordinal))
                await DumpAsync(connection, table, text);
            foreach (var row in (await db.Signatures.AsNoTracking().ToListAsync()).Cast<SealedRow>()
                .Concat(await db.Evidence.AsNoTracking().ToListAsync()).Concat(await db.Inquiries.AsNoTracking().ToListAsync()).Concat(await db.Quotations.AsNoTracking().ToListAsync()).Concat(await db.BulkActItems.AsNoTracking().ToListAsync())
                .Concat(await db.SampledLines.AsNoTracking().ToListAsync()))
                text.AppendLine(System.Text.Json.JsonSerializer.Serialize(row, row.GetType(), Readable));
            return 0;
        });
        return text.ToString();
    }

    private static async Task DumpAsync(DbConnection connection, string table, StringBuilder text)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of our own tables.
        command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            for (var i = 0; i < reader.FieldCount; i++)
                text.Append(table).Append('.').Append(reader.GetName(i)).Append(" = ")
                    .AppendLine(reader.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : reader.GetValue(i).ToString());
    }
}
