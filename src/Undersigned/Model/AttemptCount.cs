namespace Undersigned.Model;

/// <summary>How many forms or codes of one network, address, domain or letter one server has counted in one minute.</summary>
public sealed class AttemptCount
{
    /// <summary>Keyed hash of what was counted; it tells nothing without the instance's key.</summary>
    public required byte[] Key { get; set; }
    /// <summary>A random number of the process that counted.</summary>
    public long Server { get; set; }
    /// <summary>Minutes since 1970.</summary>
    public long Minute { get; set; }
    public int Number { get; set; }
    /// <summary>What ten minutes usually bring to that server.</summary>
    public double Usual { get; set; }
}
