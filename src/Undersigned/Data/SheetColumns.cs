using System.Text;
using System.Text.RegularExpressions;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>What a column of an uploaded sheet holds.</summary>
public enum SheetField
{
    None,
    /// <summary>Everything in one cell: "Ada Lockwood, Inspector, Inspectorate of Dams, 1985–2010".</summary>
    Line,
    Name,
    Given,
    Family,
    Address,
    Position,
    Organization,
    Years,
    From,
    To,
    /// <summary>Offices with their years in one cell: "AUSA, SDNY 1994–2003; Civil Div. 2003–11".</summary>
    Service,
    Place,
    Note,
}

/// <summary>
/// Guesses what the columns of a sheet hold, from headings as Google Forms, Airtable and Action Network write them and as people ask
/// (English, French, Spanish, Portuguese, Italian, German, Arabic), and from what stands below. Whoever uploads it sees and mends the guess.
/// </summary>
public static partial class SheetColumns
{
    private const int RowsLookedAt = 200;

    /// <summary>The first that fits says what it is; what comes earlier is more particular.</summary>
    private static readonly (SheetField Field, Regex Heading)[] Known =
    [
        (SheetField.Line, Line()),
        (SheetField.None, OfNoUse()),
        (SheetField.Address, Address()),
        (SheetField.Name, BothNames()),
        (SheetField.Given, Given()),
        (SheetField.Family, Family()),
        (SheetField.Service, Service()),
        (SheetField.Place, Location()),
        (SheetField.Organization, Organization()),
        (SheetField.Position, Position()),
        (SheetField.From, From()),
        (SheetField.To, To()),
        (SheetField.Years, Years()),
        (SheetField.Note, Note()),
        (SheetField.Place, Place()),
        (SheetField.Name, Name()),
    ];

    /// <summary>Whether the first row holds headings: no address stands in it, and it says what a column holds, or addresses stand below it alone.</summary>
    public static bool HasHeadings(IReadOnlyList<IReadOnlyList<string>> rows) =>
        !rows[0].Any(IsAddress) && (rows[0].Any(c => OfHeading(c) != SheetField.None) || rows.Skip(1).Take(RowsLookedAt).Any(r => r.Any(IsAddress)));

    /// <summary>One field a column.</summary>
    public static IReadOnlyList<SheetField> Guess(IReadOnlyList<IReadOnlyList<string>> rows, bool hasHeadings)
    {
        var some = rows.Skip(hasHeadings ? 1 : 0).Take(RowsLookedAt).ToList();
        var fields = Enumerable.Range(0, rows.Max(r => r.Count)).Select(i => hasHeadings ? OfHeading(Cell(rows[0], i)) : SheetField.None).ToArray();
        AddressOnce(fields, some);
        Names(fields);
        if (!fields.Any(f => f is SheetField.Name or SheetField.Given or SheetField.Family or SheetField.Line) && NameColumn(fields, some) is { } name)
            fields[name] = fields.Length == 1 ? SheetField.Line : SheetField.Name;
        return fields;
    }

    /// <summary>The column in which most cells are addresses, whatever stands over it.</summary>
    private static void AddressOnce(SheetField[] fields, List<IReadOnlyList<string>> some)
    {
        var counts = Enumerable.Range(0, fields.Length).Select(i => some.Count(r => IsAddress(Cell(r, i)))).ToList();
        var best = Enumerable.Range(0, fields.Length).MaxBy(i => (counts[i], fields[i] == SheetField.Address));
        for (var i = 0; i < fields.Length; i++)
            if (i == best && counts[i] > 0)
                fields[i] = SheetField.Address;
            else if (fields[i] == SheetField.Address && (counts[best] > 0 || Array.IndexOf(fields, SheetField.Address) < i))
                fields[i] = SheetField.None;
    }

    // "Nom" beside "Prénom", "Nombre" beside "Apellidos", "Name" beside "Vorname": one part of the name, not the whole.
    private static void Names(SheetField[] fields)
    {
        var (given, family, name) = (Array.IndexOf(fields, SheetField.Given), Array.IndexOf(fields, SheetField.Family), Array.IndexOf(fields, SheetField.Name));
        if (name < 0 || given >= 0 == family >= 0)
            return;
        fields[name] = given >= 0 ? SheetField.Family : SheetField.Given;
    }

    private static int? NameColumn(SheetField[] fields, List<IReadOnlyList<string>> some) =>
        Enumerable.Range(0, fields.Length).Where(i => fields[i] == SheetField.None && some.Any(r => LooksLikeName(Cell(r, i))))
            .OrderByDescending(i => some.Count(r => LooksLikeName(Cell(r, i)))).Select(i => (int?)i).FirstOrDefault();

    private static SheetField OfHeading(string heading)
    {
        var plain = heading.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant().Replace('_', ' ');
        if (plain.Length == 0)
            return SheetField.None;
        // Accents folded away, and as it stands for what has no Latin letters.
        var text = NameFolding.Fold(plain) + "\n" + plain;
        var found = Known.FirstOrDefault(k => k.Heading.IsMatch(text));
        return found.Field;
    }

    public static bool IsAddress(string cell) => EmailAddress.TryParse(cell, out _, out _);

    private static bool LooksLikeName(string cell) =>
        cell.Contains(' ', StringComparison.Ordinal) && cell.All(c => char.IsLetter(c) || char.IsDigit(c) && cell.Contains(',', StringComparison.Ordinal) || c is ' ' or '-' or '–' or '.' or ',' or '\'' or '’');

    private static string Cell(IReadOnlyList<string> row, int i) => i < row.Count ? row[i] : "";

    private const RegexOptions Plain = RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\n(?:full )?name\s*[,;].+[,;]", Plain)]
    private static partial Regex Line();

