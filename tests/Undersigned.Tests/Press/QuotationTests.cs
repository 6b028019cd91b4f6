using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Retention;
using Undersigned.Tests.Signing;
using static Undersigned.Tests.Harness.StaffBrowser;

namespace Undersigned.Tests.Press;

public sealed class QuotationTests : IAsyncLifetime
{
    private const string Said = "I signed four hundred reports in that office. Nobody ever asked me to sign a different one.";
    private const string Name = "Ottoline Brandt-Okonjo";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EditionStory story = null!;
    private StaffBrowser editor = null!;
    private SignerBrowser signer = null!;
    private long ottoline;

    private string Desk => $"/desk/letters/{story.Letter.LetterId}/quotations";
    private string Own => "/signature/" + story.Letter.App.Get<InstanceKeys>().Token(TokenPurpose.Own, ottoline);

    public async ValueTask InitializeAsync()
    {
        story = await EditionStory.BeginAsync();
        ottoline = await story.Letter.AdmitAsync(Name, "ottoline@post.example");
        await story.Letter.SequenceAsync();
        editor = await story.EnterAsync();
        signer = new SignerBrowser(story.Letter.App);
    }

    public async ValueTask DisposeAsync()
    {
        editor.Dispose();
        signer.Dispose();
        await story.DisposeAsync();
    }

    private Task<AngleSharp.Html.Dom.IHtmlDocument> AskAsync() => PressAsync(("Who", Name), ("Text", $"“{Said}”"), ("Way", "ask"));

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> PressAsync(params (string, string)[] typed) =>
        await editor.PressAsync(await editor.OpenAsync(Desk), "Go on", typed);

    private async Task<string> PublicAsync()
    {
        await story.Letter.App.Get<PublishedLetters>().RefreshAsync(Ct);
        return WebUtility.HtmlDecode(await story.PageAsync("press"));
    }

    [Fact]
    public async Task A_signer_is_asked_by_mail_agrees_on_their_own_page_and_takes_it_back_there()
    {
        Assert.Contains("The signer is asked by mail.", Words((await AskAsync()).Body), StringComparison.Ordinal);
        Assert.DoesNotContain(Said, await PublicAsync(), StringComparison.Ordinal);
        var mail = await story.Letter.App.QueryAsync(db => db.Outbox.SingleAsync(m => m.Kind == MailKind.QuotationAsked, Ct));
        Assert.Equal(ottoline, mail.SignatureId);

        var own = await signer.OpenAsync(Own);
        Assert.Contains(Said, Words(own.QuerySelector("#quotations")), StringComparison.Ordinal);
        // A program that presses every button of a page that a mail leads to agrees to nothing.
        var untouched = await signer.PressAsync(own, "Agree");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, signer.Last.StatusCode);
        Assert.DoesNotContain(Said, await PublicAsync(), StringComparison.Ordinal);
        own = await signer.PressAsync(untouched, "Agree", ("mine", "true"));
        Assert.Contains("You agreed on", Words(own.QuerySelector("#quotations")), StringComparison.Ordinal);

        var page = await ReadAsync(await story.Visitor.GetAsync(new Uri(story.Path + "/press", UriKind.Relative), Ct));
        Assert.Contains(Said, await PublicAsync(), StringComparison.Ordinal);
        page = await ReadAsync(await story.Visitor.GetAsync(new Uri(story.Path + "/press", UriKind.Relative), Ct));
        var quoted = page.QuerySelector("#quotations li")!;
        Assert.Contains(Name, Words(quoted), StringComparison.Ordinal);
        Assert.Contains("Agreed to on their own page", Words(quoted), StringComparison.Ordinal);
        var number = (await story.Letter.SignatureAsync(ottoline)).Number;
        Assert.EndsWith($"/{story.Path}/signatories/{number}", quoted.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);

