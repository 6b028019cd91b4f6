using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Data;

public sealed class SealTests
{
    private const string Address = "ottoline@post.example";

    private static readonly Seal Ours = new(Key(1));

    private static byte[] Key(byte fill) => [.. Enumerable.Repeat(fill, 32)];

    [Fact]
    public void What_was_sealed_opens_in_its_place_and_nowhere_else()
    {
        var plain = "a telephone"u8.ToArray();
        var bytes = Ours.Close(plain, "Signature/1");

        Assert.Equal(plain, Ours.Open(bytes, "Signature/1"));
        Assert.ThrowsAny<CryptographicException>(() => Ours.Open(bytes, "Signature/2"));
        Assert.ThrowsAny<CryptographicException>(() => Ours.Open(bytes, "Inquiry/1"));
        Assert.ThrowsAny<CryptographicException>(() => new Seal(Key(2)).Open(bytes, "Signature/1"));
    }

    [Fact]
    public void A_seal_of_which_any_byte_was_changed_or_lost_does_not_open()
    {
        var bytes = Ours.Close("a note"u8.ToArray(), "Signature/1");
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => Ours.Open(changed, "Signature/1"));
            Assert.ThrowsAny<CryptographicException>(() => Ours.Open(bytes[..i], "Signature/1"));
        }
    }

    [Fact]
    public void The_same_words_are_sealed_under_another_data_key_each_time()
    {
        var (one, other) = (Ours.Close("a note"u8.ToArray(), "Signature/1"), Ours.Close("a note"u8.ToArray(), "Signature/1"));
        Assert.False(one.AsSpan(1).IndexOf(other.AsSpan(13, 16)) >= 0);
    }

    [Fact]
    public async Task The_database_tells_nobody_s_address_and_the_desk_reads_it()
    {
        await using var app = await TestApp.StartAsync();
        var id = await app.QueryAsync(db => AddAsync(db, Address));
        var row = await app.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(s => s.Id == id));

        Assert.Equal((Address, "On leave until May."), (row.Email, row.Note));
        Assert.DoesNotContain("ottoline", Encoding.Latin1.GetString(row.Sealed!), StringComparison.OrdinalIgnoreCase);
        if (TestEngine.IsPostgres)
            return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(app.Instance.DataFolder, "undersigned.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain(Address, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_save_seals_what_changed_and_leaves_the_rest_as_it_was()
    {
        await using var app = await TestApp.StartAsync();
        var id = await app.QueryAsync(db => AddAsync(db, Address));
        var first = await SealedOfAsync(app, id);

        await app.QueryAsync(async db =>
        {
            (await db.Signatures.SingleAsync(s => s.Id == id)).Name = "Ottoline Brandt";
            return await db.SaveChangesAsync();
        });
        Assert.Equal(first, await SealedOfAsync(app, id));

        await app.QueryAsync(async db =>
        {
            (await db.Signatures.SingleAsync(s => s.Id == id)).Note = null;
            return await db.SaveChangesAsync();
        });
        Assert.NotEqual(first, await SealedOfAsync(app, id));
        Assert.Equal(Address, await app.QueryAsync(async db => (await db.Signatures.SingleAsync(s => s.Id == id)).Email));

        await app.QueryAsync(async db =>
        {
            (await db.Signatures.SingleAsync(s => s.Id == id)).Forget(SignatureState.Erased, DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync();
        });
        Assert.Null(await SealedOfAsync(app, id));
    }

    private static Task<byte[]?> SealedOfAsync(TestApp app, long id) =>
        app.QueryAsync(db => db.Signatures.AsNoTracking().Where(s => s.Id == id).Select(s => s.Sealed).SingleAsync());

    private static async Task<long> AddAsync(UndersignedDb db, string address)
    {
        var now = DateTimeOffset.UtcNow;
        var letter = new Letter { Slug = "sealed", CreatedAt = now };
        db.Letters.Add(letter);
        await db.SaveChangesAsync();
        var signature = new Signature
        {
            LetterId = letter.Id,
            Name = "Ottoline Brandt-Okonjo",
            SubmittedAt = now,
            CodeExpiresAt = now + Signature.CodeLifetime,
            Email = address,
            Note = "On leave until May.",
        };
        db.Signatures.Add(signature);
        await db.SaveChangesAsync();
        return signature.Id;
    }
}
