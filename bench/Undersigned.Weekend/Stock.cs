namespace Undersigned.Weekend;

/// <summary>What people, jokes and officials are made of. All invented, but for characters of fiction, whom everybody knows.</summary>
internal static class Stock
{
    /// <summary>Ordinary given names, with what their bearers are also called.</summary>
    public static readonly (string Formal, string Nick)[] Given =
    [
        ("Margaret", "Peggy"), ("William", "Bill"), ("Robert", "Bob"), ("Elizabeth", "Liz"), ("Katherine", "Kate"), ("Thomas", "Tom"), ("Edward", "Ted"),
        ("Michael", "Mike"), ("Anthony", "Tony"), ("Deborah", "Debbie"), ("Joseph", "Joe"), ("Susan", "Sue"), ("Richard", "Dick"), ("Patricia", "Pat"),
        ("Christopher", "Chris"), ("Rebecca", "Becky"), ("Daniel", "Dan"), ("Jennifer", "Jenny"), ("Charles", "Charlie"), ("Victoria", "Vicky"),
        ("Benjamin", "Ben"), ("Alexandra", "Alex"), ("Theodore", "Theo"), ("Samuel", "Sam"), ("Josephine", "Josie"), ("Frederick", "Fred"),
        ("Gregory", "Greg"), ("Matthew", "Matt"), ("Nicholas", "Nick"), ("Penelope", "Penny"), ("Stephen", "Steve"), ("Timothy", "Tim"),
    ];

    public static readonly string[] FamilyBegins =
        ["Alder", "Ash", "Beck", "Birch", "Bram", "Carrow", "Cold", "Dun", "Elm", "Farrow", "Gather", "Hather", "Holm", "Kestrel", "Lark", "Linden", "Marsh", "Mill",
         "Oaken", "Penny", "Quarter", "Ravens", "Salt", "Thorn", "Under", "Wether", "Whistle", "Yarrow", "Brandt", "Coster", "Drake", "Eber", "Fenn", "Garth"];

    public static readonly string[] FamilyEnds =
        ["worth", "hurst", "mere", "wick", "stead", "combe", "holt", "well", "croft", "thwaite", "sluice", "gate", "lock", "shaw", "beck", "stone", "bridge", "marsh"];

    /// <summary>Offices; the first spelling is the proper one, the others are what people write.</summary>
    public static readonly string[][] Organizations =
    [
        ["Inspectorate of Dams and Locks", "Inspectorate of Dams & Locks", "Insp. of Dams and Locks", "Inspectorate of Dams and Lock"],
        ["Ministry of Waterways", "Min. of Waterways", "Ministry of Water Ways"],
        ["Flood Forecasting Service", "Flood Forecasting Svc", "The Flood Forecasting Service"],
        ["Canal and Towpath Administration", "Canal & Towpath Administration", "Canal and Towpath Admin."],
        ["State Laboratory for Concrete and Masonry", "State Lab for Concrete and Masonry"],
        ["Institute of Hydrology", "Inst. of Hydrology"],
        ["Office of the Chief Engineer"],
        ["Upper Sarn Water Board", "Upper Sarn Waterboard"],
        ["Court of Public Audit"],
        ["Civil Works Division", "Civil Works Div."],
    ];

    /// <summary>Positions; the second spelling is the same one.</summary>
    public static readonly (string Proper, string Other)[] Positions =
    [
        ("Senior inspector", "Sr. Inspector"), ("Inspector", "Inspector"), ("Hydraulic engineer", "Engineer (hydraulics)"), ("Lock-keeper", "Lock keeper"),
        ("Forecaster", "Fore-caster"), ("Counsel", "Counsel"), ("Deputy head of unit", "Dep. Head of Unit"), ("Archivist", "Archivist"), ("Structural analyst", "Structural Analyst"),
        ("Surveyor", "Surveyer"), ("Legislative drafter", "Legislative drafter"), ("River pilot", "River Pilot"), ("Auditor", "Auditor"), ("Budget officer", "Budget Officer"),
    ];

    /// <summary>A domain that the letter lists: who has an address there was let in by its administrators.</summary>
    public const string ListedDomain = "dams.example";

