namespace Undersigned.Model;

/// <summary>Years of service; <see cref="To"/> is absent while it goes on.</summary>
public readonly record struct YearSpan(int From, int? To)
{
    /// <summary>What cannot be so in the year <paramref name="thisYear"/>.</summary>
    public YearsProblem Problem(int thisYear)
    {
        if (To < From)
            return YearsProblem.LastBeforeFirst;
        if (From > thisYear || To > thisYear)
            return YearsProblem.InTheFuture;
        return From < thisYear - 100 ? YearsProblem.TooLongAgo : YearsProblem.None;
    }
}

public enum YearsProblem { None, LastBeforeFirst, InTheFuture, TooLongAgo }

/// <summary>One office a signer held, as they gave it: "AUSA, SDNY 1994–2003".</summary>
public sealed record Post(string? Position, string? Organization, YearSpan? Years);
