using System.Globalization;
using MimeKit;
using MimeKit.Text;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Mail;

/// <summary>
/// Decides what a queued mail says, when it is written, and writes it. Here alone a new address and one that has signed
/// already part ways: forms and pages treat both alike.
/// </summary>
public sealed class MailWriter(Instance instance, InstanceKeys keys, TimeProvider time)
{
    internal InstanceKeys Keys => keys;

    /// <summary>The message, or null where none may be sent any more.</summary>
    internal MimeMessage? Write(OutboxMail mail, MailFacts facts)
    {
        if (mail.InquiryId is not null)
            return facts.InquiryOf(mail) is { } inquiry ? WriteAbout(mail, inquiry, facts) : null;
        var signature = facts.SignatureOf(mail);
        if (mail.Kind == MailKind.Update)
            return WriteUpdate(mail, signature, facts);
        if (mail.Kind == MailKind.FollowUp)
            return facts.FollowUpOf(mail) is { } followUp ? WriteFollowUp(mail, signature, facts.LetterOf(mail), followUp) : null;
        if (!EmailAddress.TryParse(signature.Email, out var address, out _) || facts.IsBlocked(signature) || facts.IsOverBudget(mail))
            return null;
        return Draft(mail, signature, facts) is { } draft ? Message(mail, draft, address) : null;
    }

    /// <summary>To whoever reported a line or answered a mail. Answers are no part of the budget: each was written by a person.</summary>
    private MimeMessage? WriteAbout(OutboxMail mail, Inquiry inquiry, MailFacts facts)
    {
        if (!EmailAddress.TryParse(inquiry.Email, out var address, out _) || mail.Kind == MailKind.InquiryCode && facts.IsOverBudget(mail))
            return null;
        var (letter, signature, language) = (facts.LetterOf(mail), facts.LineOf(mail), inquiry.Language);
        var draft = mail.Kind switch
        {
            MailKind.InquiryCode when facts.HasReported(inquiry) => Begin(letter, signature, language)
                .Subject("reported-subject").Heading("reported-subject").Paragraph("reported").Paragraph("reported-reply").Foot("report-because"),
            MailKind.InquiryCode => inquiry.State == InquiryState.Submitted ? ReportCode(letter, facts.SignatureOf(mail), inquiry) : null,
            MailKind.InquiryAnswer => inquiry is { State: InquiryState.Answered, Answer: { Length: > 0 } answer }
                ? Begin(letter, signature, language).Subject("answer-subject").Heading("answer-subject").Said(answer).Paragraph("answer-more").Foot(inquiry.IsReport ? "report-because" : inquiry.ConfirmedAt is null ? "wrote-because" : "reply-because")
                : null,
            _ => throw new InvalidOperationException(mail.Kind.ToString()),
        };
        return draft is null ? null : Message(mail, draft, address);
    }

    /// <summary>
    /// Whoever left, or no longer asks for it, gets none. The two headers of RFC 8058 let a mail program end it with one press of its own button.
    /// Updates are no part of the few mails that an address gets about a letter.
    /// </summary>
    private MimeMessage? WriteUpdate(OutboxMail mail, Signature signature, MailFacts facts)
    {
        if (signature is not { State: SignatureState.Listed, KeepInformed: true } || facts.PostOf(mail) is not { LeafIndex: not null } post
            || !EmailAddress.TryParse(signature.Email, out var address, out _) || facts.IsBlocked(signature))
            return null;
        var letter = facts.LetterOf(mail);
        var stop = Page(letter, signature.Language, "/unsubscribe/" + keys.Token(TokenPurpose.Unsubscribe, signature.Id));
        var page = Page(letter, signature.Language, FormattableString.Invariant($"/letters/{letter.Slug}/updates/{post.LeafIndex}"));
        var message = Message(mail, Update(letter, signature, PostWords.Parse(post.Text)).Paragraph("update-where").Link(page).Paragraph("update-stop").Link(stop).Foot("update-because"), address);
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{stop}>");
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        return message;
    }

