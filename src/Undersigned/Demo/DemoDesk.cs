using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Undersigned.Model;

namespace Undersigned.Demo;

/// <summary>One of the demo's people at work: opens the pages of the desk as a browser does, and sends their forms.</summary>
internal sealed class DemoDesk : IDisposable
{
    private readonly HttpClient http;
    private readonly DemoStaff who;

    public DemoDesk(Uri site, DemoStaff who)
    {
        http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = site };
        this.who = who;
    }

    /// <summary>One click, as on the page of the demo; nothing where the session still lives.</summary>
    public async Task SignInAsync(CancellationToken cancellation)
    {
        var page = await OpenAsync("demo", cancellation);
        if (page.QuerySelector($"button[name=who][value={who.Key}]") is not null)
            await SendAsync(page, "form[data-sign-in]", [("who", who.Key)], cancellation);
    }

    /// <summary>Makes a link for somebody, who comes and takes the place.</summary>
    public async Task InviteAsync(long letterId, DemoDesk other, CancellationToken cancellation)
    {
        var made = await FillAsync($"desk/letters/{letterId}/people", "form[action$='handler=Invite']", [("role", other.who.Role.ToString())], cancellation);
        var link = new Uri(made.QuerySelector("pre")!.TextContent.Trim());
        await other.SignInAsync(cancellation);
        await other.FillAsync(link.AbsolutePath[1..], "form[action$='handler=Accept']", [], cancellation);
    }

    /// <returns>The letter's id.</returns>
    public async Task<long> BeginLetterAsync(string slug, IReadOnlyDictionary<string, string> text, CancellationToken cancellation)
    {
        var begin = await OpenAsync("desk/letters/new", cancellation);
        var page = await SendAsync(begin, "main form", [("title", text["Form.Title"]), ("organiser", text["Form.Organiser"]), ("slug", slug)], cancellation);
        await SendAsync(page, "form[data-writing]", [.. text.Select(t => (t.Key, t.Value))], cancellation);
        return long.Parse(new Uri(page.Url).Segments[3].TrimEnd('/'), System.Globalization.CultureInfo.InvariantCulture);
    }

    public Task ListDomainAsync(long letterId, ListedDomain domain, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/checks", "form[action$='/checks/domain']",
            [("Domain", domain.Domain), ("Controller", domain.Controller), .. domain.IsAddressee ? [("Addressee", "true")] : Array.Empty<(string, string)>()], cancellation);

    /// <summary>The words that set a line aside, and the names for which two must agree.</summary>
    public async Task SetAdmissionAsync(long letterId, IEnumerable<string> words, IEnumerable<string> prominent, CancellationToken cancellation)
    {
        var path = $"desk/letters/{letterId}/admission";
        await FillAsync(path, $"form[action$='{path}']", [("Form.Words", string.Join('\n', words))], cancellation);
        await FillAsync(path, "form[action$='/admission/names']", [("many", string.Join('\n', prominent))], cancellation);
    }

    /// <summary>Lets in one that was set aside, unless they did so before; where two are needed, as the first or the second of them.</summary>
    public async Task AdmitAsync(long letterId, long signatureId, CancellationToken cancellation)
    {
        await SignInAsync(cancellation);
        var page = await OpenAsync($"desk/letters/{letterId}/review/{signatureId}", cancellation);
        if (page.QuerySelector("form.decide") is not null)
            await SendAsync(page, "form.decide", [], cancellation);
    }

    /// <summary>Says of two who bear this name that they are two, once they have been found; false while they have not.</summary>
    public async Task<bool> TellApartAsync(long letterId, string name, CancellationToken cancellation)
    {
        await SignInAsync(cancellation);
        var page = await OpenAsync($"desk/letters/{letterId}/duplicates", cancellation);
        var pair = page.QuerySelectorAll("section.pairing").FirstOrDefault(s => s.QuerySelectorAll("td").Count(d => d.TextContent.Trim() == name) > 1);
        if (pair?.QuerySelector("input[name=pair]")?.GetAttribute("value") is not { } key)
            return false;
        await SendAsync(page, "form[action$='/duplicates/decisions']", [("told-" + key, "different")], cancellation);
        return true;
    }

    public Task SetErasAsync(long letterId, string lines, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/eras", "main form[method=post]",
            [("Lines", lines), ("One", "administration"), ("Many", "administrations"), ("Group", "party"), ("Groups", "parties")], cancellation);

    /// <summary>Reads the rows first, and takes them.</summary>
    public async Task TakeRosterAsync(long letterId, string rows, CancellationToken cancellation)
    {
        var path = $"desk/letters/{letterId}/roster";
        var read = await FillAsync(path, "form[action$='/reading']", [("Text", rows)], cancellation);
        var form = read.QuerySelector<IHtmlFormElement>("form[action$='/reading']")!;
        form.SetAttribute("action", $"/{path}/taking");
        await SendAsync(form, [], null, cancellation);
    }

    /// <summary>Writes one cell of a line in the grid: "Note", "Position" …</summary>
    public async Task WriteAsync(long letterId, long signatureId, string column, Func<string, string> change, CancellationToken cancellation)
    {
        var page = await OpenAsync($"desk/letters/{letterId}/grid/{signatureId}", cancellation);
        var before = page.QuerySelector<IHtmlInputElement>($"#cell_{column}")!.Value;
        await SendAsync(page, "main form[method=post]", [($"cell[{column}]", change(before))], cancellation);
    }

    public Task PublishEditionAsync(long letterId, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/editions", "section[aria-labelledby=next] form", [], cancellation);

    /// <summary>Asks a signer for leave to have words printed, or writes down how it was given.</summary>
    public Task QuoteAsync(long letterId, string who, string words, string? agreed, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/quotations", "form[action$='/quotations']", [("Who", who), ("Text", words), ("Way", agreed is null ? "ask" : "recorded"), ("Note", agreed ?? "")], cancellation);

    /// <summary>Proposes where to report, all of it checked on this day.</summary>
    public Task ProposeChannelsAsync(long letterId, IEnumerable<(string Name, string Takes, string Protects, string Reach, string Link)> channels, string day, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/where-to-report", "form[action$='/where-to-report']",
            [.. channels.SelectMany((c, i) => new[] { ("Name", c.Name), ("Takes", c.Takes), ("Protects", c.Protects), ("Reach", c.Reach), ("Link", c.Link), ("CheckedOn", day) }.Select(f => ($"Forms[{i}].{f.Item1}", f.Item2)))], cancellation);

    public async Task ConfirmChannelsAsync(long letterId, CancellationToken cancellation)
    {
        await SignInAsync(cancellation);
        await FillAsync($"desk/letters/{letterId}/where-to-report", "form[action$='handler=Confirm']", [], cancellation);
    }

    /// <summary>Publishes an update, a response or an event under the letter.</summary>
    public Task PublishPostAsync(long letterId, PostKind kind, (string Name, string Value)[] fields, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/under-the-letter", $"form:has(input[name='Form.Kind'][value={kind}])", fields, cancellation);

    /// <summary>Announces a draw, by a value that will be known at a moment still to come.</summary>
    public async Task AnnounceDrawAsync(long letterId, int count, string source, DateTimeOffset moment, string reading, CancellationToken cancellation)
    {
        await SignInAsync(cancellation);
        await FillAsync($"desk/letters/{letterId}/sample", "form[action$='handler=Announce']",
            [("Form.Count", count.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Form.Source", source), ("Form.Moment", moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)), ("Form.Reading", reading)], cancellation);
    }

    /// <summary>Takes the value, marks every drawn line, and publishes the statement.</summary>
    public async Task StateAuditAsync(long letterId, string value, Func<int, string> found, string auditor, string remarks, CancellationToken cancellation)
    {
        await SignInAsync(cancellation);
        var page = await FillAsync($"desk/letters/{letterId}/sample", "form[action$='handler=Value']", [("Value", value), ("Again", value)], cancellation);
        var lines = page.QuerySelectorAll("[aria-labelledby=drawn-h] .tasks > li").Length;
        for (var i = 1; i <= lines; i++)
            page = await FillAsync($"desk/letters/{letterId}/sample/lines/{i}", $"form[action$='/sample/lines/{i}']", [("Finding", found(i))], cancellation);
        await SendAsync(page, "form[action$='handler=Publish']", [("Auditor", auditor), ("Remarks", remarks)], cancellation);
    }

    /// <summary>Registers an address that is told what becomes public.</summary>
    public Task MakeWebhookAsync(long letterId, Uri address, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/webhooks", "form[action$='/webhooks']", [("address", address.AbsoluteUri), ("events", "edition.published"), ("events", "post.published"), ("events", "letter.state")], cancellation);

    public Task PublishTranslationAsync(long letterId, DemoTranslation translation, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/translations", "form:has([name='Form.Translator'])",
            [("Form.Language", translation.Language), ("Form.Title", translation.Title), ("Form.Addressees", translation.Addressees), ("Form.Body", translation.Body), ("Form.Demands", string.Join('\n', translation.Demands)), ("Form.Translator", translation.Translator)],
            cancellation);

    public Task MakePrivateLinkAsync(long letterId, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/private-link", "form[action$='handler=Make']", [], cancellation);

    /// <summary>Corrects the letter's text after people have signed it.</summary>
    public Task CorrectAsync(long letterId, string body, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/text/correction", "form[action$='/text/correction']", [("Form.Body", body), ("Reason", "error"), ("SameSense", "true")], cancellation);

    /// <summary>Editions are published by hand as the story goes on.</summary>
    public async Task PublishAsync(long letterId, CancellationToken cancellation)
    {
        var page = await OpenAsync($"desk/letters/{letterId}/publication", cancellation);
        await SendAsync(page.QuerySelector<IHtmlFormElement>("form[action$='handler=Now']")!, [], "Editions", cancellation);
    }

    /// <summary>Reads the lines first, as the page demands, and takes them.</summary>
    /// <returns>The page that says so, with its undo.</returns>
    public async Task<IHtmlDocument> PasteInAsync(long letterId, string lines, CancellationToken cancellation)
    {
        var path = $"desk/letters/{letterId}/paste-in";
        var read = await FillAsync(path, "form[action$='/reading']", [("Text", lines), ("Level", "imported")], cancellation);
        var form = read.QuerySelector<IHtmlFormElement>("form[action$='/reading']")!;
        form.SetAttribute("action", $"/{path}/taking");
        return await SendAsync(form, [], null, cancellation);
    }

    /// <summary>The wrong names: they are taken back at once.</summary>
    public async Task PasteInAndUndoAsync(long letterId, string lines, CancellationToken cancellation) =>
        await SendAsync(await PasteInAsync(letterId, lines, cancellation), "form[action$='/paste-in/undo']", [], cancellation);

    public Task MarkKnownAsync(long letterId, long signatureId, string how, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/signatures/{signatureId}", "form[action$='/known']", [("how", how)], cancellation);

    public Task RemoveAsync(long letterId, long signatureId, string why, CancellationToken cancellation) =>
        FillAsync($"desk/letters/{letterId}/signatures/{signatureId}", "form[action$='/removal']", [("why", why)], cancellation);

    /// <summary>Takes a screen of the glance and lets its lines in, but for those whose name stands in <paramref name="aside"/>.</summary>
    /// <returns>How many lines the screen had.</returns>
    public async Task<int> GlanceAsync(long letterId, IReadOnlySet<string> aside, CancellationToken cancellation)
    {
        var path = $"desk/letters/{letterId}/glance";
        var page = await OpenAsync(path, cancellation);
        if (page.QuerySelector("form[data-glance]") is null && page.QuerySelector($"form[action$='{path}/loan']") is not null)
            page = await SendAsync(page, $"form[action$='{path}/loan']", [], cancellation);
        if (page.QuerySelector<IHtmlFormElement>("form[data-glance]") is not { } form)
            return 0;
        var lines = form.QuerySelectorAll<IHtmlInputElement>("input[name=odd]").ToList();
        var odd = lines.Where(l => aside.Contains(l.Closest("label")!.QuerySelector("bdi")!.TextContent)).Select(l => ("odd", l.Value));
        await SendAsync(form, [.. odd], without: "odd", cancellation);
        return lines.Count;
    }

    private async Task<IHtmlDocument> FillAsync(string path, string form, (string Name, string Value)[] fields, CancellationToken cancellation) =>
        await SendAsync(await OpenAsync(path, cancellation), form, fields, cancellation);

    private async Task<IHtmlDocument> OpenAsync(string path, CancellationToken cancellation) =>
        await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative), cancellation), cancellation);

    private Task<IHtmlDocument> SendAsync(IHtmlDocument page, string form, (string Name, string Value)[] fields, CancellationToken cancellation) =>
        SendAsync(page.QuerySelector<IHtmlFormElement>(form) ?? throw new InvalidOperationException($"“{page.Title}” has no {form}."), fields, null, cancellation);

    /// <summary>Sends a form as it stands, with some fields filled and perhaps one left out.</summary>
    private async Task<IHtmlDocument> SendAsync(IHtmlFormElement form, (string Name, string Value)[] fields, string? without, CancellationToken cancellation)
    {
        var standing = form.Elements.Select(Standing).OfType<KeyValuePair<string, string>>()
            .Where(f => f.Key != without && fields.All(g => g.Name != f.Key));
        using var content = new FormUrlEncodedContent([.. standing, .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        var page = new Uri(form.Owner!.Url);
        return await ReadAsync(await http.PostAsync(new Uri(page, form.GetAttribute("action") ?? ""), content, cancellation), cancellation);
    }

    private static KeyValuePair<string, string>? Standing(IHtmlElement field) => field switch
    {
        IHtmlInputElement { Name.Length: > 0 } i when i.Type is not ("submit" or "file" or "checkbox" or "radio") || i.IsChecked => new(i.Name!, i.Value),
        IHtmlTextAreaElement { Name.Length: > 0 } t => new(t.Name!, t.Value),
        IHtmlSelectElement { Name.Length: > 0 } s => new(s.Name!, s.Value ?? ""),
        _ => null,
    };

    private static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using (answer)
        {
            var url = answer.RequestMessage!.RequestUri!;
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{url.AbsolutePath} answered {(int)answer.StatusCode}.");
            var html = await answer.Content.ReadAsStringAsync(cancellation);
            var browsing = BrowsingContext.New();
            return (IHtmlDocument)await browsing.OpenAsync(r => r.Content(html).Address(url), cancellation);
        }
    }

    public void Dispose() => http.Dispose();
}
