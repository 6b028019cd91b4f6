using System.Globalization;

namespace Undersigned.Linkage.Bench;

/// <summary>
/// Signatories made from a seed: a name by ranks, a post, an employer, a place, an address. The ranks are chosen so that a list has as many namesakes as
/// 50,000 made-up persons of all cultures had: a million lines hold about half a million pairs of two people with one name. Most live where their employer is.
/// One in a hundred signs again with one of the acts below; relatives, colleagues and namesakes are there as strangers.
/// </summary>
internal sealed class Generator(int seed)
{
    private static readonly string[] Given = ["Maria", "Anna", "John", "Peter", "Elena", "Thomas", "Katarzyna", "Michael", "Elizabeth", "Carlos", "Sofia", "William", "Ahmed", "Fatima", "Robert", "Margaret", "Jan", "Christine", "Daniel", "Helena", "Andrew", "Julia", "Mohammed", "Laura", "James", "Nadia", "Stephen", "Claire", "Paul", "Ingrid", "Jerzy", "Yuki", "Wei", "Priya", "Olga", "Dmitri", "Pierre", "Amelie", "Luca", "Chiara", "Erik", "Astrid", "Pedro", "Beatriz", "Hassan", "Leila", "Kwame", "Ama", "Tomas", "Zdenka", "Henrik", "Maja", "Benjamin", "Rachel", "Samuel", "Esther", "Gregory", "Victoria", "Patrick", "Bridget", "Kenji", "Haruka", "Minh", "Linh", "Rafael", "Isabel", "Viktor", "Tatiana", "Georg", "Ursula", "Matteo", "Giulia", "Nikolai", "Svetlana", "Edward", "Dorothy", "Francis", "Agnes", "Leon", "Rosa"];
    private static readonly string[] Starts = ["Al", "Ber", "Bran", "Cor", "Dal", "Dor", "El", "Fal", "Fen", "Gar", "Gol", "Hal", "Har", "Hol", "Jar", "Kal", "Kor", "Lan", "Lar", "Lin", "Mal", "Mar", "Mol", "Nor", "Ost", "Pal", "Per", "Quil", "Ral", "Ros", "Sal", "San", "Sil", "Stan", "Tal", "Tor", "Ul", "Val", "Ver", "Wal", "Wes", "Zan", "Zel"];
    private static readonly string[] Middles = ["a", "an", "ar", "be", "den", "e", "en", "er", "gen", "i", "in", "ka", "le", "li", "mi", "na", "o", "on", "ri", "ro", "sa", "se", "ta", "te", "ti", "u", "va", "ve"];
    private static readonly string[] Ends = ["berg", "bridge", "dorf", "ek", "er", "es", "ford", "gate", "hart", "ham", "ini", "ko", "land", "ley", "lund", "man", "mann", "mont", "nik", "off", "ov", "quist", "rich", "sen", "ski", "son", "stad", "stein", "ton", "vic", "well", "wick", "wood", "yan"];
    private static readonly string[] Positions = ["Professor", "Attorney", "Assistant US Attorney", "Trial Attorney", "Physician", "Nurse", "Research Associate", "Scientist", "Judge", "Clerk", "Teacher", "Director", "Policy Analyst", "Engineer", "Librarian", "Economist", "Section Chief", "Lecturer", "Program Manager", "Inspector", "Epidemiologist", "Paralegal", "Editor", "Curator"];
    private static readonly string[] Standings = ["", "", "", "Senior ", "Deputy ", "Associate ", "Principal ", "Acting "];
    private static readonly string[] Fields = ["", "", "", "", "Water Quality", "Public Health", "Constitutional Law", "Pediatrics", "Statistics", "Land Use", "Labor", "Criminal Appeals", "Procurement", "Hydrology", "Archives", "Immigration", "Medieval History", "Antitrust", "Surgery", "Budget", "Fisheries", "Linguistics", "Tax", "Air Quality", "Geology", "Oncology", "Housing", "Transport", "Trade", "Education"];
    private static readonly string[] Kinds = ["University of {0}", "{0} Regional Court", "{0} County Hospital", "Department of {0}", "{0} Institute", "{0} Division", "Office for {0}", "{0} School"];
    private static readonly string[] GivenMiddles = ["", "de", "el", "i", "lo", "mi", "no", "ri", "sa", "vi"];
    private static readonly string[] GivenEnds = ["a", "ah", "an", "ara", "ek", "ella", "en", "esh", "ette", "ia", "ica", "in", "ine", "is", "o", "on", "ra", "us", "yn"];
    private static readonly string[] Free = ["gmail.com", "outlook.com", "gmx.de", "proton.me", "yahoo.com"];

    private const int Places = 600;

