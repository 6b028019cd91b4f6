using Undersigned.Data;
using Undersigned.Shared;

namespace Undersigned.Embeds;

/// <summary>The picture of link previews. Where the host has no font for the title there is none, and the letter's page names none.</summary>
public static class CardApi
{
    public static void MapCard(this WebApplication app) =>
        app.MapGet("/letters/{slug}/card.png", Show).WithMetadata(new PublicPageAttribute());

    private static IResult Show(string slug, PublishedLetters letters, Card card, Lettering lettering) =>
        letters.Find(slug) is { } letter && lettering.Covers(letter.Words.Title) ? Results.Bytes(card.Draw(letter), "image/png") : Results.NotFound();
}