    public static readonly string[] Puns =
    [
        "Justin Case", "Barb Dwyer", "Sue Flay", "Rhoda Boat", "Dwayne Pipe", "Bill Ding", "Chris P. Bacon", "Eve N. Flow", "Dam N. Shame", "Walter Falls", "Anita Bath", "Paige Turner",
        "Al Beback", "Cliff Edge", "Sandy Bottoms", "Crystal Waters-Clear", "Stan Dingwater", "Helen Highwater", "Noah Lott", "Lou Pole", "Mark Mywords", "Phil Landers-Tank", "Terry Bull",
        "Ima Leake", "Manny Leaks", "Burst Pipington", "Marsha Mellow", "Polly Ester", "Robin Banks", "Sal Monella", "Tim Burr-Dam", "Wade N. Deep", "Warren Peace", "Zoe Wakened",
    ];

    public static readonly string[] Fiction =
    [
        "Sherlock Holmes", "Mickey Mouse", "Albus Dumbledore", "Donald Duck", "Bilbo Baggins", "Ebenezer Scrooge", "Robin Hood", "Peter Pan", "Captain Nemo", "Hercule Poirot",
        "Homer Simpson", "Willy Wonka", "Huckleberry Finn", "Oliver Twist", "Tom Sawyer", "Phileas Fogg", "Long John Silver", "Victor Frankenstein", "Moby Dick", "Humpty Dumpty",
        "Santa Claus", "Darth Vader", "Winnie Thepooh", "Paddington Bear",
    ];

    /// <summary>Mild ones in the place of those that come in life; the organiser's list of words has them.</summary>
    public static readonly string[] InsultWords = ["nincompoop", "numbskull", "buffoon", "poltroon", "blatherskite"];

    public static readonly string[] Insults =
    [
        "Ministry Nincompoop", "Numbskull Inspector", "Buffoon McBuffoon", "Poltroon Pettigrew", "Signer Blatherskite", "Grand Nincompoop", "Utter Numbskull", "Weirkeepers Buffoons",
        "Old Poltroon", "Blatherskite Brigade", "Nincompoop Numbskull", "Chief Buffoon", "Petty Poltroon", "Inspector Nincompoop",
    ];

    /// <summary>The letter's own list of prominent names: the name as listed, who it is, and how a forger writes it.</summary>
    public static readonly (string Name, string Context, string[] AsForged)[] Prominent =
    [
        ("Leopold Ravnholm", "Minister of Waterways since 2024", ["Minister of Waterways Leopold Ravnholm", "Leopold Ravnholm", "Leopold R\u00e1vnholm"]),
        ("Isolde Marchbank", "President of the Republic", ["President Isolde Marchbank", "Isolde March-bank", "Isolde Marchbank"]),
        ("Caspian Thornquist", "Speaker of the Assembly", ["Caspian Thornquist", "Speaker Caspian Thornquist"]),
        ("Henrike Sollander", "Chief Inspector since January", ["Henrike Sollander", "H\u0435nrike Sollander", "Dr. Henrike Sollander"]),
        ("Barnabas Oyelaran-Fitch", "Governor of Upper Sarn", ["Governor Barnabas Oyelaran-Fitch", "Barnabas Oyelaran-Fitch"]),
        ("Perpetua Lindqvaist", "Ambassador to the Joint River Commission", ["Ambassador Perpetua Lindqvaist", "Perpetua Lindqvaist"]),
        ("Gideon Farrowgate", "President of the Court of Public Audit", ["Gideon Farrowgate", "Judge Gideon Farrowgate"]),
        ("Ulrika Stavendal", "Commander of the River Guard", ["General Ulrika Stavendal", "Ulrika Stavendal"]),
    ];

    /// <summary>On the same list; these sign themselves.</summary>
    public static readonly (string Name, string Context, string Served)[] TrulyProminent =
    [
        ("Ottoline Brandt-Okonjo", "Chief Inspector of Dams until 2016", "Chief Inspector of Dams, Inspectorate of Dams and Locks 1988–2016"),
        ("Tadeusz Wierzbowski-Hale", "Deputy Minister until 2001", "Deputy Minister, Ministry of Waterways 1996–2001"),
        ("Celestine Okparavero", "Director of the Flood Forecasting Service until 2018", "Director, Flood Forecasting Service 2003–2018"),
        ("Jorunn Vesterhavsberg", "President of the Court of Public Audit until 2020", "President, Court of Public Audit 2009–2020"),
    ];
}
