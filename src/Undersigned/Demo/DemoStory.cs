using Undersigned.Model;

namespace Undersigned.Demo;

/// <summary>Somebody who works on the demo's letter, and can be signed in as with one click.</summary>
/// <param name="Key">In the form's button.</param>
/// <param name="What">What they are and do, on the page of the demo.</param>
internal sealed record DemoStaff(string Key, string Name, StaffRole Role, string What)
{
    public string Email => $"{Key}@weirkeepers.example";
}

/// <summary>The words of the demo's letters, all of them invented.</summary>
internal static class DemoStory
{
    public const string Slug = "waterways";
    public const string PrivateSlug = "night-shift";
    /// <summary>Where the letter's webhook goes.</summary>
    public const string Receiver = "/demo/receiver";

    public static readonly DemoStaff Owner = new("hyacinth", "Hyacinth Moravcová-Dube", StaffRole.Owner, "the owner, who may do everything");
    public static readonly DemoStaff OtherOwner = new("leocadia", "Leocadia Ferreira-Ngata", StaffRole.Owner, "another owner, for what takes two");
    public static readonly DemoStaff First = new("anselm", "Anselm Træholt", StaffRole.Reviewer, "a volunteer");
    public static readonly DemoStaff Second = new("wilhelmina", "Wilhelmina Okonjo-Lindt", StaffRole.Reviewer, "another volunteer");
    public static readonly DemoStaff Auditor = new("ismail", "Ismail Ravensworth", StaffRole.Auditor, "the auditor, who draws a sample, and changes nothing");
    public static readonly IReadOnlyList<DemoStaff> Staff = [Owner, OtherOwner, First, Second, Auditor];

    /// <summary>Where on the desk, and what is there; each is shown to who may open it.</summary>
    public static readonly IReadOnlyList<(string Path, string Words)> ToTry =
    [
        ("glance", "Glance: twenty names nobody has looked at, some from a domain that nobody had heard of, one with a letter of another script. Five were pasted in by the owner, who cannot let them in."),
        ("review", "Review: three prominent names that need two people (Anselm has had his look at Leopoldine Ravn-Achterberg; be Wilhelmina or the owner for the second), and somebody who may be using the name of a first signatory."),
        ("duplicates", "Perhaps the same person: pairs side by side, with the reasons in words; one is told apart already."),
        ("requests", "Requests: a “this is not me”, a “this is wrong”, and the answer to a mail, each with its line beside it."),
        ("grid", "Grid: all signatures as a sheet, with notes that never leave the desk. Try the arrows, Enter, a range with Shift, paste, undo."),
        ("spellings", "Merge spellings: how people wrote the same office."),
        ("acts", "Undo: a paste that was taken back."),
        ("figures", "Numbers while you wait: how many from one office, under which administrations."),
        ("press", "Whom the press may call: with telephone and place, which never leave the desk."),
        ("quotations", "Quotations: words that newspapers may print, one agreed to on the signer’s own page, one written down."),
        ("where-to-report", "Where to report: propose a change, then be the other owner and confirm it."),
        ("under-the-letter", "Under the letter: an update that was mailed to those who asked for news, and what happened when. Write one, see how it reads, mail yourself a test; correct what is published."),
        ("translations", "Translations: the letter in Spanish and Arabic, each an entry of the record. Add one, see how it reads, correct one that is published."),
        ("editions", "Editions: the next one, in one click or by schedule."),
        ("checks", "How names are checked: listed domains, the addressee’s own, the roster."),
        ("admission", "Who is let in how: words, prominent names, how many people look."),
        ("trends", "Domains and networks: from where they come, now against before; from there, many are removed at once and put back."),
        ("limits", "Limits: how much may come at once, editable while people sign."),
        ("readiness", "Ready?: seven lines for the evening before; three of them are red."),
        ("people", "People: who works here, and what they may do."),
        ("sample", "Sample: what the auditor found; announce another draw."),
        ("record", "Record of acts: who did what, when; nobody can edit it."),
        ("spreadsheet", "Spreadsheet: everything leaves, at any hour."),
        ("tokens", "Tokens for programs: make one, and read the numbers with it."),
        ("webhooks", "Webhooks: a receiver of this demo was told of three editions and more. Send a test; register one of your own on this machine."),
        ("retention", "How long we keep: what ends by itself, and when."),
    ];

