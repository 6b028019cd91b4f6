using Microsoft.AspNetCore.Http.HttpResults;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Updates;

/// <summary>What stands under the letter now. Entry is its place in the record; first is that of the wording that this one corrects. Text names its exact text in the record.</summary>
public sealed record UpdateEntry(
    long Entry, long? First, string Kind, string Title, string Body, string Language, string Published, string? Corrected, string? Date, string? Quotation, string? Source, Delivery? Delivery, string Address, string Text);

public sealed record UpdatesAnswer(string Origin, string Time, long TreeSize, string Root, IReadOnlyList<UpdateEntry> Updates);

/// <summary>Updates, responses of the addressee, deliveries and events for programs, the newest entry first.</summary>
public static class UpdatesApi
{
    public static void MapUpdatesApi(this WebApplication app) =>
        app.MapApi("/letters/{slug}/updates", Show, "Updates, responses of the addressee, deliveries and events, in their latest wording, newest first");

    private static Results<Ok<UpdatesAnswer>, ProblemHttpResult> Show(string slug, PublishedLetters letters, Instance instance)
    {
        if (letters.Find(slug) is not { } letter)
            return Problems.NoSuchLetter();
        var under = UnderLetter.Of(letter);
        return TypedResults.Ok(new UpdatesAnswer(
            letter.Origin, Printed.Machine(letter.At.EntryAt), letter.Size, letter.Fingerprint, [.. under.All.OrderByDescending(v => v.Post!.Entry).Select(v => Entry(v, v.Post!, instance))]));
    }

    private static UpdateEntry Entry(PostView view, PublishedPost post, Instance instance) => new(
        post.Entry, view.First?.Entry, view.Kind.ToString().ToLowerInvariant(), view.Words.Title, view.Words.Body, view.Words.Language, Printed.Machine(view.At), view.First is null ? null : Printed.Machine(post.At),
        view.Words.Date, view.Words.Quotation, view.Words.Source, view.Words.Delivery, instance.UrlOf(view.Path!), Convert.ToHexStringLower(post.TextHash));
}
