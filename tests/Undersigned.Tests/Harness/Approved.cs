using System.Runtime.CompilerServices;

namespace Undersigned.Tests.Harness;

/// <summary>
/// Whole outputs that a person approved, as files under Approved/. A test that finds another text writes it beside as NAME.received;
/// whoever agrees with it renames that file.
/// </summary>
internal static class Approved
{
    public static void Check(string name, string text)
    {
        var file = Path.Combine(Folder(), name);
        var approved = File.Exists(file) ? File.ReadAllText(file) : null;
        var received = file + ".received";
        if (approved == text)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, text);
        Assert.Equal(approved ?? $"(nothing is approved as {name} yet)", text);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(here))!, "Approved");
}
