namespace Undersigned.Model;

/// <summary>asked → agreed or declined; what was agreed to may be taken back by either side. Only what is agreed to is ever public.</summary>
public enum QuotationState { Asked, Agreed, Declined, TakenBack }

public enum AgreementHow
{
    /// <summary>The signer agreed on their own page.</summary>
    OwnPage,
    /// <summary>An editor wrote down that they agreed, how and when.</summary>
    Recorded,
}

/// <summary>Words of a signer that the press may print with their name and line, once they have agreed to it.</summary>
public sealed class Quotation : SealedRow
{
    public const int Longest = 600;

    public long Id { get; set; }
    public long SignatureId { get; set; }
    public QuotationState State { get; set; }
    public DateTimeOffset StateAt { get; set; }
    public long AskedBy { get; set; }
    public DateTimeOffset AskedAt { get; set; }
    public AgreementHow? AgreedHow { get; set; }
    /// <summary>On their own page the moment; as recorded, the day that was given.</summary>
    public DateTimeOffset? AgreedAt { get; set; }

    public string Text { get => Secret("text") ?? ""; set => Secret("text", value); }
    /// <summary>How they agreed, in the editor's words: for the desk alone.</summary>
    public string? Note { get => Secret("note"); set => Secret("note", value); }

    /// <summary>The signer's own answer; nothing where the question is gone.</summary>
    public void Answer(bool agrees, DateTimeOffset now)
    {
        if (State == QuotationState.Asked && agrees)
            (State, StateAt, AgreedHow, AgreedAt) = (QuotationState.Agreed, now, AgreementHow.OwnPage, now);
        else if (State is QuotationState.Asked or QuotationState.Agreed && !agrees)
            (State, StateAt) = (State == QuotationState.Asked ? QuotationState.Declined : QuotationState.TakenBack, now);
    }
}
