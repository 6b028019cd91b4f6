using System.Globalization;
using System.Net;
using Undersigned.Demo;

namespace Undersigned.Weekend;

/// <summary>Somebody who signs, at a browser without JavaScript: opens the form, looks at the line, sends it, reads the mail, types six digits.</summary>
internal sealed class Signer(HttpClient http, SmtpInbox inbox, Person person)
{
    public Person Person => person;

    /// <summary>Path of their own page; null until they have confirmed.</summary>
    public string? OwnPage { get; private set; }

    /// <summary>What the page said where the site did not take them.</summary>
    public string? Refused { get; private set; }

    /// <param name="letter">Path of the letter, or of its private link.</param>
    public async Task SignAsync(string letter)
    {
        var form = await OpenAsync(letter + "/sign");
        var seen = await SendAsync(form, "form.signing", ("Form.Name", person.Name), ("Form.Email", person.Email), ("Form.Served", person.Served), ("preview", "1"));
        var sent = await SendAsync(seen, "form.signing", ("Form.Agree", "true"));
        if (sent.Find("input[name=code]") is null)
            Refused = $"{sent.Status}: {sent.Words}";
        else if (!person.NeverConfirms)
            await ConfirmAsync(sent);
    }

    private async Task ConfirmAsync(WebPage tab)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var mail = await inbox.WaitAsync(person.Email, 1, patience.Token);
        var own = await SendAsync(tab, "input[name=code]", ("code", mail.Code ?? throw new InvalidOperationException("A mail came without digits.")));
        if (own.Url.AbsolutePath.StartsWith("/signature/", StringComparison.Ordinal))
            OwnPage = own.Url.AbsolutePath;
        else
            Refused = $"{own.Status}: {own.Words}";
    }

    /// <summary>Mends the mistake on their own page.</summary>
    public async Task CorrectAsync()
    {
        var line = await OpenAsync(OwnPage + "/line");
        var seen = await SendAsync(line, "form.signing", ("Form.Rows[0].Position", person.Right!.Split(',')[0]), ("preview", "1"));
        await SendAsync(seen, "form.signing");
    }

    /// <summary>Writes to the desk, from the line on the public list, what should stand there; and types the six digits that come.</summary>
    public async Task ReportAsync()
    {
        var listed = (await LookAsync()).Find("a[href*='/signatories/']")!.GetAttribute("href")!;
        var mails = inbox.To(person.Email).Count;
        var form = await OpenAsync(new Uri(http.BaseAddress!, listed).AbsolutePath + "/report");
        var sent = await SendAsync(form, "textarea[name=Text]", ("Kind", "Wrong"), ("Email", person.Email),
            ("Text", $"There is a mistake in my position. It should be “{person.Right!.Split(',')[0]}”. Thank you!"));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        // The mail that says where the line stands may come in between.
        string? code;
        do
            code = (await inbox.WaitAsync(person.Email, ++mails, patience.Token)).Code;
        while (code is null);
        await SendAsync(sent, "input[name=code]", ("code", code));
    }

    /// <summary>Their own page as it is now.</summary>
    public Task<WebPage> LookAsync() => OpenAsync(OwnPage ?? throw new InvalidOperationException("Not confirmed."));

    public async Task<WebPage> OpenAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await AskAsync(request);
    }

    public async Task<WebPage> SendAsync(WebPage page, string selector, params (string Name, string Value)[] fields)
    {
        var (action, filled) = page.Fill(selector, fields);
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(filled) };
        request.Headers.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return await AskAsync(request);
    }

    // Most come from a network of their own, as the proxy before the program says; one in five shares that of an office.
    private async Task<WebPage> AskAsync(HttpRequestMessage request)
    {
        var n = person.Number;
        request.Headers.Add("X-Forwarded-For", n % 5 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"10.200.{n / 5 % 40}.{n % 200 + 1}")
            : string.Create(CultureInfo.InvariantCulture, $"10.{n / 250 % 200}.{n % 250}.7"));
        var answer = await http.SendAsync(request);
        if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            throw new InvalidOperationException($"A signer was answered {(int)answer.StatusCode}.");
        return await WebPage.ReadAsync(answer);
    }
}
