namespace Undersigned.Model;

public enum InquiryKind
{
    /// <summary>"This is not me": sent about a line from a confirmed address.</summary>
    NotMe,
    /// <summary>"This is wrong".</summary>
    Wrong,
    /// <summary>A reply to a mail of the letter.</summary>
    Reply,
    /// <summary>A signer's withdrawal, one of many from their domain within an hour: a person does it.</summary>
    Withdrawal,
    /// <summary>Likewise, the wish that everything be erased.</summary>
    Erasure,
    /// <summary>Likewise, "This was not me" of somebody who has not confirmed.</summary>
    Objection,
}

public enum InquiryState
{
    /// <summary>The address is not confirmed.</summary>
    Submitted,
    /// <summary>Waits for staff, with a promised time.</summary>
    Waiting,
    Answered,
    Expired,
}

public enum InquiryOutcome
{
    Stands,
    Corrected,
    Removed,
    Withdrawn,
    Passed,
    /// <summary>Answered, and about no line that anybody found.</summary>
    Replied,
}

/// <summary>Somebody wrote about a line, or answered a mail: one inbox of requests.</summary>
public sealed class Inquiry : SealedRow
{
    public const int LongestText = 4_000;
    /// <summary>So many withdrawals or objections from one domain in an hour are done at once; those after them wait for a person.</summary>
    public const int MostAtOnce = 5;
    public static readonly TimeSpan AtOnceWithin = TimeSpan.FromHours(1);

    public long Id { get; set; }
    /// <summary>The line it is about; null for a reply that belongs to none.</summary>
    public long? SignatureId { get; set; }
    public InquiryKind Kind { get; set; }
    public InquiryState State { get; set; }
    /// <summary>Keyed tag of the sender's address within the letter: one report a line and address.</summary>
    public byte[]? AddressTag { get; set; }
    public string EmailDomain { get; set; } = "";
    public DateTimeOffset SubmittedAt { get; set; }
    /// <summary>What the page spoke on which it was sent; null for a reply.</summary>
    public string? Language { get; set; }
    public int CodeRound { get; set; }
    public int CodeTries { get; set; }
    public DateTimeOffset? CodeExpiresAt { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
    /// <summary>Until when an answer is promised.</summary>
    public DateTimeOffset? DueAt { get; set; }
    /// <summary>SHA-256 of a reply's Message-ID, so that it is taken once.</summary>
    public byte[]? MessageHash { get; set; }
    public InquiryOutcome? Outcome { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public long? AnsweredBy { get; set; }
    /// <summary>What the answer did to the line, so that it can be undone.</summary>
    public long? BulkActId { get; set; }

    /// <summary>Somebody wrote about a line, from whatever address: what is counted publicly.</summary>
    public bool IsReport => Kind is InquiryKind.NotMe or InquiryKind.Wrong;
    /// <summary>Done by the signer with their own link, and only held.</summary>
    public bool IsOwnAct => Kind is InquiryKind.Withdrawal or InquiryKind.Erasure or InquiryKind.Objection;

    /// <summary>Destroys what was written; and who wrote it, unless an answer is still owed. That there was one, and what came of it, stays.</summary>
    public void EndKeeping()
    {
        (Text, Answer) = ("", null);
        if (State == InquiryState.Waiting)
            return;
        (Email, EmailDomain, AddressTag, MessageHash) = (null, "", null, null);
    }

    /// <summary>What was never confirmed, or waited until nothing is kept any more, is forgotten whole; it counts nowhere.</summary>
    public void Forget()
    {
        State = InquiryState.Expired;
        EndKeeping();
    }

    public string? Email { get => Secret("email"); set => Secret("email", value); }
    public string Text { get => Secret("text") ?? ""; set => Secret("text", value.Length == 0 ? null : value); }
    /// <summary>What staff wrote back.</summary>
    public string? Answer { get => Secret("answer"); set => Secret("answer", value); }
}

/// <summary>What became of the reports about a letter's lines, as its public pages print it.</summary>
public sealed record ReportCounts(int Open = 0, int Answered = 0, int Corrected = 0, int Removed = 0)
{
    public int All => Open + Answered + Corrected + Removed;
}
