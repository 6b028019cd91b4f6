using System.Text;

namespace Undersigned.Linkage;

/// <summary>Scripts, as far as comparing names must know them.</summary>
internal enum Script : byte
{
    Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Cherokee, Kana, Hangul, Han, Other,
}

internal static class Scripts
{
    public static Script Of(Rune rune) => rune.Value switch
    {
        < 0x370 or (>= 0x1E00 and < 0x1F00) or (>= 0x2C60 and < 0x2C80) or (>= 0xA720 and < 0xA800) or (>= 0xAB30 and < 0xAB70) => Script.Latin,
        < 0x400 or (>= 0x1F00 and < 0x2000) => Script.Greek,
        < 0x530 or (>= 0x1C80 and < 0x1C90) or (>= 0x2DE0 and < 0x2E00) or (>= 0xA640 and < 0xA6A0) => Script.Cyrillic,
        < 0x590 => Script.Armenian,
        < 0x600 or (>= 0xFB1D and < 0xFB50) => Script.Hebrew,
        < 0x700 or (>= 0x750 and < 0x780) or (>= 0x8A0 and < 0x900) or (>= 0xFB50 and < 0xFE00) or (>= 0xFE70 and < 0xFF00) => Script.Arabic,
        (>= 0x13A0 and < 0x1400) or (>= 0xAB70 and < 0xABC0) => Script.Cherokee,
        (>= 0x3040 and < 0x3100) or (>= 0x31F0 and < 0x3200) => Script.Kana,
        (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xD7B0) or (>= 0x3130 and < 0x3190) => Script.Hangul,
        (>= 0x3400 and < 0xA000) or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x32000) => Script.Han,
        _ => Script.Other,
    };
}
