namespace Undersigned.Model;

/// <summary>Years of service; <see cref="To"/> is absent while it goes on.</summary>
public readonly record struct YearSpan(int From, int? To);

/// <summary>One office a signer held, as they gave it: "AUSA, SDNY 1994–2003".</summary>
public sealed record Post(string? Position, string? Organization, YearSpan? Years);
