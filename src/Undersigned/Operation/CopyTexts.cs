using System.Globalization;
using System.Resources;

namespace Undersigned.Operation;

/// <summary>The texts of CopyTexts.resx, in the current tongue: the verbs run without a container that would hand them out.</summary>
internal static class CopyTexts
{
    private static readonly ResourceManager Texts = new(typeof(CopyTexts));

    public static string Of(string name) => Texts.GetString(name, CultureInfo.CurrentUICulture)!;
}
