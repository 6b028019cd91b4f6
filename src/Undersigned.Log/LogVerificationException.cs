namespace Undersigned.Log;

/// <summary>What was read is well formed, or absent, but is not what a signature or a hash says it must be.</summary>
public sealed class LogVerificationException : Exception
{
    /// <summary>Says where the check failed, what was expected there and what was found.</summary>
    public LogVerificationException(string where, string expected, string found)
        : base($"{where}: expected {expected}, found {found}")
    {
        Where = where;
        Expected = expected;
        Found = found;
    }

    /// <summary>A path relative to the log, or <c>entry N</c>.</summary>
    public string Where { get; }

    /// <summary>What the check needs.</summary>
    public string Expected { get; }

    /// <summary>What there was.</summary>
    public string Found { get; }
}