    /// <summary>Once to each. It ends by one press too (RFC 8058), though no other of its kind comes: also letters to come are meant.</summary>
    private MimeMessage WriteFollowUp(OutboxMail mail, Signature signature, Letter letter, MailFacts.FollowUpFacts facts)
    {
        var stop = Page(letter, signature.Language, "/unsubscribe/" + keys.Token(TokenPurpose.Unsubscribe, signature.Id));
        var draft = FollowUp(letter, signature, facts.Earlier.Title, facts.Words).Paragraph("follow-where")
            .Link(Page(letter, signature.Language, "/follow-up/" + keys.Token(TokenPurpose.FollowUp, signature.Id, (int)letter.Id)))
            .Paragraph("follow-once").Paragraph("follow-stop").Link(stop).Foot("follow-because");
        var message = Message(mail, draft, facts.Address);
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{stop}>");
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        return message;
    }

    /// <summary>As its readers will get it: to whoever writes it, or to look at.</summary>
    internal MimeMessage WriteFollowUpTest(Letter letter, string earlier, string words, string name, EmailAddress to) => Message(
        FormattableString.Invariant($"test-{letter.Id}-{time.GetUtcNow().UtcTicks}"), FollowUpSample(letter, earlier, words, name), to);

    public string FollowUpText(Letter letter, string earlier, string words, string name) => FollowUpSample(letter, earlier, words, name).ToBody().ToText();

    private MailDraft FollowUpSample(Letter letter, string earlier, string words, string name) =>
        FollowUp(letter, new Signature { Name = name }, earlier, words).Paragraph("follow-test").Paragraph("follow-once").Foot("follow-because");

    private MailDraft FollowUp(Letter letter, Signature signature, string earlier, string words) => Begin(letter, signature, signature.Language, earlier: earlier)
        .Subject("follow-subject").Heading("follow-heading")
        .Paragraph("dear").Paragraph("follow-why")
        .Written(words)
        .Name("follow-line", pencil: true);

    /// <summary>The same mail for whoever writes it, before it is published: where it has links, it says so.</summary>
    internal MimeMessage WriteTest(Letter letter, PostWords words, string name, EmailAddress to)
    {
        var draft = Update(letter, new Signature { Name = name }, words).Paragraph("update-test").Foot("update-test-because");
        return Message(FormattableString.Invariant($"test-{letter.Id}-{time.GetUtcNow().UtcTicks}"), draft, to);
    }

    private MailDraft Update(Letter letter, Signature signature, PostWords words) => Begin(letter, signature, signature.Language, update: OneLine(words.Title))
        .Subject("update-subject").Heading("update-heading")
        .Paragraph("dear").Paragraph("update-why")
        .Written(words.Body);

    private MailDraft ReportCode(Letter letter, Signature signature, Inquiry inquiry)
    {
        var digits = keys.InquiryCode(inquiry.Id, inquiry.CodeRound).Insert(3, " ");
        return Begin(letter, signature, inquiry.Language, digits)
            .Subject("report-subject").Heading("report-heading")
            .Paragraph("report-why")
            .Paragraph("confirm-digits").Digits(digits)
            .Paragraph("report-where")
            .Link(Page(letter, inquiry.Language, "/report/" + keys.Token(TokenPurpose.Inquiry, inquiry.Id)))
            .Paragraph("confirm-lasts")
            .Paragraph("report-not-you", lead: "not-you")
            .Foot("report-because");
    }

    private MailDraft? Draft(OutboxMail mail, Signature signature, MailFacts facts)
    {
        var letter = facts.LetterOf(mail);
        var own = signature.State is SignatureState.Submitted or SignatureState.Expired or SignatureState.Erased ? null : signature;
        return mail.Kind switch
        {
            MailKind.Confirmation when facts.CountingOf(signature) is { } counting => Already(letter, counting, signature.Language),
            MailKind.Confirmation => signature.State == SignatureState.Submitted ? Confirmation(letter, signature) : null,
            MailKind.Listed => own is { State: SignatureState.Listed, Number: not null } ? Listed(letter, own) : null,
            MailKind.Imported => own is { State: SignatureState.Admitted or SignatureState.Listed } ? Imported(letter, own) : null,
            MailKind.MoreAsked => own is { State: SignatureState.InReview } ? MoreAsked(letter, own) : null,
            MailKind.QuotationAsked => own is { State: SignatureState.Admitted or SignatureState.Listed } ? QuotationAsked(letter, own) : null,
            MailKind.OwnPage => own is null ? null : OwnPage(letter, own),
            MailKind.Decided => own is null || facts.IsOvertaken(mail) || DecisionOf(mail, letter, own, facts) is not { } decision ? null : Decided(letter, own, decision),
            MailKind.Confirmed => own is not null && IsWaiting(own) ? Confirmed(letter, own) : null,
            _ => throw new InvalidOperationException(mail.Kind.ToString()),
        };
    }

