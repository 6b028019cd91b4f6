using System.Globalization;
using System.Text;
using QRCoder;

namespace Undersigned.Accounts;

/// <summary>
/// What an authenticator app needs: the key, as text and as a picture of the otpauth address. <see cref="Draft"/> is what
/// was typed before, sealed, which the form hands back together with the first code.
/// </summary>
public sealed record Authenticator(string Key, string Address, string Draft)
{
    public static Authenticator Of(string key, string issuer, string email, string draft) =>
        new(key, $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(email)}?secret={key}&issuer={Uri.EscapeDataString(issuer)}&digits=6", draft);

    /// <summary>The key in groups of four, as people copy it.</summary>
    public string SpacedKey => string.Join(' ', Key.Chunk(4).Select(c => new string(c))).ToLowerInvariant();

    /// <summary>The path of a QR code's dark modules, one unit a module, with the quiet zone that cameras need.</summary>
    public (int Size, string Path) QrCode()
    {
        using var code = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
            for (var x = 0; x < modules.Count; x++)
                if (modules[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return (modules.Count, path.ToString());
    }
}
