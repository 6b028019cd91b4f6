using AngleSharp.Dom;

namespace Undersigned.Writing;

internal sealed record PastedNote(IElement Reference, IElement BackLink, IElement Body)
{
    /// <summary>By the order in which the text names them; 0 until it does.</summary>
    public int Number { get; set; }
}

/// <summary>
/// Footnotes of a pasted document. Word, Google Docs and LibreOffice name their anchors differently but link them alike:
/// the reference leads to the note, and an anchor in the note leads back to the reference.
/// </summary>
internal sealed class PastedNotes
{
    private readonly Dictionary<IElement, PastedNote> byReference = [];
    private readonly HashSet<INode> bodies = [];
    private readonly HashSet<IElement> backLinks = [];
    private readonly List<PastedNote> used = [];

    public IReadOnlyList<PastedNote> Used => used;

    public bool IsBody(INode node) => bodies.Contains(node);

    public bool IsBackLink(IElement element) => backLinks.Contains(element);

    public static PastedNotes In(IDocument document)
    {
        var notes = new PastedNotes();
        var anchors = document.QuerySelectorAll("a[href^='#']").Take(2_000).ToList();
        var named = new Dictionary<string, IElement>(StringComparer.Ordinal);
        foreach (var element in document.QuerySelectorAll("a[name], [id]"))
            foreach (var name in new[] { element.Id, element.GetAttribute("name") }.OfType<string>())
                named.TryAdd(name, element);
        foreach (var anchor in anchors.Where(a => !notes.backLinks.Contains(a)))
            notes.Take(anchor, named);
        foreach (var (reference, backLink) in notes.byReference.Select(n => (n.Key, n.Value.BackLink)).ToList())
            notes.Settle(reference, backLink);
        return notes;
    }

    /// <summary>The number of the note that this anchor refers to; null for any other anchor.</summary>
    public int? NumberOf(IElement anchor)
    {
        if (!byReference.TryGetValue(anchor, out var note))
            return null;
        if (note.Number == 0)
        {
            used.Add(note);
            note.Number = used.Count;
        }
        return note.Number;
    }

    private void Take(IElement reference, Dictionary<string, IElement> named)
    {
        if (!named.TryGetValue(TargetOf(reference), out var target) || target == reference)
            return;
        var backLink = target.LocalName == "a" ? target : target.QuerySelectorAll("a[href^='#']").LastOrDefault(a => LeadsTo(a, reference, named));
        if (backLink is not null && LeadsTo(backLink, reference, named) && backLinks.Add(backLink))
            byReference[reference] = new PastedNote(reference, backLink, target);
    }

    // The note's body is the largest block around its back link that holds no other note and none of the text.
    private void Settle(IElement reference, IElement backLink)
    {
        var body = backLink.Closest("p, li, div, aside");
        while (body?.ParentElement is { LocalName: "div" or "li" or "aside" } around && !around.QuerySelectorAll("a").Any(IsOthers))
            body = around;
        if (body is null || body.QuerySelectorAll("a").Any(byReference.ContainsKey))
        {
            byReference.Remove(reference);
            backLinks.Remove(backLink);
            return;
        }
        byReference[reference] = byReference[reference] with { Body = body };
        bodies.Add(body);

        bool IsOthers(IElement a) => a != backLink && (byReference.ContainsKey(a) || backLinks.Contains(a));
    }

    private static string TargetOf(IElement anchor) => anchor.GetAttribute("href")![1..];

    // A word processor may name the sup around the anchor, or the anchor.
    private static bool LeadsTo(IElement anchor, IElement to, Dictionary<string, IElement> named) =>
        anchor.GetAttribute("href") is { Length: > 1 } href && href[0] == '#'
        && named.TryGetValue(href[1..], out var target) && (target == to || target.LocalName == "sup" && target.Contains(to));
}