    private readonly Random _random = new(seed);
    private readonly Dictionary<long, string> _persons = [];

    public Dictionary<long, string> Persons => _persons;

    private int _lines;

    public IEnumerable<Signatory> Make(int count)
    {
        _lines = count;
        var recent = new List<Signatory>();
        for (var id = 0; id < count; id++)
        {
            var again = recent.Count > 100 && _random.Next(100) == 0;
            var line = again ? Again(id, recent[_random.Next(recent.Count)]) : Fresh(id);
            _persons[id] = again ? _persons[_again] : id.ToString(CultureInfo.InvariantCulture);
            if (!again && (recent.Count < 5000 || _random.Next(50) == 0))
            {
                if (recent.Count < 5000) recent.Add(line);
                else recent[_random.Next(5000)] = line;
            }
            yield return line;
        }
    }

    private long _again;

    private Signatory Fresh(long id)
    {
        var organization = Ranked(Math.Max(200, _lines / 25));
        var place = _random.Next(5) == 0 ? Ranked(Places) : organization * 7 % Places;
        var from = 1975 + _random.Next(48);
        var middle = _random.Next(5) == 0 ? $" {(char)('A' + Ranked(26))}." : "";
        return new(id, $"{GivenName()}{middle} {Family()}")
        {
            Posts = [new(Position(), string.Format(CultureInfo.InvariantCulture, Kinds[organization % Kinds.Length], Made(organization % 120_000 + 7)), from, _random.Next(3) == 0 ? null : from + 1 + _random.Next(20))],
            Location = Made(place + 90_001) + (place % 2 == 0 ? "" : "ville"),
            EmailDomain = _random.Next(2) == 0 ? Free[Ranked(Free.Length)] : $"org{organization.ToString(CultureInfo.InvariantCulture)}.example",
            LocalPartToken = $"{_random.NextInt64():x}",
        };
    }

    private string Position()
    {
        var field = Fields[_random.Next(Fields.Length)];
        return $"{Standings[_random.Next(Standings.Length)]}{Positions[Ranked(Positions.Length)]}{(field.Length > 0 ? ", " : "")}{field}";
    }

    /// <summary>The commonest is one line in 70; the eighty that are written out are a third of all.</summary>
    private string GivenName()
    {
        var rank = Ranked(4_000, 12);
        if (rank < Given.Length) return Given[rank];
        var number = rank - Given.Length;
        return Starts[number % Starts.Length] + GivenMiddles[number / Starts.Length % GivenMiddles.Length] + GivenEnds[number * 5 / Starts.Length % GivenEnds.Length];
    }

    /// <summary>The same person once more: turned round, a letter off, an initial, a surname added, another post or none, another address.</summary>
    private Signatory Again(long id, Signatory first)
    {
        _again = first.Id;
        var words = first.Name.Split(' ');
        var name = _random.Next(6) switch
        {
            0 => $"{words[^1]}, {words[0]}",
            1 => Typo(first.Name),
            2 => $"{words[0][0]}. {words[^1]}",
            3 => $"{words[0]} {words[^1]}-{Family()}",
            4 => first.Name.ToUpperInvariant(),
            _ => first.Name,
        };
        var post = first.Posts[0];
        return first with
        {
            Id = id,
            Name = name,
            Posts = _random.Next(4) switch { 0 => [], 1 => [post with { To = null }], 2 => [post with { Position = Position() }], _ => [post] },
            EmailDomain = Free[Ranked(Free.Length)],
            LocalPartToken = _random.Next(3) == 0 ? first.LocalPartToken : $"{_random.NextInt64():x}",
        };
    }

    private string Typo(string name)
    {
        var at = 1 + _random.Next(name.Length - 2);
        return _random.Next(3) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, name[at].ToString()),
            _ => string.Concat(name.AsSpan(0, at), ((char)('a' + _random.Next(26))).ToString(), name.AsSpan(at + 1)),
        };
    }

    private string Family() => Made(Ranked(120_000));

    /// <summary>The number n of all family names: few syllables first, and no name twice.</summary>
    private static string Made(int n)
    {
        var start = Starts[n * 31 % Starts.Length];
        var end = Ends[n / Starts.Length * 15 % Ends.Length];
        var rest = n / (Starts.Length * Ends.Length);
        return start + (rest == 0 ? "" : Middles[rest % Middles.Length]) + (rest >= Middles.Length ? Middles[rest / Middles.Length * 5 % Middles.Length] : "") + end;
    }

    /// <summary>A rank below n with a chance of about 1/(rank + flat): the commonest family name of 120,000 is one line in 250.</summary>
    private int Ranked(int n, int flat = 30) => Math.Min(n - 1, (int)(flat * (Math.Pow(n / (double)flat + 1, _random.NextDouble()) - 1)));
}