    public const int Drawn = 20;
    public const string DrawSource = "Numbers of the Lindenmoor public lottery";
    public const string DrawReading = "The six numbers from the smallest to the largest, one space between, without the bonus number";
    public const string DrawValue = "4 8 15 16 23 42";
    public const string AuditBody = "Audit Chamber of Lindenmoor";
    public const string AuditRemarks = "Each was rung at a number that we found ourselves, within three days of the draw. Nobody of the maintainers was present.";

    public const string UpdateTitle = "Two of the eleven reports are published";
    public const string Update = "Reports 4 and 7 appeared on the ministry’s site this morning, as their authors signed them. Nine are outstanding.\n\nThe three inspectors are still at posts without duties.";

    /// <summary>What happened, and where it can be read.</summary>
    public static readonly IReadOnlyList<(string Title, string Source)> Events =
    [
        ("The Minister orders that no report appears before the ministry has approved its wording", "https://ministry.example/orders/03"),
        ("The first of three inspectors is moved to a post without duties", "Notice of transfer, seen by Weirkeepers"),
        ("The Assembly’s committee asks the Minister to explain the order", "https://assembly.example/safety/minutes/214"),
    ];

    public const string ToMinister = "the Minister of Waterways";
    public const string ToCommittee = "the Assembly’s Committee on Public Safety";
    public const string Bearer = "Anselm Træholt";
    public const string Receipt = "Receipt of registered mail, with Weirkeepers";

    public const string Organiser = "Weirkeepers";
    public const string Imprint = "A non-profit association\nBox 12, Lindenmoor · +00 555 0140";
    public const string PressContact = "Anselm Træholt, press@weirkeepers.example, +00 555 0141";

    public const string Title = "Let the inspectors publish what they find";
    public const string Addressees = "The Minister of Waterways; the Assembly’s Committee on Public Safety";
    public const string Eligibility = "Former and serving staff of the waterways administration";

    public const string Body = """
        Minister,

        We built, measured, inspected and defended the dams, locks and dykes of this country. Some of us began when water was still read by lamp from an iron staff; some of us left our desks last autumn. We served under seven governments, of both parties, and each of us disagreed with most of them about something. None of us ever doubted that an inspector who finds a crack may write down that there is a crack.

        On 12 January you ordered that no report of the Inspectorate of Dams and Locks be published, or passed to the Assembly, before your office has approved its wording.[^1] Eleven reports have been finished since. None has appeared.[^2]

        Three inspectors who asked to see the order in writing have been moved to posts without duties.[^3] One of them had reported on a gallery above a town of nine thousand people. The report is finished. The town has not read it.

        This is not a quarrel between parties, nor one among engineers. The act under which the Inspectorate works is forty-four years old, and one sentence in it has survived every revision: *the inspector reports what is found, to those who live below it.* It was written in the year after Kestrel Mere, when the water arrived before the memorandum about it did.

        We know the arguments for waiting. Reports alarm people. Figures are misread. Repairs cost money that nobody has voted. We have heard these arguments at our own desks, and some of us have made them. None of them has ever held up a wall. A dam does not read the version that was agreed.

        Those who work there now cannot say this without risking what we no longer have to lose. We offer our names, our years of service and, where it is wanted, our help.

        [^1]: Ministerial Order 2026/03, “Coordination of technical communications”, 12 January 2026, article 2.
        [^2]: Register of the Inspectorate, entries 2026-001 to 2026-011, as read on 14 February 2026.
        [^3]: Notices of transfer, 19 and 22 January 2026, seen by Weirkeepers.
        """;

