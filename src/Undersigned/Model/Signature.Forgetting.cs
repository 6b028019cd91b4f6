namespace Undersigned.Model;

public sealed partial class Signature
{
    /// <summary>
    /// The letter's time of keeping is over: what only the desk knew is destroyed. A line that stands stays as the public has it, and
    /// address and name of whoever asked to be kept informed stay too.
    /// </summary>
    public void EndKeeping()
    {
        Telephone = Place = Note = null;
        PressMayCall = false;
        NetworkTag = null;
        FormNonce = null;
        if (!KeepInformed || State != SignatureState.Listed)
        {
            KeepInformed = false;
            Email = EmailDomain = null;
            AddressTag = null;
        }
        if (State == SignatureState.Listed)
            return;
        Name = FoldedName = "";
        Posts = [];
        Location = null;
    }

    /// <summary>Destroys the person's data in this row; dates, states and the number stay, so that counts still add up.</summary>
    public void Forget(SignatureState to, DateTimeOffset now)
    {
        State = to;
        StateAt = now;
        Name = FoldedName = "";
        Posts = [];
        ReviewReasons = [];
        Location = Email = EmailDomain = Telephone = Place = Note = Language = null;
        KeepInformed = PressMayCall = false;
        NetworkTag = null;
        AddressTag = null;
        FormNonce = null;
        CodeRound++;
    }
}
