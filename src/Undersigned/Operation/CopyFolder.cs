namespace Undersigned.Operation;

/// <summary>Where a copy goes. An earlier one stays until the new one is whole; what is no copy is never touched.</summary>
internal sealed class CopyFolder
{
    public const string Mark = "copy.json";

    private readonly string folder;

    private CopyFolder(string folder) => this.folder = folder;

    public static CopyFolder Open(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(full) || Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any() && !File.Exists(Path.Combine(full, Mark)))
            throw new UsageException($"{folder} holds something that is no copy of a letter. Give a new folder.");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return new(full);
    }

    /// <summary>An empty folder beside it, on the same disk.</summary>
    public string NewStaging()
    {
        var staging = $"{folder}.making-{Guid.NewGuid():N}";
        Directory.CreateDirectory(staging);
        return staging;
    }

    /// <summary>Puts the new copy in the place of the old. How many files it has.</summary>
    public int Replace(string staging)
    {
        var old = $"{folder}.old-{Guid.NewGuid():N}";
        if (Directory.Exists(folder))
            Directory.Move(folder, old);
        Directory.Move(staging, folder);
        Drop(old);
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count();
    }

    public static void Drop(string staging)
    {
        if (Directory.Exists(staging))
            Directory.Delete(staging, recursive: true);
    }
}
