using System.Text;
using Undersigned.Data;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>
/// The last head signed for each log, in files outside the database, so that a database restored from a backup cannot make this
/// instance sign a second history. One file a log, named after
/// the letter's slug and a short digest of the origin, such as signed/inspectors.5d1f0c3a:
/// <code>
/// letters.example/letters/inspectors/log
/// 1202
/// q0Vb7mZx1hTn3yUo4cWJk8sE2rLdFgAIpX5NvQeKt9Y=
/// </code>
/// </summary>
internal sealed class SignedHeads(Instance instance)
{
    private string Folder => Path.Combine(instance.DataFolder, "signed");

    private string FileOf(string origin) =>
        Path.Combine(Folder, $"{Origin.Parse(origin).Slug}.{Hash.OfBytes(Encoding.UTF8.GetBytes(origin)).ToHex()[..8]}");

    /// <summary>Null where nothing was signed yet.</summary>
    /// <exception cref="LogFormatException">The file holds something else.</exception>
    public Checkpoint? Last(string origin)
    {
        var file = FileOf(origin);
        return File.Exists(file) ? Checkpoint.Parse(File.ReadAllText(file, Encoding.UTF8)) : null;
    }

    /// <summary>
    /// Keeps a head, durably, before it is signed. If we crash after it, the same head is signed at the next start; if it were kept
    /// later, a crash between could let a restored database sign another.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is smaller than the last one, or of the same size with another root.</exception>
    public void Keep(Checkpoint head)
    {
        if (Last(head.Origin) is { } last)
        {
            if (head == last)
                return;
            if (head.Size <= last.Size)
                throw new InvalidOperationException($"{head.Origin}: size {head.Size} must not be signed after {last.Size}.");
        }
        PrivateFiles.CreateFolder(Folder);
        PrivateFiles.Write(FileOf(head.Origin), Encoding.UTF8.GetBytes(head.Text));
    }
}
