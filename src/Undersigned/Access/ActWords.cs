using System.Globalization;
using Undersigned.Model;

namespace Undersigned.Access;

/// <summary>What staff did, in words. The record keeps the code; a code without words here is shown as its own words.</summary>
public static class ActWords
{
    /// <summary>Before the code of an act that was undone as a whole.</summary>
    private const string Undo = "undo-";

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["account-reset"] = "Took every way in from an account, for a new one",
        ["admission-rules"] = "Set who is let in how",
        ["admit"] = "Let in",
        ["admit-correction"] = "Let a correction in",
        ["ask-for-more"] = "Asked the signer for more",
        ["authenticator-set"] = "Set an authenticator and password",
        ["announce-draw"] = "Announced the draw of a sample",
        ["enter-draw-value"] = "Entered the value that a draw is by",
        ["mark-drawn"] = "Wrote down what was found of a drawn line",
        ["publish-audit"] = "Published the statement about a sample",
        ["give-up-draw"] = "Gave up a draw",
        ["take-sample"] = "Took the drawn lines with their addresses",
        ["backup"] = "Made a backup",
        ["ask-quotation"] = "Asked whether words may be printed",
        ["record-quotation"] = "Wrote down that words may be printed",
        ["take-back-quotation"] = "Took a quotation back",
        ["propose-channels"] = "Proposed where to report",
        ["confirm-channels"] = "Confirmed where to report, as the second owner",
        ["refuse-channels"] = "Refused a proposal of where to report",
        ["take-back-channels"] = "Took back a proposal of where to report",
        ["begin"] = "Began the letter",
        ["publish-translation"] = "Published a translation of the letter",
        ["correct-translation"] = "Corrected a translation of the letter",
        ["clear-roster"] = "Cleared the roster",
        ["close"] = "Closed the letter",
        ["close-signing"] = "Closed signing",
        ["close-signing-at"] = "Set the end of signing",
        ["close-signing-at-cancelled"] = "Cancelled the end of signing",
        ["confirm-by-telephone"] = "Confirmed by telephone",
        ["decline"] = "Declined",
        ["decline-correction"] = "Declined a correction",
        ["different-people"] = "Told apart from somebody of a like name",
        ["edit"] = "Edited",
        ["embargo-copy-made"] = "Made a link to the PDF under embargo",
        ["embargo-copy-off"] = "Switched off a link to the PDF under embargo",
        ["embargo-copy-on"] = "Switched on a link to the PDF under embargo",
        ["fill-down"] = "Filled down",
        ["first-look"] = "Decided as the first of two",
        ["forget"] = "Destroyed personal data, its time being over",
        ["hold"] = "Held",
        ["hold-display"] = "Froze the display",
        ["hold-mail"] = "Held mail",
        ["hold-publishing"] = "Held publishing",
        ["hold-signing"] = "Held signing",
        ["import"] = "Imported a sheet of names",
        ["import-column"] = "Said what the columns of a sheet hold",
        ["import-drop"] = "Put a sheet away",
        ["first-signatory"] = "Put among the first signatories",
        ["first-signatory-moved"] = "Moved among the first signatories",
        ["first-signatory-off"] = "Took off the first signatories",
        ["import-faults"] = "Took the rows of a sheet that were not taken",
        ["import-sheet"] = "Uploaded a sheet of names",
        ["import-stop"] = "Stopped an import",
        ["invitation-accepted"] = "Accepted an invitation",
        ["invitation-cancelled"] = "Cancelled an invitation",
        ["invite"] = "Invited somebody",
        ["lift-display"] = "Let the display go on",
        ["lift-mail"] = "Let mail go on",
        ["lift-publishing"] = "Let publishing go on",
        ["lift-signing"] = "Let signing go on",
        ["list-domain"] = "Listed a domain",
        ["list-order"] = "Chose how the list is sorted",
        ["look"] = "Looked at",
        ["look-again"] = "Set aside for another look",
        ["mark-known"] = "Marked as known",
        ["merge-spellings"] = "Merged spellings",
        ["note"] = "Wrote a note",
        ["other-sessions-ended"] = "Ended the other sessions",
        ["passkey-added"] = "Added a passkey",
        ["passkey-removed"] = "Removed a passkey",
        ["password-changed"] = "Changed the password",
        ["paste"] = "Pasted into the grid",
        ["paste-in"] = "Pasted names in",
        ["publish"] = "Published the letter",
        ["publish-at"] = "Set the time of publication",
        ["publish-at-cancelled"] = "Cancelled the time of publication",
        ["publish-at-missed"] = "Did not publish at the time that was set: something was missing",
        ["recovery-codes-made"] = "Made new recovery codes",
        ["recovery-link"] = "Made a link for somebody to get in again",
        ["reinstate"] = "Put back",
        ["remove"] = "Removed",
        ["reopen"] = "Reopened",
        ["resend"] = "Sent the confirmation mail again",
        ["restore"] = "Restored a backup",
        ["retention"] = "Set how long personal data is kept",
        ["role-changed"] = "Changed the role",
        ["second-look"] = "Decided otherwise than the first of two",
        ["same-person"] = "Found to be one person with another signature",
        ["send-own-page"] = "Sent the link to their own page",
        ["session-ended"] = "Ended a session",
        ["set-aside"] = "Set aside",
        ["spellings-apart"] = "Told spellings apart",
        ["spellings-together"] = "Took back that spellings are different",
        ["set-up"] = "Made the first account",
        ["set-up-again"] = "Made a new way into the account",
        ["sign-in"] = "Signed in",
        ["signed-out-everywhere"] = "Signed out everywhere",
        ["staff-left"] = "Left the letter",
        ["staff-removed"] = "Removed from the letter",
        ["take-back-evidence"] = "Took evidence back",
        ["take-record"] = "Took the record",
        ["take-roster"] = "Took a roster",
        ["take-spreadsheet"] = "Took the spreadsheet",
        ["test-mail"] = "Sent a test mail",
        ["text"] = "Changed the text",
        ["correct-words"] = "Corrected the letter’s words",
        ["token-made"] = "Made a token for programs",
        ["token-read"] = "Read the signatures with a token",
        ["token-revoked"] = "Revoked a token for programs",
        ["undo-glance"] = "Undid the glance",
        ["undo-review"] = "Undid the last decision",
        ["unlist-domain"] = "Took a domain off the list",
        ["watch-names"] = "Changed the prominent names",
        ["answer-request"] = "Answered a request",
        ["undo-answer-request"] = "Took an answer back",
        ["assign-request"] = "Said which line a request is about",
        ["withdraw-for"] = "Withdrew at the signer’s request",
        ["do-held"] = "Did what signers had asked for",
        ["refuse-held"] = "Did not do what seemed to come from signers",
        ["correct"] = "Corrected",
        ["undo-correct"] = "Took a correction back",
        ["undo-remove"] = "Took a removal back",
        ["bulk-remove"] = "Removed or declined, one of many",
        ["undo-bulk-remove"] = "Took back a removal of many",
        ["limits"] = "Changed the limits",
        ["publish-update"] = "Published an update",
        ["publish-response"] = "Published a response of the addressee",
        ["publish-event"] = "Published an event",
        ["publish-delivery"] = "Recorded a delivery",
        ["correct-post"] = "Corrected what stands under the letter",
        ["mail-update"] = "Mailed an update",
        ["pause-mailing"] = "Paused the mailing of an update",
        ["resume-mailing"] = "Let the mailing of an update go on",
        ["begin-follow-up"] = "Began a letter that follows this one",
        ["ask-earlier"] = "Mailed those who stand on the earlier letter",
        ["test-follow-up"] = "Sent a test of the mail to earlier signatories",
        ["pause-follow-up"] = "Paused the mailing to earlier signatories",
        ["resume-follow-up"] = "Went on with the mailing to earlier signatories",
        ["test-update"] = "Sent a test of an update",
        ["webhook-again"] = "Sent a message to a webhook again",
        ["webhook-given-up"] = "Switched a webhook off, since nothing arrived there",
        ["webhook-made"] = "Made a webhook",
        ["webhook-off"] = "Switched a webhook off",
        ["webhook-on"] = "Switched a webhook on",
        ["webhook-removed"] = "Removed a webhook",
        ["webhook-secret"] = "Made a new secret for a webhook",
        ["webhook-test"] = "Sent a test to a webhook",
        ["release-mail"] = "Let mail to a domain go on",
    };

    // Their detail begins with the number of an account.
    private static readonly string[] AboutAnAccount = ["account-reset", "recovery-link", "role-changed", "staff-left", "staff-removed"];

    /// <summary>Acts that belong to an account and to no letter.</summary>
    public static IReadOnlyList<string> OfAccounts { get; } =
        ["authenticator-set", "other-sessions-ended", "passkey-added", "passkey-removed", "password-changed", "recovery-codes-made", "session-ended", "set-up", "set-up-again", "sign-in", "signed-out-everywhere"];

    public static string Of(string code) => Words.TryGetValue(code, out var words) ? words
        : code.StartsWith(Undo, StringComparison.Ordinal) ? $"Undid: {Of(code[Undo.Length..])}"
        : char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');

    /// <summary>Codes whose words hold this text, whatever its case.</summary>
    public static IEnumerable<string> CodesLike(string text, IEnumerable<string> codes) =>
        codes.Where(c => Of(c).Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The account that an act was about, besides whoever acted.</summary>
    public static long? AccountIn(StaffAct act) =>
        AboutAnAccount.Contains(act.What) && long.TryParse(act.Detail?.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>"let in, not yet on the page", "Reviewer"</summary>
    public static string State(string? state) =>
        Enum.TryParse<SignatureState>(state, out var known) ? StaffWords.State(known) : state ?? "";
}