    /// <summary>As it was first published, with one wrong date in a note.</summary>
    private static readonly string FirstBody = Body.Replace("19 and 22 January", "19 and 21 January", StringComparison.Ordinal);

    public static readonly string[] Demands =
    [
        "withdraw the order of 12 January, and publish the eleven finished reports within fourteen days, as their authors signed them;",
        "return the three inspectors to their posts, and state in writing that nobody will be moved, downgraded or dismissed for a finding made in good faith;",
        "lay before the Assembly, before the spring session ends, a bill that gives the Inspectorate its own budget and its head a term that outlasts a government.",
    ];

    public const string PrivateTitle = "Keep the night shift at the flood desk";
    public const string PrivateAddressees = "The Assembly’s Budget Committee";
    public const string PrivateEligibility = "Forecasters and river pilots";

    public const string PrivateBody = """
        Members of the committee,

        From 1 July nobody is to sit at the flood desk between ten at night and six in the morning. Rivers do not keep these hours. Of the last nine warnings that emptied a street in time, seven were given at night, by a person who had watched a gauge rise and did not believe the model.

        The night shift costs what two kilometres of dyke cost to mow.
        """;

    public static readonly string[] PrivateDemands = ["keep two forecasters at the flood desk in every night of the year."];

    /// <summary>Domains that the letter lists. The last is the addressee's, so an address there counts as any other.</summary>
    public static readonly IReadOnlyList<ListedDomain> Domains =
    [
        new("dams.example", "Inspectorate of Dams and Locks", IsAddressee: false),
        new("canals.example", "Canal and Towpath Administration", IsAddressee: false),
        new("hydrology.example", "Institute of Hydrology and Sediment Studies", IsAddressee: false),
        new("minwater.example", "Ministry of Waterways", IsAddressee: true),
    ];

    /// <summary>Nobody signed from here until an hour ago.</summary>
    public const string NewDomain = "lindenmoor-choir.example";

    /// <summary>Two different people must let these in.</summary>
    public static readonly (string Name, string Aliases, string Context)[] Prominent =
    [
        ("Leopoldine Ravn-Achterberg", "Leo Achterberg", "Chief Engineer 2003–2012"),
        ("Leopold Ravnholm", "", "Minister of Waterways 2019–2023"),
        ("Bartholomew Quillfeather-Ståhl", "", "Deputy Minister 1996–2001"),
        ("Isolde Marchbank", "", "Chairs the Assembly’s Committee on Public Safety"),
        ("Evander Sluys-Hartigan", "", "President of the Court of Public Audit until 2022"),
    ];

    /// <summary>Written in the grid; they never leave the desk.</summary>
    public static readonly string[] Notes = ["Called on the 3rd; would speak at the hearing.", "Asks not to be called before noon.", "Former colleague of Ottoline’s; offers to look at names."];

    /// <summary>Who governed, and of which party; all invented.</summary>
    public const string Eras = "Aldermoor 1977–1984 Lantern\nBrackwell 1984–1989 Harbour\nCastellane 1989–1996 Lantern\nDunmore 1996–2001 Harbour\nEyre 2001–2011 Lantern\nFennick 2011–2019 Harbour\nGreaves 2019–today Lantern";

    /// <summary>Where some say that the press may call them.</summary>
    public static readonly string[] Places = ["Lindenmoor, Upper Sarn", "Kestrel Mere", "Port Hathersage", "Brackwater, Lower Sarn"];

    /// <summary>Two lines of one person each, but for the last two, a father and his son.</summary>
    public static readonly (string Name, string Served)[] Alike =
    [
        ("Philippa Brightwellow", "Senior inspector, Inspectorate of Dams and Locks 1991–2014"),
        ("Phillipa Brightwellow", "Sr. Inspector, Inspectorate of Dams and Locks 1991–2014"),
        ("Barnaby Saltmarshall", "Lock-keeper, Canal and Towpath Administration 1984–2009"),
        ("Saltmarshall, Barnaby", "Lock keeper, Canal & Towpath Administration 1984–2009"),
        ("Honor Ravensluice", "Counsel, Ministry of Waterways 1999–2016"),
        ("Honor Ravensluice-Thane", "Counsel, Ministry of Waterways 1999–2016"),
        ("Peregrine Oxbowe", "Sluice master, Canal and Towpath Administration 1978–1994"),
        ("Peregrine Oxbowe", "Sluice master, Canal and Towpath Administration 2006–2024"),
    ];

