using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Changes what is shown of a signature, wherever it is on its way.</summary>
public static class Amendment
{
    /// <summary>
    /// One that stands is amended. One that was let in and is not listed yet is let in anew with its new words: its place in the line is
    /// taken back, so that a sequencer which has read the old words fails its step and reads again. The caller saves.
    /// </summary>
    public static async Task AmendAnywhereAsync(this UndersignedDb db, Signature signature, string reason, DateTimeOffset now, CancellationToken cancellation)
    {
        if (signature.State == SignatureState.Admitted)
        {
            await db.LeaveAsync(signature, SignatureState.Confirmed, null, now, cancellation);
            db.Admit(signature, now);
        }
        db.Amend(signature, reason, now);
    }
}
