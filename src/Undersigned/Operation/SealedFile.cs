using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Undersigned.Operation;

/// <summary>
/// A file that opens with a passphrase alone, written and read as a stream. Chunks are sealed one by one and the last is marked, so
/// that none can be changed, moved or cut off unseen (the STREAM construction, as in age):
/// <code>
/// "undersigned backup 1\n" · salt 16 · chunks of ciphertext 65,536 (the last one shorter) and tag 16
/// key = PBKDF2-HMAC-SHA-256(passphrase, salt, 600,000 rounds, 32 bytes), AES-256-GCM
/// nonce of chunk n = n as 11 bytes, big-endian · 1 in the last chunk, else 0
/// </code>
/// </summary>
internal static class SealedFile
{
    public const int Chunk = 65_536;
    public const int Tag = 16;
    private const int Salt = 16;
    private const int Rounds = 600_000;

    private static ReadOnlySpan<byte> Head => "undersigned backup 1\n"u8;

    public static Stream Write(Stream to, string passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(Salt);
        to.Write(Head);
        to.Write(salt);
        return new Sealing(to, Key(passphrase, salt));
    }

    /// <exception cref="InvalidDataException">Not a backup of this program. While reading: another passphrase, or the file was changed or cut off.</exception>
    public static Stream Read(Stream from, string passphrase)
    {
        var begin = new byte[Head.Length + Salt];
        if (from.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) < begin.Length || !begin.AsSpan(0, Head.Length).SequenceEqual(Head))
            throw new InvalidDataException("This file is no backup made by `undersigned backup`.");
        return new Opening(from, Key(passphrase, begin[Head.Length..]));
    }

    private static AesGcm Key(string passphrase, byte[] salt) => new(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Rounds, HashAlgorithmName.SHA256, 32), Tag);

    private static byte[] NonceOf(long chunk, bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), chunk);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }

    private sealed class Sealing(Stream to, AesGcm key) : OneWay
    {
        private readonly byte[] plain = new byte[Chunk];
        private readonly byte[] sealedBytes = new byte[Chunk + Tag];
        private int filled;
        private long chunk;

        public override bool CanWrite => true;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                // A full chunk is kept until it is known that another follows: the last one is marked.
                if (filled == Chunk)
                    Emit(isLast: false);
                var some = Math.Min(buffer.Length, Chunk - filled);
                buffer[..some].CopyTo(plain.AsSpan(filled));
                filled += some;
                buffer = buffer[some..];
            }
        }

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && to.CanWrite)
            {
                Emit(isLast: true);
                to.Flush();
                to.Dispose();
                key.Dispose();
            }
            base.Dispose(disposing);
        }

        private void Emit(bool isLast)
        {
            key.Encrypt(NonceOf(chunk++, isLast), plain.AsSpan(0, filled), sealedBytes.AsSpan(0, filled), sealedBytes.AsSpan(filled, Tag));
            to.Write(sealedBytes.AsSpan(0, filled + Tag));
            filled = 0;
        }
    }

    private sealed class Opening(Stream from, AesGcm key) : OneWay
    {
        private readonly byte[] next = new byte[Chunk + Tag];
        private readonly byte[] plain = new byte[Chunk];
        private int nextLength = -1, length, position;
        private long chunk;
        private bool isOver;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            if (position == length && !Advance())
                return 0;
            var some = Math.Min(buffer.Length, length - position);
            plain.AsSpan(position, some).CopyTo(buffer);
            position += some;
            return some;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                from.Dispose();
                key.Dispose();
            }
            base.Dispose(disposing);
        }

        private bool Advance()
        {
            if (isOver)
                return false;
            var current = new byte[Chunk + Tag];
            var read = nextLength >= 0 ? nextLength : from.ReadAtLeast(next, next.Length, throwOnEndOfStream: false);
            next.CopyTo(current, 0);
            nextLength = read == current.Length ? from.ReadAtLeast(next, next.Length, throwOnEndOfStream: false) : 0;
            isOver = nextLength == 0;
            if (read < Tag)
                throw Changed();
            (position, length) = (0, read - Tag);
            try
            {
                key.Decrypt(NonceOf(chunk++, isOver), current.AsSpan(0, length), current.AsSpan(length, Tag), plain.AsSpan(0, length));
            }
            catch (CryptographicException)
            {
                throw Changed();
            }
            return length > 0 || !isOver && Advance();
        }

        private static InvalidDataException Changed() => new("The passphrase is another, or the file was changed or cut off.");
    }

    /// <summary>What a stream of bytes in one direction does not do.</summary>
    private abstract class OneWay : Stream
    {
        public override bool CanRead => false;
        public override bool CanWrite => false;
        public override bool CanSeek => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
