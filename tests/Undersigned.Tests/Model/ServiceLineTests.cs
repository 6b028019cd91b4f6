using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Undersigned.Model;

namespace Undersigned.Tests.Model;

public sealed partial class ServiceLineTests
{
    private const int ThisYear = 2026;

    // How it was typed → position | organization | years, one post a line.
    public static TheoryData<string, string> Lines { get; } = new()
    {
        { "AUSA, SDNY 1994–2003; Civil Div. 2003–11", "AUSA|SDNY|1994–2003\n|Civil Div.|2003–2011" },
        { "Senior inspector, Inspectorate of Dams and Locks, 1988-2016", "Senior inspector|Inspectorate of Dams and Locks|1988–2016" },
        { "Inspector 1979 to 1985", "Inspector||1979–1985" },
        { "1979 to 1985", "||1979–1985" },
        { "Clerk, Registry, since 2011", "Clerk|Registry|2011–" },
        { "Clerk, Registry 2003–present", "Clerk|Registry|2003–" },
        { "Legal trainee, Ministry of Waterways 1991/93", "Legal trainee|Ministry of Waterways|1991–1993" },
        { "AUSA '94–'03", "AUSA||1994–2003" },
        { "AUSA ’94-’03", "AUSA||1994–2003" },
        { "AUSA, SDNY, 94-03", "AUSA|SDNY|1994–2003" },
        { "AUSA (94–97)", "AUSA||1994–1997" },
        { "Inspector 1999–03", "Inspector||1999–2003" },
        { "Inspector 1994–1987", "Inspector||1994–1987" },
        { "Inspector 1994-87", "Inspector||1994–1987" },
        { "Inspector 2020–2087", "Inspector||2020–2087" },
        { "Inspector, 1988 – 2016", "Inspector||1988–2016" },
        { "Inspector, 1988—2016", "Inspector||1988–2016" },
        { "Inspector, 1988 − 2016", "Inspector||1988–2016" },
        { "Inspector, 1988--2016", "Inspector||1988–2016" },
        { "Inspector, 1988‐2016", "Inspector||1988–2016" },
        { "Inspector, 1988‑2016", "Inspector||1988–2016" },
        { "Inspector, 1988~2016", "Inspector||1988–2016" },
        { "Inspector, 1988 → 2016", "Inspector||1988–2016" },
        { "Inspector from 1988 until 2016", "Inspector||1988–2016" },
        { "Inspector, between 1988 and 2016", "Inspector||1988–2016" },
        { "Inspector 1988 through 2016", "Inspector||1988–2016" },
        { "Inspektorin, Wasseramt, 1988 bis 2016", "Inspektorin|Wasseramt|1988–2016" },
        { "Inspektorin, Wasseramt, seit 2011", "Inspektorin|Wasseramt|2011–" },
        { "Inspectrice, Ministère de l'Eau, depuis 2011", "Inspectrice|Ministère de l'Eau|2011–" },
        { "Inspectora, Ministerio de Aguas 1988 a 2016", "Inspectora|Ministerio de Aguas|1988–2016" },
        { "Inspector 2011-", "Inspector||2011–" },
        { "Inspector (2011–)", "Inspector||2011–" },
        { "Inspector 2011 onwards", "Inspector||2011–" },
        { "Inspector 2011 – now", "Inspector||2011–" },
        { "Inspector, 2011 to the present", "Inspector||2011–" },
        { "Inspector, 2011 to date", "Inspector||2011–" },
        { "Inspector (1988)", "Inspector||1988" },
        { "Inspector, 1988", "Inspector||1988" },
        { "Inspector, June 1994 – May 1996", "Inspector||1994–1996" },
        { "Inspector, Sept. 1994 to Dec. 1996", "Inspector||1994–1996" },
        { "Inspector, 06/1994–05/1996", "Inspector||1994–1996" },
        { "Inspector, 1.6.1994 – 31.5.1996", "Inspector||1994–1996" },
        { "مفتش، وزارة المياه، ١٩٩٤–٢٠٠٣", "مفتش|وزارة المياه|1994–2003" },
        { "مفتشة، وزارة المياه منذ ٢٠١١", "مفتشة|وزارة المياه|2011–" },
        { "बाँध निरीक्षक, जल मंत्रालय १९९४–२००३", "बाँध निरीक्षक|जल मंत्रालय|1994–2003" },
        { "检查员，水利部，1994年－2003年", "检查员|水利部|1994–2003" },
        { "检查员，水利部，2011年至今", "检查员|水利部|2011–" },
        { "Инспектор, Министерство, 1994 по 2003", "Инспектор|Министерство|1994–2003" },
        { "Inspector", "Inspector||" },
        { "Inspector of dams, Inspectorate of Dams and Locks", "Inspector of dams|Inspectorate of Dams and Locks|" },
        { "Ministry of Waterways", "|Ministry of Waterways|" },
        { "Ministry of Waterways, Legal Directorate 1991–93", "|Ministry of Waterways, Legal Directorate|1991–1993" },
        { "Head of Division, Ministry of Waterways", "Head of Division|Ministry of Waterways|" },
        { "Office manager, Ministry of Waterways", "Office manager|Ministry of Waterways|" },
        { "Inspector at the Inspectorate of Dams 1988–2016", "Inspector|the Inspectorate of Dams|1988–2016" },
        { "Inspector, Spillways Unit, Inspectorate of Dams, 1988–2016", "Inspector|Spillways Unit, Inspectorate of Dams|1988–2016" },
        { "Inspector 1988–94, 1996–2003", "Inspector||1988–1994\nInspector||1996–2003" },
        { "Inspector (1988–94 and 1996–2003)", "Inspector||1988–1994\nInspector||1996–2003" },
        { "AUSA 1994–2003, Trial counsel 2003–11", "AUSA||1994–2003\nTrial counsel||2003–2011" },
        { "1994–2003: AUSA; 2003–2011: Trial counsel", "AUSA||1994–2003\nTrial counsel||2003–2011" },
        { "1994–2003 AUSA, 2003–2011 Trial counsel", "AUSA||1994–2003\nTrial counsel||2003–2011" },
        { "Inspector 1988-1994\nChief inspector 1994-2016\r\n", "Inspector||1988–1994\nChief inspector||1994–2016" },
        { "Inspector 1988–1994 Dams Branch", "Inspector|Dams Branch|1988–1994" },
        { "Counsel, § 1983 practice", "Counsel|§ 1983 practice|" },
        { "Clerk, Room 4512", "Clerk|Room 4512|" },
        { "Adviser, 2001 Commission until 2003", "Adviser|2001 Commission until 2003|" },
        { "Engineer, 1990s", "Engineer|1990s|" },
        { "Driver, Engine 12-14", "Driver|Engine 12-14|" },
        { "Inspector 19944–2003", "Inspector 19944–2003||" },
        { "  ;; , ", "" },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_read_into_posts(string typed, string posts) =>
        Assert.Equal(posts, string.Join('\n', ServiceLine.Read(typed, ThisYear).Select(p =>
            $"{p.Position}|{p.Organization}|{(p.Years is { } y ? ShownLine.YearsText([y]) : "")}")));

    [Fact]
    public void No_text_makes_the_reader_fail_or_lose_a_word() =>
        Some.Select(parts => string.Concat(parts)).Sample(typed =>
        {
            var posts = ServiceLine.Read(typed, ThisYear);
            var kept = string.Join(' ', posts.Select(p => $"{p.Position} {p.Organization} {p.Years?.From} {p.Years?.To}"));
            foreach (var word in Word().Matches(typed).Select(m => m.Value).Where(w => !ReadOver.Contains(w.ToLowerInvariant())))
                Assert.Contains(word, kept, StringComparison.Ordinal);
        }, iter: 3_000);

    [Fact]
    public void Any_characters_at_all_are_read() =>
        Gen.String[0, 300].Sample(typed => { ServiceLine.Read(typed, ThisYear); }, iter: 2_000);

    [Theory]
    [InlineData(1994, 1987, YearsProblem.LastBeforeFirst)]
    [InlineData(2020, 2087, YearsProblem.InTheFuture)]
    [InlineData(2087, null, YearsProblem.InTheFuture)]
    [InlineData(1870, 1990, YearsProblem.TooLongAgo)]
    [InlineData(2026, null, YearsProblem.None)]
    [InlineData(1950, 1950, YearsProblem.None)]
    public void Impossible_years_are_told(int from, int? to, YearsProblem problem) =>
        Assert.Equal(problem, new YearSpan(from, to).Problem(ThisYear));

    [Theory]
    [InlineData("AUSA, SDNY 1994–2003; Civil Div. 2003–11", "AUSA, SDNY, 1994–2003 / Civil Div., 2003–2011")]
    [InlineData("AUSA, SDNY 1994–2003; Trial counsel, Civil Div.", "AUSA, SDNY, 1994–2003 / Trial counsel, Civil Div.")]
    [InlineData("AUSA, SDNY; Clerk, Registry", "AUSA, SDNY / Clerk, Registry")]
    [InlineData("Inspector 1988–94, 1996–2003", "Inspector, 1988–1994 / Inspector, 1996–2003")]
    public void What_belongs_together_stays_together_on_the_line_and_in_its_record(string typed, string shown)
    {
        var line = ShownLine.Of("Ottoline Brandt-Okonjo", ServiceLine.Read(typed, ThisYear), null);
        Assert.Equal(shown, string.Join(" / ", ShownLine.FromRecord(line.ToRecord()).Posts));
    }

    private static Gen<string[]> Some { get; } = Gen.Int[0, 31].Select(i => Pieces![i]).Array[0, 25];

    private static readonly string[] Pieces =
    [
        "AUSA", "Inspector", "Civil Div.", "of", "Łódź", "مفتش", "检查员", "1994", "1994–2003", "2003-11", "'94", "since 2011", "(", ")",
        ", ", "; ", " ", " ", " ", "\n", ".", "/", "94-03", "4512", "–", "until 2003", "123456", "O’Brien", "½", "§", "(1988)", "present",
    ];

    private static readonly HashSet<string> ReadOver = ["since", "present", "until"];

    [GeneratedRegex(@"\b\p{L}{2,}\b")]
    private static partial Regex Word();
}
