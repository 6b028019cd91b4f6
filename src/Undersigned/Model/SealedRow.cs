using System.Text.Json;

namespace Undersigned.Model;

/// <summary>
/// A row with things that are nobody else's business: they stand in one sealed column, each row under a data key of its own, which is
/// itself sealed by a key outside the database. What is read opens them only when asked; what is saved is sealed in the same save.
/// </summary>
public abstract class SealedRow
{
    private SortedDictionary<string, string>? secrets;
    private Func<byte[], byte[]>? open;
    private bool changed;

    public long LetterId { get; set; }

    /// <summary>The sealed secrets; null where there are none.</summary>
    public byte[]? Sealed { get; set; }

    /// <summary>What the seal is bound to, besides the key: a row's secrets open in no other table and under no other letter.</summary>
    public string SealContext => $"{GetType().Name}/{LetterId}";

    protected string? Secret(string name) => Secrets.GetValueOrDefault(name);

    protected void Secret(string name, string? value)
    {
        if (Secret(name) == value)
            return;
        if (value is null)
            Secrets.Remove(name);
        else
            Secrets[name] = value;
        changed = true;
    }

    private SortedDictionary<string, string> Secrets => secrets ??= Read();

    private SortedDictionary<string, string> Read()
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Sealed is not null)
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string?>>(open is null ? Sealed : open(Sealed))!)
                if (value is not null)
                    read[name] = value;
        return read;
    }

    /// <summary>Called once for each row that is read.</summary>
    public void OpenWith(Func<byte[], byte[]> opening) => open = opening;

    /// <summary>Called before each save. Rows whose secrets did not change keep the bytes they have.</summary>
    public void SealWith(Func<byte[], byte[]> sealing)
    {
        if (!changed)
            return;
        var plain = secrets!.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(secrets);
        Sealed = plain is null ? null : sealing(plain);
        changed = false;
    }

    /// <summary>Takes the secrets as changed, so that the next save seals them under a new key.</summary>
    public void SealAnew()
    {
        _ = Secrets;
        changed = true;
    }
}