        await signer.PressAsync(await signer.OpenAsync(Own), "Take this back");
        Assert.DoesNotContain(Said, await PublicAsync(), StringComparison.Ordinal);
        Assert.Contains("taken back", Words((await editor.OpenAsync(Desk)).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_records_an_agreement_and_the_signer_sees_it()
    {
        var day = story.Letter.Now.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var number = (await story.Letter.SignatureAsync(ottoline)).Number!.Value;
        await PressAsync(("Who", $"№ {number}"), ("Text", Said), ("Way", "recorded"), ("Note", "By telephone, to Hyacinth"), ("Day", day));
        var shown = await PublicAsync();
        Assert.Contains(Said, shown, StringComparison.Ordinal);
        Assert.Contains("as the maintainers recorded", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("telephone, to Hyacinth", shown, StringComparison.Ordinal);
        Assert.Contains("If you did not agree, take it back.", Words((await signer.OpenAsync(Own)).QuerySelector("#quotations")), StringComparison.Ordinal);
        Assert.Contains("By telephone, to Hyacinth", Words((await editor.OpenAsync(Desk)).Body), StringComparison.Ordinal);
        var acts = await story.Letter.App.QueryAsync(db => db.Acts.Where(a => a.What != "look").Select(a => a.What).ToListAsync(Ct));
        Assert.Equal(["record-quotation"], acts);
        await editor.PressAsync(await editor.OpenAsync(Desk), "Take it back");
        Assert.DoesNotContain(Said, await PublicAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_withdraws_is_quoted_no_more_and_who_erases_leaves_no_word_behind()
    {
        await PressAsync(("Who", Name), ("Text", Said), ("Way", "recorded"), ("Note", "In writing"), ("Day", "2026-01-01"));
        Assert.Contains(Said, await PublicAsync(), StringComparison.Ordinal);
        await story.Letter.WithdrawAsync(ottoline);
        await story.Letter.SequenceAsync();
        Assert.DoesNotContain(Said, await PublicAsync(), StringComparison.Ordinal);
        Assert.Contains("does not stand on the list", Words((await editor.OpenAsync(Desk)).Body), StringComparison.Ordinal);
        Assert.Contains(Said, await EveryTable.DumpAsync(story.Letter.App), StringComparison.Ordinal);
        await story.Letter.EraseAsync(ottoline);
        await story.Letter.SequenceAsync();
        Assert.DoesNotContain(Said, await EveryTable.DumpAsync(story.Letter.App), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_is_taken_back_is_not_mailed_any_more()
    {
        await AskAsync();
        await story.Letter.App.QueryAsync(db => db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MailState.Waiting), Ct));
        await editor.PressAsync(await editor.OpenAsync(Desk), "Take it back");
        var mail = await story.Letter.App.QueryAsync(db => db.Outbox.SingleAsync(m => m.Kind == MailKind.QuotationAsked, Ct));
        Assert.NotEqual(MailState.Waiting, mail.State);
        Assert.Null((await signer.OpenAsync(Own)).QuerySelector("#quotations"));
    }

    [Theory]
    [InlineData("Nobody Atall", Said, "ask", "", "", "Nobody of the number or name “Nobody Atall” stands on the list.")]
    [InlineData("", Said, "ask", "", "", "Whose words are they?")]
    [InlineData(Name, " “” ", "ask", "", "", "Which words shall be quoted?")]
    [InlineData("Bo Ekelund", Said, "ask", "", "", "We have no address of this signer to ask at.")]
    [InlineData(Name, Said, "recorded", "", "2026-01-01", "How did they agree?")]
    [InlineData(Name, Said, "recorded", "By letter", "yesterday", "On which day?")]
    [InlineData(Name, Said, "recorded", "By letter", "2126-01-01", "1 January 2126 is still to come.")]
    public async Task What_is_missing_or_wrong_is_said_and_what_was_typed_is_kept(string who, string text, string way, string note, string day, string says)
    {
        var page = await PressAsync(("Who", who), ("Text", text), ("Way", way), ("Note", note), ("Day", day));
        Assert.Contains(says, Words(page.Body), StringComparison.Ordinal);
        Assert.Equal((who, day), (page.QuerySelector("#Who")!.GetAttribute("value") ?? "", page.QuerySelector("#Day")!.GetAttribute("value") ?? ""));
        Assert.Equal(0, await story.Letter.App.QueryAsync(db => db.Quotations.CountAsync(Ct)));
    }

    [Fact]
    public async Task Of_two_of_one_name_the_number_is_asked_for()
    {
        await story.Letter.AdmitAsync(Name);
        await story.Letter.SequenceAsync();
        Assert.Contains("More than one signer is called", Words((await AskAsync()).Body), StringComparison.Ordinal);
    }
}
