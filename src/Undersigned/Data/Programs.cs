namespace Undersigned.Data;

/// <summary>Programs of the host that are used where they are there.</summary>
public static class Programs
{
    public static string? Chromium() => Find("chromium") ?? Find("chromium-browser") ?? Find("google-chrome");

    /// <summary>Where a program lies: at its path, or by its name on PATH; null where there is none.</summary>
    public static string? Find(string program) =>
        program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? File.Exists(program) ? Path.GetFullPath(program) : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