    private MailDraft Confirmation(Letter letter, Signature signature)
    {
        var digits = keys.Code(signature.Id, signature.CodeRound).Insert(3, " ");
        return Begin(letter, signature, signature.Language, digits)
            .Subject("confirm-subject").Heading("confirm-heading")
            .Paragraph("dear").Paragraph("confirm-why")
            .Name("confirm-pencil", pencil: true)
            .Paragraph("confirm-digits").Digits(digits)
            .Paragraph("confirm-where")
            .Link(Page(letter, signature.Language, "/confirm/" + keys.Token(TokenPurpose.Confirm, signature.Id)))
            .Paragraph("confirm-lasts")
            .Paragraph("confirm-not-you", lead: "not-you")
            .Foot("confirm-because");
    }

    // To whoever signs again, in the language in which they do.
    private MailDraft Already(Letter letter, Signature counting, string? language) => OwnPageLink(letter, counting, language, Begin(letter, counting, language)
        .Subject("already-subject").Heading("already-subject")
        .Paragraph("dear").Paragraph("already-why")
        .Name(Standing(counting, "already-waits"), pencil: counting.State != SignatureState.Listed)
        .Paragraph("already-where"))
        .Paragraph("keep-link")
        .Paragraph("already-not-you", lead: "not-you")
        .Foot("already-because");

    private MailDraft Listed(Letter letter, Signature signature) => OwnPageLink(letter, signature, signature.Language, Begin(letter, signature, signature.Language)
        .Subject("listed-subject").Heading("listed-heading")
        .Paragraph("dear").Paragraph("listed-why")
        .Name("stands", pencil: false)
        .Paragraph("listed-where"))
        .Paragraph("keep-link")
        .Paragraph("listed-receipt")
        .Foot("listed-because");

    private MailDraft Imported(Letter letter, Signature signature) => OwnPageLink(letter, signature, signature.Language, Begin(letter, signature, signature.Language)
        .Subject("imported-subject").Heading("imported-heading")
        .Paragraph("dear").Paragraph("imported-why")
        .Name(Standing(signature, "imported-waits"), pencil: signature.ConfirmedAt is null)
        .Paragraph("imported-where"))
        .Paragraph("imported-opening")
        .Paragraph("keep-link")
        .Foot("imported-because");

    private MailDraft OwnPage(Letter letter, Signature signature) => OwnPageLink(letter, signature, signature.Language, Begin(letter, signature, signature.Language)
        .Subject("own-page-subject").Heading("own-page-heading")
        .Paragraph("dear").Paragraph("own-page-why")
        .Name(Standing(signature, IsWaiting(signature) ? "already-waits" : "own-page-waits"), pencil: signature.State != SignatureState.Listed)
        .Paragraph("own-page-where"))
        .Paragraph("keep-link")
        .Paragraph("own-page-not-you", lead: "not-you")
        .Foot("own-page-because");

    /// <summary>What there is to tell by now: the middle of the keys of its texts. Null where the decision was undone before it was mailed.</summary>
    private static string? DecisionOf(OutboxMail mail, Letter letter, Signature signature, MailFacts facts) => signature.State switch
    {
        SignatureState.Declined => "declined",
        SignatureState.Removed => "removed",
        SignatureState.Withdrawn => null,
        _ when facts.IsRefusedCorrection(mail) => "correction",
        SignatureState.Listed => facts.WasTold(mail) ? "again" : null,
        SignatureState.InReview when signature.Number is not null => "aside",
        _ => signature.Number is null && letter.State == LetterState.Closed ? "closed" : null,
    };

    private MailDraft Decided(Letter letter, Signature signature, string decision) => OwnPageLink(letter, signature, signature.Language, Begin(letter, signature, signature.Language)
        .Subject("decided-subject").Heading("decided-heading")
        .Paragraph("dear").Paragraph("decided-why-" + decision)
        .Name(decision is "declined" or "removed" or "closed" ? "decided-" + decision : Standing(signature, "already-waits"), pencil: signature.State != SignatureState.Listed)
        .Paragraph("decided-where"))
        .Paragraph("keep-link")
        .Paragraph("decided-ask")
        .Foot("listed-because");

