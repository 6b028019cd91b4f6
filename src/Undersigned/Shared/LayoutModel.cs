using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>
/// What the layouts print around a page. A page says it once, at its top: <c>ViewData.Frame(new LayoutModel { … })</c>;
/// one that says nothing gets its ViewData["Title"].
/// </summary>
public sealed record LayoutModel
{
    private const string Key = "undersigned.layout";

    public required string Title { get; init; }

    /// <summary>Of the letter's own words, such as <see cref="Mark"/>. The page around them speaks <see cref="Tongue.Current"/>.</summary>
    public string Language { get; init; } = Tongue.Current;

    /// <summary>Whose page this is: the organiser's name at the top left. Empty: the host.</summary>
    public string Mark { get; init; } = "";

    /// <summary>The letter whose navigation stands on top and whose sum stands in the foot.</summary>
    public PublishedLetter? Letter { get; init; }

    /// <summary>The part of the letter's navigation that this page is: "letter", "signatories", "press" or "verify".</summary>
    public string Here { get; init; } = "";

    public string? BodyClass { get; init; }

    /// <summary>Said to search engines and link previews; where empty, a letter's pages say whose list it is.</summary>
    public string Description { get; init; } = "";

    public bool IsForSearchEngines { get; init; } = true;

    public static LayoutModel Of(PublishedLetter letter, string title, string here) => new()
    {
        Title = title,
        Language = letter.Words.Language,
        Mark = letter.Words.Organiser,
        Letter = letter,
        Here = here,
    };

    public static LayoutModel From(ViewDataDictionary data) =>
        data[Key] as LayoutModel ?? new LayoutModel { Title = data["Title"] as string ?? "", IsForSearchEngines = false };

    internal static void Put(ViewDataDictionary data, LayoutModel model) => data[Key] = model;
}

public static class LayoutModelOfPage
{
    public static void Frame(this ViewDataDictionary data, LayoutModel model) => LayoutModel.Put(data, model);
}
