using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>Arguments that cannot be used (exit status 2): what is wrong, and what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Arguments that name a file, an address or a key.</summary>
internal static class Usage
{
    private const int MaxFileBytes = 64 << 20;

    /// <summary>An address of the web, without its query and final slash.</summary>
    internal static Uri Address(string text) =>
        IsAddress(text, out var address)
            ? new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/'))
            : throw new UsageException($"'{text}' is not an address. An address begins with https:// or http://, such as https://letters.example.org/letters/waterways");

    internal static bool IsAddress(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) && address.Host.Length > 0;

    internal static byte[] Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes) throw new UsageException($"{path} is too large to be what it is given as");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{path} cannot be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.GetType().Name)}");
        }
    }

    /// <summary>A letter's verifier key, given as such or in a file.</summary>
    internal static VerifierKey Key(string text)
    {
        if (!VerifierKey.TryParse(text, out var key) && !VerifierKey.TryParse(System.Text.Encoding.UTF8.GetString(Read(text)).TrimEnd(), out key))
            throw new UsageException($"--key: {text} holds no verifier key. One looks like letters.example.org/letters/waterways/log+1f2e3d4c+A…");
        return IsLetters(key) ? key : throw new UsageException("--key: this is not the key of a letter's log, whose name ends in /letters/SLUG/log");
    }

    internal static bool IsLetters(VerifierKey key) => key.KeyType == KeyType.Ed25519 && Log.Letters.Origin.TryParse(key.Name, out _);

    internal static TlogPolicy Policy(string path)
    {
        try
        {
            return TlogPolicy.Parse(Read(path));
        }
        catch (LogFormatException e)
        {
            throw new UsageException($"--policy: {path}: {e.Message}");
        }
    }

    internal static string Value(string text) =>
        AuditSample.IsValue(text) ? text : throw new UsageException($"--value: a value is one line of at most {AuditSample.MaxValueBytes} bytes without white space at its ends");

    /// <summary>A program to run, by its path: nothing of it is read as words of a shell.</summary>
    internal static string Hook(string path) =>
        File.Exists(path) ? Path.GetFullPath(path) : throw new UsageException($"--hook: there is no program {path}. Give the path of one file that can be run");

    /// <summary>A checkpoint that was saved before, by itself or in a receipt.</summary>
    internal static SignedNote Old(string path)
    {
        try
        {
            var bytes = Read(path);
            return bytes.AsSpan().StartsWith("c2sp.org/tlog-proof@"u8) ? TlogProof.Parse(bytes).Checkpoint : SignedNote.Parse(bytes);
        }
        catch (LogFormatException e)
        {
            throw new UsageException($"--old: {path} is neither a checkpoint nor a receipt: {e.Message}");
        }
    }
}