    /// <summary>What came to the desk and waits for an answer.</summary>
    public const string NotMe = "I never signed this. I do work at the Inspectorate, but somebody else typed my name.";
    public const string Wrong = "My years are not right: I left in 2012, not later. Please mend it.";
    public const string Reply = "Thank you. Could you write “Dr.” before my name? I have used it since 1998.";

    /// <summary>They set a line aside.</summary>
    public static readonly string[] Words = ["nincompoop", "numbskull", "poltroon"];

    /// <summary>The first signatories, in their order: name, and where they served as they would write it.</summary>
    public static readonly (string Name, string Served)[] FirstSignatories =
    [
        ("Ottoline Brandt-Okonjo", "Chief Inspector of Dams, Inspectorate of Dams and Locks 1988–2016"),
        ("Tadeusz Wierzbołowicz", "Director-General, Directorate-General for Structural Safety and the Supervision of Hydraulic Works 1991–2011"),
        ("Celestine Okparavero-Lunt", "Senior inspector, Inspectorate of Dams and Locks 1995–2019"),
        ("Nkiruka Halvorsrud", "Head of Public Law, Ministry of Waterways 2003–2021"),
        ("سُهى الواديّاني", "Principal hydrologist, Institute of Hydrology and Sediment Studies 1996–2020"),
        ("Bartholomew Quillfeather-Ståhl", "Deputy Minister, Ministry of Waterways 1996–2001"),
        ("Ximena Ilustre-Vandersloot", "Head of duty forecasting, Flood Forecasting Service 1999–2018"),
        ("Jorunn Vesterhavsgård", "Head of budget, Ministry of Waterways 2001–2018"),
        ("נועם בן־שרביט", "Materials examiner, State Laboratory for Concrete and Masonry 1985–2009"),
        ("Þórhildur Æsmundardóttir", "Commissioner, Permanent Delegation to the Joint River Commission 2006–2014"),
        ("Aurelio Montferran-Dias", "Lock-keeper, Canal and Towpath Administration 1979–1994; District superintendent, Canal and Towpath Administration 1994–2012"),
        ("Marzanna Dobrowieska-Hale", "Deputy Director, Office of the Chief Engineer 1990–2015"),
    ];

    /// <summary>Where staff can report: name, what it takes, what protects, how to reach it, its own page.</summary>
    public static readonly (string Name, string Takes, string Protects, string Reach, string Link)[] Channels =
    [
        ("Inspector General of Public Works", "Danger, pressure on findings and misuse of money, from staff and contractors.", "Your name is protected by law from the moment of receipt; who reveals it is punished.",
            "By post to Box 40, Lindenmoor, or from a private device on a private network.", "https://inspector-general.example/reports"),
        ("Assembly Committee on Public Safety", "Whatever a member may ask the Minister about. Any member may receive it.", "Parliamentary privilege: the clerk removes the name before a report is circulated.",
            "In a member’s own office, in person. Their telephones are in the Assembly’s directory.", "https://assembly.example/public-safety/members"),
        ("Engineers’ Professional Tribunal", "Complaints that an engineer was told to alter a signed finding.", "Complaints are sealed until the hearing. Anonymous ones are read, and get no reply.",
            "By registered mail, or through a lawyer, who need not name you.", "https://engineers-tribunal.example/complaints"),
    ];

    /// <summary>Words for the press, of the first and the eleventh signatory. The first is asked and agrees; the other has said so by telephone.</summary>
    public static readonly (int First, string Words, string? Agreed)[] Quotations =
    [
        (0, "I signed four hundred reports in that office. Nobody ever asked me to sign a different one.", null),
        (10, "Water is a patient reader.", "By telephone, to Hyacinth, who read the words back to him"),
    ];

