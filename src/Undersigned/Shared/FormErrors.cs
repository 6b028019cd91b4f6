using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Undersigned.Shared;

/// <summary>
/// Errors of a form: a summary on top with links to the fields, and each message beside its field.
/// Keys of the model state are the ids of the fields.
/// </summary>
public static class FormErrors
{
    /// <summary>Nothing where no answer needs another look.</summary>
    public static IHtmlContent ErrorSummary(this IHtmlHelper html)
    {
        var wrong = html.ViewData.ModelState.Where(e => e.Value is { Errors.Count: > 0 }).ToList();
        if (wrong.Count == 0)
            return HtmlString.Empty;
        var content = new HtmlContentBuilder()
            .AppendHtml("<div class=\"notice seal\" role=\"alert\"><h2>")
            .Append(wrong.Count == 1 ? "One answer needs another look" : $"{wrong.Count} answers need another look")
            .AppendHtml("</h2><ul>");
        foreach (var (field, entry) in wrong)
            content.AppendHtml("<li><a href=\"#").Append(field).AppendHtml("\">").Append(entry!.Errors[0].ErrorMessage).AppendHtml("</a></li>");
        return content.AppendHtml("</ul></div>");
    }

    /// <summary>The message of one field, with the id that the field's aria-describedby names.</summary>
    public static IHtmlContent ErrorOf(this IHtmlHelper html, string field) => html.Message(field) is { } message
        ? new HtmlContentBuilder().AppendHtml($"<span class=\"error\" id=\"{field}-error\">").Append(message).AppendHtml("</span>")
        : HtmlString.Empty;

    /// <summary>`field`, and `wrong` besides where the field has an error.</summary>
    public static string FieldClass(this IHtmlHelper html, string field) => html.Message(field) is null ? "field" : "field wrong";

    /// <summary>Value of aria-describedby: the error and the hint, those that are there.</summary>
    public static string? DescribedBy(this IHtmlHelper html, string field, bool hint = false)
    {
        var ids = new[] { html.Message(field) is null ? null : field + "-error", hint ? field + "-hint" : null }.OfType<string>();
        return string.Join(' ', ids) is { Length: > 0 } text ? text : null;
    }

    public static string? Invalid(this IHtmlHelper html, string field) => html.Message(field) is null ? null : "true";

    private static string? Message(this IHtmlHelper html, string field) =>
        html.ViewData.ModelState.TryGetValue(field, out ModelStateEntry? entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
}