    // Times, numbers, consents, other ways to reach a person; the street of an address.
    [GeneratedRegex(@"^(?:timestamp|zeitstempel|horodateur|marca temporal|marca de tiempo|carimbo de data hora|informazioni cronologiche|created(?: at| time| date)?|submitted(?: at)?|updated(?: at)?|last modified.*|(?:record |response |submission |user |action network )?u?u?id|no|nr|n|#|uuid|score|ip address|referrer|source.*|language|languages|attachments?|assignee|username|user name|screen name|latitude|longitude)\n|\b(?:zip|postal|postcode|postleitzahl|plz|code postal|codigo postal|cap|phone|mobile|telephone|telefon|telefono|telefone|handy|fax|street|address line|strasse|rue|calle|subscri\w*|unsubscri\w*|opt in|consent|einwilligung|consentement|consentimiento|status|prefix|salutation|anrede|civilite|tratamiento)\b|طابع زمني|الهاتف|هاتف", Plain)]
    private static partial Regex OfNoUse();

    [GeneratedRegex(@"\be ?mails?\b|^mail\n|^mail ad|\bcourriels?\b|\bcorreos?\b|\bposta elettronica\b|\badresse mail\b|البريد|إيميل|ايميل", Plain)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(?:first|given)(?: names?)? and (?:last|family)\b|\bvor und nachname\b|\b(?:pre)?noms? et (?:pre)?noms?\b|\bnombres? y apellidos?\b|\bnome e (?:cognome|sobrenome)\b", Plain)]
    private static partial Regex BothNames();

    [GeneratedRegex(@"\b(?:first|given|fore) ?names?\b|\bforename\b|^first\n|\bvornamen?\b|\bprenoms?\b|\bnombre de pila\b|\bprimer nombre\b|\bnome proprio\b|\bprimeiro nome\b|الاسم الأول|الاسم الاول", Plain)]
    private static partial Regex Given();

    [GeneratedRegex(@"\b(?:last|family|sur) ?names?\b|\bsurname\b|^last\n|\bnachnamen?\b|\bfamilienname\b|\bnom de famille\b|\bapellidos?\b|\bcognome\b|\bsobrenome\b|\bapelido\b|اسم العائلة|اللقب|الاسم الأخير", Plain)]
    private static partial Regex Family();

    [GeneratedRegex(@"\b(?:offices?|positions?|posts?|roles?|titles?|jobs?|amter|stellen|postes?|fonctions?|cargos?|puestos?|incarichi)\b.*\b(?:years?|dates?|jahren?|annees|anos|anni)\b|\b(?:service|career|employment) history\b|\bwhere and when\b|\bwo und wann\b|\bou et quand\b|\bdonde y cuando\b", Plain)]
    private static partial Regex Service();

    [GeneratedRegex(@"\b(?:location|city|town|country|wohnort|ciudad|pais|ville|pays|cidade|citta|paese|stadt)\b|المدينة|البلد|الدولة", Plain)]
    private static partial Regex Location();

    [GeneratedRegex(@"\b(?:organi[sz]ations?|organi[sz]acion|organi[sz]acao|organizzazione|organisme|organismo|offices?|agency|agencies|affiliations?|employers?|institutions?|institucion|instituicao|institution|istituzione|institut|company|departments?|ministry|dienststelle|behorde|arbeitgeber|ministerium|ministere|ministerio|employeur|empresa|entreprise|etablissement|administration)\b|المؤسسة|مؤسسة|الجهة|المنظمة|جهة العمل", Plain)]
    private static partial Regex Organization();

    [GeneratedRegex(@"\b(?:positions?|titles?|roles?|jobs?|occupations?|professions?|funktion|titel|beruf|amt|stelle|postes?|fonctions?|titre|metier|cargos?|puestos?|ocupacion|profesion|funcao|profissao|posizione|ruolo|incarico|professione|rank|grade)\b|المنصب|الوظيفة|المسمى|المهنة", Plain)]
    private static partial Regex Position();

    [GeneratedRegex(@"^(?:\w+ ){0,2}(?:from|start|started|since|began|begin|von|seit|beginn|debut|depuis|desde|inicio|inizio|dal)(?: \w+){0,2}\n|\n(?:من|منذ)(?:\s|$)|سنة البدء", Plain)]
    private static partial Regex From();

    [GeneratedRegex(@"^(?:\w+ ){0,2}(?:to|until|till|end|ended|bis|ende|fin|jusqu a|hasta|ate|fine|al)(?: \w+){0,2}\n|\n(?:إلى|حتى)(?:\s|$)|سنة الانتهاء", Plain)]
    private static partial Regex To();

    [GeneratedRegex(@"\b(?:years?|dates? of service|when|zeitraum|jahre|dienstzeit|dienstjahre|annees|periode|anos|periodo|anni|quando)\b|السنوات|سنوات|الفترة", Plain)]
    private static partial Regex Years();

    [GeneratedRegex(@"\b(?:comments?|notes?|remarks?|message|kommentare?|bemerkung(?:en)?|anmerkung(?:en)?|notiz(?:en)?|commentaires?|remarques?|comentarios?|notas?|observaciones|observacoes|commenti|osservazioni)\b|ملاحظات|تعليق", Plain)]
    private static partial Regex Note();

    [GeneratedRegex(@"\b(?:place|state|province|region|county|ort|land|bundesland|lieu|lugar|estado|provincia|localidad|luogo|local)\b|المكان|المنطقة", Plain)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(?:full|your|complete)? ?names?\b|\bvollstandiger name\b|\bnom\b|\bnom complet\b|\bnombres?\b|\bnome\b|\bnominativo\b|الاسم|اسمك", Plain)]
    private static partial Regex Name();
}
