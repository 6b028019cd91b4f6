using System.Globalization;

namespace Undersigned.Linkage;

/// <summary>Two lines and how probable it is that they are one person. Not for a screen: that shows <see cref="Match.Text"/>.</summary>
/// <param name="First">The lower number.</param>
/// <param name="Second">The higher number.</param>
/// <param name="Bits">log2 of the odds: 0 is even, each bit doubles them.</param>
/// <param name="Probability">The same as a number from 0 to 1.</param>
public readonly record struct ScoredPair(long First, long Second, double Bits, double Probability);

/// <summary>Where a pair stands to the two bars.</summary>
public enum Standing
{
    /// <summary>Not worth a look.</summary>
    Below,

    /// <summary>Worth a look.</summary>
    Review,

    /// <summary>To be shown first.</summary>
    Likely,
}

/// <summary>Two lines that may be one person, with the reasons.</summary>
/// <param name="First">The lower number.</param>
/// <param name="Second">The higher number.</param>
/// <param name="Bits">log2 of the odds.</param>
/// <param name="Probability">From 0 to 1; never for a screen by itself.</param>
public sealed record Match(long First, long Second, double Bits, double Probability)
{
    /// <summary>Against the bars of the index's options.</summary>
    public Standing Standing { get; init; }

    /// <summary>
    /// One line is less well proven than the other and writes from another address: somebody may be using a name, which is another
    /// question than whether a person stands there twice.
    /// </summary>
    public bool MayBeImpersonation { get; init; }

    /// <summary>What speaks for it, then what against, the heaviest first; at most four in all.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>One sentence: "Probably the same person (19 in 20)."</summary>
    public string Sum(CultureInfo? culture = null) => ReasonTexts.Sum(this, culture);

    /// <summary>The sum and the reasons as one short paragraph.</summary>
    public string Text(CultureInfo? culture = null) => ReasonTexts.Paragraph(this, culture);

    internal static double ProbabilityOf(double bits) => 1 / (1 + Math.Pow(2, -bits));
}

/// <summary>How much a reason weighs.</summary>
public enum Strength
{
    /// <summary>One to four bits.</summary>
    Some,

    /// <summary>Four to eight bits.</summary>
    Clear,

    /// <summary>Eight bits and more.</summary>
    Strong,
}

/// <summary>One reason for or against, as a code with what it speaks of; the text is in the resources, so that it can be translated.</summary>
/// <param name="Code">Such as "family-same"; the key of its text.</param>
/// <param name="Strength">How much it weighs.</param>
/// <param name="For">Whether it speaks for one person.</param>
/// <param name="Arguments">What the text's placeholders stand for.</param>
public sealed record Reason(string Code, Strength Strength, bool For, IReadOnlyList<string> Arguments)
{
    /// <summary>The reason in words: "the same family name, Quillfeather, which is rare (strong)".</summary>
    public string Text(CultureInfo? culture = null) => ReasonTexts.Of(this, culture);
}
