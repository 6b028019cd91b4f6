namespace Undersigned.Model;

public sealed partial class Signature
{
    /// <summary>Destroys the person's data in this row; dates, states and the number stay, so that counts still add up.</summary>
    public void Forget(SignatureState to, DateTimeOffset now)
    {
        State = to;
        StateAt = now;
        Name = FoldedName = "";
        Posts = [];
        ReviewReasons = [];
        Location = Email = EmailDomain = Telephone = Place = Note = null;
        KeepInformed = PressMayCall = false;
        NetworkTag = null;
        AddressTag = null;
        FormNonce = null;
        CodeRound++;
    }
}
