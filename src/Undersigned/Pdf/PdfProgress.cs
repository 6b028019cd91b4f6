using System.Globalization;
using Microsoft.Extensions.Localization;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Pdf;

/// <summary>How far a PDF is, in a sentence; pages that show it look again by themselves, by a header that needs no script.</summary>
public static class PdfProgress
{
    private const int LookAgainAfter = 4;

    public static string Says(LetterPdf pdf, bool isThere, IStringLocalizer<PdfTexts> texts) => (pdf.State, isThere) switch
    {
        (PdfState.Made, _) => "",
        (PdfState.Failed, _) => texts["failed"],
        (_, false) => texts["no-chromium"],
        (PdfState.Making, _) when pdf.Names > 0 => texts["making", Printed.Number(pdf.Done), Printed.Number(pdf.Names)],
        _ => texts["waiting"],
    };

    public static void LookAgain(this HttpResponse response, LetterPdf pdf, bool isThere, string address)
    {
        if (pdf.IsUnderWay && isThere)
            response.Headers["Refresh"] = string.Create(CultureInfo.InvariantCulture, $"{LookAgainAfter}; url={address}");
    }
}
