using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>A letter's state as the desk says it.</summary>
public static class LifeWords
{
    public static string Name(Letter letter) => letter.State switch
    {
        LetterState.Draft => "Draft",
        LetterState.Private => "Private",
        LetterState.Published => "Open",
        LetterState.Closing => "Closing",
        _ => "Closed",
    };

    /// <summary>Class of the mark beside the word.</summary>
    public static string Tone(Letter letter) => letter.State switch
    {
        LetterState.Published => "sound",
        LetterState.Private or LetterState.Closing => "heed",
        _ => "idle",
    };

    /// <summary>What it means for people outside.</summary>
    public static string Meaning(Letter letter) => letter.State switch
    {
        LetterState.Draft => "Only the desk sees it.",
        LetterState.Private => "Whoever has the private link can read and sign it. Nothing is public.",
        LetterState.Published => "Everybody can read and sign it.",
        LetterState.Closing => "Everybody can read it. Nobody new can sign; those that wait are still decided.",
        _ => "Everybody can read it. The list is final.",
    };
}
