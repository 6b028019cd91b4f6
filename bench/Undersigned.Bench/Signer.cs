using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Undersigned.Data;

namespace Undersigned.Bench;

/// <summary>One signer, who does over HTTP what a browser does. The six digits, which would come by mail, are made from the instance's keys.</summary>
internal sealed partial class Signer(HttpClient client, InstanceKeys keys, int number)
{
    private string proof = "";
    private string tab = "";
    private string mark = "";
    private long id;

    /// <summary>Opens the form; its one-time token lies in it.</summary>
    public async Task OpenFormAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, SignBench.LetterPath + "/sign");
        proof = Find(Proof(), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the form. When this ends, the signature and its mail are durable.</summary>
    public async Task SignAsync()
    {
        using var answer = await SendAsync(HttpMethod.Post, SignBench.LetterPath + "/sign", new Dictionary<string, string>
        {
            ["Proof"] = proof,
            ["Form.Name"] = Name,
            ["Form.Email"] = string.Create(CultureInfo.InvariantCulture, $"signer{number}@post{number % 500}.example"),
            ["Form.Rows[0].Position"] = "Senior inspector",
            ["Form.Rows[0].Organization"] = "Inspectorate of Dams and Locks",
            ["Form.Rows[0].From"] = "1994",
            ["Form.Rows[0].To"] = "2019",
            ["Form.Agree"] = "true",
        });
        tab = LocationOf(answer);
        if (!InstanceKeys.TryReadId(tab.Split('/')[^1], out id))
            throw new InvalidOperationException("The form led to " + tab);
    }

    /// <summary>The page that the form leads to, with the field for the six digits.</summary>
    public async Task OpenCodeAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, tab);
        mark = Find(Mark(), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Types the six digits. When this ends, the confirmation is durable, and the signature let in.</summary>
    public async Task ConfirmAsync()
    {
        using var answer = await SendAsync(HttpMethod.Post, tab, new Dictionary<string, string> { ["mark"] = mark, ["code"] = keys.Code(id, 1) });
        if (!LocationOf(answer).StartsWith("/signature/", StringComparison.Ordinal))
            throw new InvalidOperationException("The digits were not taken.");
    }

    public async Task WholeStoryAsync()
    {
        await OpenFormAsync();
        await SignAsync();
        await OpenCodeAsync();
        await ConfirmAsync();
    }

    // Each signer comes from a network of its own, as a trusted proxy would say, so that the limit for one network is worked but not reached.
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Dictionary<string, string>? form = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"10.{number / 250 % 250}.{number % 250}.7"));
        var answer = await client.SendAsync(request);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found
            ? answer : throw new InvalidOperationException($"{method} of a signer was answered {(int)answer.StatusCode}.");
    }

    private static string LocationOf(HttpResponseMessage answer) =>
        answer.Headers.Location?.OriginalString ?? throw new InvalidOperationException("The form came back.");

    private static string Find(Regex what, string html) =>
        what.Match(html) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException($"The page has no {what}.");

    private string Name => $"{Given[number % Given.Length]} {Family[number / Given.Length % Family.Length]}-{Family[(number / 437 + number) % Family.Length]}";

    private static readonly string[] Given = ["Ottoline", "Tadeusz", "Celestine", "Nkiruka", "Bartholomew", "Ximena", "Jorunn", "Aurelio", "Marzanna", "Perpetua", "Theodora", "Cyprian"];
    private static readonly string[] Family = ["Brandt", "Okonjo", "Halvorsrud", "Quillfeather", "Ilustre", "Vandersloot", "Montferran", "Hale", "Carrowgate", "Lunt", "Coldwinter", "Ekelund", "Jansen"];

    [GeneratedRegex("name=\"Proof\" value=\"([^\"]+)\"")]
    private static partial Regex Proof();

    [GeneratedRegex("name=\"mark\" value=\"([^\"]+)\"")]
    private static partial Regex Mark();
}
