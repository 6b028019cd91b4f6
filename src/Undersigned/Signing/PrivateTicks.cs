using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>The two private ticks, and what goes with the second, as typed. They never leave the desk.</summary>
public sealed class PrivateTicks
{
    public bool KeepInformed { get; set; }
    public bool PressMayCall { get; set; }
    public string? Telephone { get; set; }
    public string? Place { get; set; }

    public static PrivateTicks Of(Signature signature) => new()
    {
        KeepInformed = signature.KeepInformed,
        PressMayCall = signature.PressMayCall,
        Telephone = signature.Telephone,
        Place = signature.Place,
    };

    /// <summary>A number is kept only with the tick that allows calling it.</summary>
    public void PutOn(Signature signature)
    {
        (signature.KeepInformed, signature.PressMayCall) = (KeepInformed, PressMayCall);
        (signature.Telephone, signature.Place) = PressMayCall ? (Tidy(Telephone), Tidy(Place)) : (null, null);
    }

    private static string? Tidy(string? typed) =>
        string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } text ? text : null;
}

/// <summary>For the partial _Ticks.</summary>
/// <param name="Ticks">As typed or kept.</param>
/// <param name="Name">What the names of its fields begin with.</param>
/// <param name="Organiser">Whose desk it is that they never leave.</param>
public sealed record PrivateTicksModel(PrivateTicks Ticks, string Name, string Organiser);
