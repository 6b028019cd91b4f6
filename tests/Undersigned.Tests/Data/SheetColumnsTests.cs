using Undersigned.Data;
using static Undersigned.Data.SheetField;

namespace Undersigned.Tests.Data;

/// <summary>Headings as the services write them, and questions as people ask them.</summary>
public sealed class SheetColumnsTests
{
    [Theory]
    [InlineData("Google Forms, English", "Timestamp|Email Address|Your full name|Last position held|Agency or office|Years of service|City and country|Anything else? Comments", "None Address Name Position Organization Years Place Note")]
    [InlineData("Google Forms, German", "Zeitstempel|E-Mail-Adresse|Vor- und Nachname|Funktion|Behörde|Dienstzeit (Jahre)|Wohnort|Bemerkungen", "None Address Name Position Organization Years Place Note")]
    [InlineData("Google Forms, French", "Horodateur|Adresse e-mail|Prénom|Nom|Fonction|Organisme|Années|Ville", "None Address Given Family Position Organization Years Place")]
    [InlineData("Google Forms, Spanish", "Marca temporal|Dirección de correo electrónico|Nombre|Apellidos|Cargo|Institución|Años|Ciudad", "None Address Given Family Position Organization Years Place")]
    [InlineData("Google Forms, Arabic", "طابع زمني|البريد الإلكتروني|الاسم|المنصب|المؤسسة|سنوات الخدمة|المدينة", "None Address Name Position Organization Years Place")]
    [InlineData("Google Forms, Portuguese", "Carimbo de data/hora|Endereço de e-mail|Nome completo|Cargo|Instituição|Anos|Cidade", "None Address Name Position Organization Years Place")]
    [InlineData("Airtable", "Name|Email|Title|Organization|Start year|End year|Notes|Attachments|Status|Created time|Record ID", "Name Address Position Organization From To Note None None None None")]
    [InlineData("Action Network", "uuid|email|first_name|last_name|can2_phone|zip_code|can2_user_city|can2_state_abbreviated|Country|Title|Organization|comments|can2_subscription_status|created_at", "None Address Given Family None None Place Place Place Position Organization Note None None")]
    [InlineData("one text", "Timestamp|Email|Name|Offices you held, with years", "None Address Name Service")]
    public void Columns_are_suggested(string who, string headings, string expected)
    {
        var cells = headings.Split('|');
        var address = expected.Split(' ').ToList().IndexOf("Address");
        var row = cells.Select((_, i) => i == address ? "ada@post.example" : "x").ToArray();

        Assert.True(SheetColumns.HasHeadings([cells, row]), who);
        Assert.Equal(expected.Split(' ').Select(Enum.Parse<SheetField>), SheetColumns.Guess([cells, row], hasHeadings: true));
    }

    [Fact]
    public void Without_headings_addresses_and_names_are_found_by_what_they_look_like()
    {
        string[][] rows = [["1", "Ada Lockwood", "ada@post.example"], ["2", "Bela Weir", "bela@post.example"]];

        Assert.False(SheetColumns.HasHeadings(rows));
        Assert.Equal([None, Name, Address], SheetColumns.Guess(rows, hasHeadings: false));
        Assert.Equal([Line], SheetColumns.Guess([["Ada Lockwood, Inspector, Dams, 1985–2010"]], hasHeadings: false));
        Assert.Equal([Address], SheetColumns.Guess([["ada@post.example"], ["bela@post.example"]], hasHeadings: false));
    }

    [Fact]
    public void Of_two_headings_that_mention_mail_the_column_with_the_addresses_counts()
    {
        string[][] rows = [["May we send you e-mail?", "Where shall we write?", "Name"], ["yes", "ada@post.example", "Ada Lockwood"], ["no", "bela@post.example", "Bela Weir"]];

        Assert.Equal([None, Address, Name], SheetColumns.Guess(rows, hasHeadings: true));
    }
}