    private MailDraft Confirmed(Letter letter, Signature signature) => OwnPageLink(letter, signature, signature.Language, Begin(letter, signature, signature.Language)
        .Subject("confirmed-subject").Heading("confirmed-heading")
        .Paragraph("dear").Paragraph("confirmed-why")
        .Name(signature.State != SignatureState.Admitted ? "already-waits" : letter.IsPublic ? "confirmed-held" : "confirmed-gathered", pencil: true)
        .Paragraph("confirmed-where"))
        .Paragraph("keep-link")
        .Paragraph("confirmed-next")
        .Foot("listed-because");

    private MailDraft MoreAsked(Letter letter, Signature signature) => OwnPageLink(letter, signature, signature.Language, Begin(letter, signature, signature.Language)
        .Subject("more-subject").Heading("more-heading")
        .Paragraph("dear").Paragraph("more-why")
        .Name("already-waits", pencil: true)
        .Paragraph("more-where"))
        .Paragraph("more-nothing")
        .Foot("listed-because");

    private MailDraft QuotationAsked(Letter letter, Signature signature) => OwnPageLink(letter, signature, signature.Language, Begin(letter, signature, signature.Language)
        .Subject("quotation-subject").Heading("quotation-subject")
        .Paragraph("dear").Paragraph("quotation-why")
        .Name(Standing(signature, "already-waits"), pencil: signature.State != SignatureState.Listed)
        .Paragraph("quotation-where"))
        .Paragraph("quotation-nothing")
        .Paragraph("keep-link")
        .Foot("quotation-because");

    private static string Standing(Signature signature, string otherwise) =>
        signature is not { State: SignatureState.Listed, Number: not null } ? otherwise
        : signature.Source == SignatureSource.Import && signature.ConfirmedAt is null ? "imported-stands" : "stands";

    private static bool IsWaiting(Signature signature) =>
        signature.State is SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted;

    private MailDraft OwnPageLink(Letter letter, Signature signature, string? language, MailDraft draft) =>
        draft.Link(Page(letter, language, "/signature/" + keys.Token(TokenPurpose.Own, signature.Id)));

    /// <summary>A page in the mail's language; where that and the letter's are English, its plain address.</summary>
    private string Page(Letter letter, string? language, string path)
    {
        var (mail, page) = (Tongue.Of(language ?? letter.Language), Tongue.Of(letter.Language));
        return instance.UrlOf(mail == Tongue.English && page == Tongue.English ? path : $"/{mail}{path}");
    }

    private MailDraft Begin(Letter letter, Signature? signature, string? language, string? digits = null, string update = "", string earlier = "")
    {
        var texts = MailTexts.In(language ?? letter.Language);
        var values = new Dictionary<string, string>
        {
            ["name"] = signature?.Name ?? "",
            ["title"] = OneLine(letter.Title),
            ["number"] = signature?.Number is { } number ? Tongue.In(texts.Language, () => Printed.Number(number)) : "",
            ["update"] = update,
            ["earlier"] = OneLine(earlier),
            ["organiser"] = OneLine(letter.Organiser),
            ["reason"] = texts.Say("reason-" + (signature?.ToldReason ?? "other"), new Dictionary<string, string>(), straight: false),
            ["hours"] = letter.PromiseHours.ToString(CultureInfo.InvariantCulture),
        };
        if (digits is not null)
            values["code"] = digits;
        string[] foot = [letter.Organiser, .. letter.Imprint.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), instance.PublicUrl.Authority];
        return new MailDraft(texts, values, foot) { From = OneLine(letter.Organiser) };
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // The same for each try of one mail: where a crash repeats it, mailboxes that look at the id show it once.
    private MimeMessage Message(OutboxMail mail, MailDraft draft, EmailAddress to) => Message(keys.Token(TokenPurpose.Message, mail.Id), draft, to);

    private MimeMessage Message(string id, MailDraft draft, EmailAddress to)
    {
        var body = draft.ToBody();
        var message = new MimeMessage
        {
            Subject = draft.SubjectLine,
            Date = time.GetUtcNow(),
            MessageId = $"{id}@{instance.PublicUrl.IdnHost}",
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = body.ToText() },
                new TextPart(TextFormat.Html) { Text = body.ToHtml() }),
        };
        message.From.Add(new MailboxAddress(draft.From, instance.MailFrom));
        message.To.Add(new MailboxAddress("", to.ToString()));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, body.Language);
        return message;
    }
}