    /// <summary>Where people served, with what they did there.</summary>
    public static readonly (string Organization, string[] Positions)[] Offices =
    [
        ("Inspectorate of Dams and Locks", ["Inspector", "Inspector", "Inspector", "Senior inspector", "Tunnelling inspector", "Registrar of reports", "Chief of diving inspection", "Clerk of the register"]),
        ("Directorate-General for Structural Safety and the Supervision of Hydraulic Works", ["Structural analyst", "Dam engineer", "Geotechnical engineer", "Head of section", "Deputy head of unit"]),
        ("Ministry of Waterways", ["Under-secretary", "Archivist", "Budget officer", "Press officer", "Head of correspondence", "Private secretary", "Legislative drafter", "Counsel", "Procurement lawyer", "Legal adviser"]),
        ("Institute of Hydrology and Sediment Studies", ["Hydrographer", "Sediment chemist", "Icing specialist", "Seismologist", "Dam-break modeller"]),
        ("Flood Forecasting Service", ["Forecaster", "Duty officer", "Radio operator", "Telemetry engineer", "Data steward"]),
        ("State Laboratory for Concrete and Masonry", ["Concrete technologist", "Technician", "Materials chemist", "Chief of instrumentation"]),
        ("Canal and Towpath Administration", ["Lock-keeper", "Lock-keeper", "River pilot", "Towpath ranger", "Sluice master"]),
        ("Office of the Chief Engineer", ["Field surveyor", "Geodesist", "Head of emergency planning", "Deputy Chief Engineer"]),
        ("Upper Sarn Water Board", ["Dyke reeve", "Hydraulic engineer", "District engineer", "Flood plain planner"]),
        ("Court of Public Audit", ["Senior auditor", "Audit director", "Statistician"]),
        ("Permanent Delegation to the Joint River Commission", ["Interpreter", "Translator", "Attaché"]),
        ("Assembly Secretariat", ["Clerk to the committee"]),
    ];

    /// <summary>Names that make the glance look twice; the V of the first has a Cyrillic а beside it.</summary>
    public static readonly (string Name, string Served)[] Odd =
    [
        ("V\u0430sile Grigorenciuc", "Software engineer, Flood Forecasting Service 2013–2024"),
    ];

    /// <summary>Set aside at the glance, or before it, like the last, who seems to use the name of a first signatory; they wait for a decision.</summary>
    public static readonly (string Name, string Served)[] SetAside =
    [
        ("Minister Leopold Ravnholm", "Minister, Ministry of Waterways 2019–2023"),
        ("Leopoldine Ravn-Achterberg", "Chief Engineer, Office of the Chief Engineer 2003–2012"),
        ("Evander Sluys-Hartigan", "President, Court of Public Audit 2011–2022"),
        ("BRUNO STAUDAMMER", "Towpath ranger, Canal and Towpath Administration 2003–2020"),
        ("Tadeusz Wierzbolovicz", "Director-General, Directorate-General for Structural Safety and the Supervision of Hydraulic Works 1991–2011"),
    ];

    public static readonly Dictionary<string, string> Text = TextOf(Title, Addressees, FirstBody, Demands, Eligibility);
    public static readonly Dictionary<string, string> PrivateText = TextOf(PrivateTitle, PrivateAddressees, PrivateBody, PrivateDemands, PrivateEligibility);

    /// <summary>The fields of the page where a letter is written.</summary>
    private static Dictionary<string, string> TextOf(string title, string addressees, string body, string[] demands, string eligibility) => new()
    {
        ["Form.Title"] = title,
        ["Form.Addressees"] = addressees,
        ["Form.Body"] = body,
        ["Form.Demands"] = string.Join('\n', demands),
        ["Form.Organiser"] = Organiser,
        ["Form.Eligibility"] = eligibility,
        ["Form.PressContact"] = PressContact,
        ["Form.Imprint"] = Imprint,
    };
}
