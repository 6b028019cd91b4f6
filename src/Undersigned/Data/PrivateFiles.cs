namespace Undersigned.Data;

/// <summary>Files and folders that only the owner may read.</summary>
public static class PrivateFiles
{
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Durable when it returns: written beside, flushed to disk, renamed into place.</summary>
    public static void Write(string file, ReadOnlySpan<byte> bytes)
    {
        var beside = file + ".new";
        File.Delete(beside);
        WriteNew(beside, bytes);
        File.Move(beside, file, overwrite: true);
    }

    /// <exception cref="IOException">The file exists.</exception>
    public static void WriteNew(string file, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}
