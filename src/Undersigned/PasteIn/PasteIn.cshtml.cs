using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>First a reading that changes nothing, then the good lines are taken; what is bad stays in the box.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(LargestBody)]
[RequestFormLimits(ValueLengthLimit = LargestBody, BufferBodyLengthLimit = LargestBody)]
public sealed class PasteInModel(UndersignedDb db, TimeProvider time, PasteCheck check, Taking taking, WorkSignal work) : StaffPage(db, time)
{
    /// <summary>Two million characters as a browser encodes them, where each takes three to nine bytes.</summary>
    private const int LargestBody = 16 * 1024 * 1024;
    public const int GoodLinesShown = 100;
    public const int LongestHow = 300;

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>"imported" or "known".</summary>
    [BindProperty]
    public string Level { get; set; } = "imported";

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? Nonce { get; set; }

    [BindProperty(SupportsGet = true, Name = "undone")]
    public int? Undone { get; set; }

    /// <summary>Decided since, so the undo left them alone.</summary>
    [BindProperty(SupportsGet = true, Name = "kept")]
    public int Kept { get; set; }

    /// <summary>There is nobody else who could look at what is pasted in.</summary>
    public bool IsAlone { get; private set; }

    public PasteRead? Read { get; private set; }
    public Taken? Taken { get; private set; }

    public bool IsOpen => Letter.State is LetterState.Draft or LetterState.Private or LetterState.Published;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        IsAlone = await Db.IsAloneAsync(Letter.Id, AccountId, cancellation);
        Nonce = NewNonce();
        return Page();
    }

    public async Task<IActionResult> OnPostReadingAsync(CancellationToken cancellation)
    {
        IsAlone = await Db.IsAloneAsync(Letter.Id, AccountId, cancellation);
        if (IsTyped())
        {
            Read = await check.ReadAsync(Letter.Id, Text!, cancellation);
            // It says which of the pasted addresses stand already.
            await LookedAtAsync(null, $"{StaffWords.Count(Read.Total, "pasted line", "pasted lines")} compared with the addresses that stand", cancellation);
        }
        Nonce ??= NewNonce();
        return Page();
    }

    public async Task<IActionResult> OnPostTakingAsync(CancellationToken cancellation)
    {
        IsAlone = await Db.IsAloneAsync(Letter.Id, AccountId, cancellation);
        if (!IsTyped() || Nonce is not { Length: 32 })
        {
            Nonce = NewNonce();
            return Page();
        }
        var known = Level == "known" ? How!.Trim() : null;
        Taken = await taking.TakeAsync(Letter.Id, AccountId, Text!, Nonce, known, cancellation);
        work.Poke();
        // The box keeps what is to be mended; it is another form from here on.
        Text = Taken.WasTakenBefore ? "" : Taken.Read.Left;
        Nonce = NewNonce();
        ModelState.Clear();
        return Page();
    }

    /// <summary>Takes back a paste of this letter, whoever did it.</summary>
    public async Task<IActionResult> OnPostUndoAsync(long act, CancellationToken cancellation)
    {
        var letterId = Letter.Id;
        var undone = await Db.UndoBulkAsync(Letter, act, AccountId, Now, cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{letterId}/paste-in?undone={undone.Restored}&kept={undone.Left}");
    }

    private bool IsTyped()
    {
        if (!IsOpen)
            return false;
        if (PasteCheck.Refusal(Text) is { } refusal)
            ModelState.AddModelError(nameof(Text), refusal);
        if (Level == "known" && How?.Trim() is not { Length: > 0 and <= LongestHow })
            ModelState.AddModelError(nameof(How), $"Say how you know these people, in at most {LongestHow} characters.");
        return ModelState.IsValid;
    }

    private static string NewNonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
