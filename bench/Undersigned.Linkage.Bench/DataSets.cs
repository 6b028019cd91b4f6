namespace Undersigned.Linkage.Bench;

/// <summary>A list of lines with the persons they truly are.</summary>
internal sealed record TrueList(string Name, List<Signatory> Lines, Dictionary<long, string> Persons)
{
    public static TrueList Febrl(string name, params string[] paths)
    {
        var lines = new List<Signatory>();
        var persons = new Dictionary<long, string>();
        foreach (var path in paths)
        {
            var csv = Csv.Read(path);
            foreach (var row in csv.Rows)
            {
                string Of(string column) => csv.Get(row, column);
                var id = lines.Count;
                persons[id] = Of("rec_id").Split('-')[1];
                lines.Add(new(id, $"{Of("given_name")} {Of("surname")}")
                {
                    Location = Of("suburb"),
                    Facts = [new("born", FactKind.Date, Of("date_of_birth")), new("postcode", FactKind.Code, Of("postcode")),
                        new("street", FactKind.Words, $"{Of("street_number")} {Of("address_1")}"), new("house", FactKind.Words, Of("address_2")), new("state", FactKind.Words, Of("state"))],
                });
            }
        }
        return new(name, lines, persons);
    }

    public static TrueList Fake(string name, string path)
    {
        var csv = Csv.Read(path);
        var persons = new Dictionary<long, string>();
        var lines = new List<Signatory>();
        foreach (var row in csv.Rows)
        {
            string Of(string column) => csv.Get(row, column);
            var id = lines.Count;
            persons[id] = Of("cluster");
            lines.Add(new(id, $"{Of("first_name")} {Of("surname")}")
            {
                Location = Of("city"),
                Facts = [new("born", FactKind.Date, Of("dob")), new("address", FactKind.Code, Of("email"))],
            });
        }
        return new(name, lines, persons);
    }

    public static TrueList Historical(string name, string path)
    {
        var csv = Csv.Read(path);
        var persons = new Dictionary<long, string>();
        var lines = new List<Signatory>();
        foreach (var row in csv.Rows)
        {
            string Of(string column) => csv.Get(row, column);
            var id = lines.Count;
            persons[id] = Of("cluster");
            var first = Of("first_and_surname");
            var full = Of("full_name");
            lines.Add(new(id, full.Length > 0 ? full : first)
            {
                Posts = Of("occupation") is { Length: > 0 } occupation ? [new(occupation, null)] : [],
                Facts = [new("born", FactKind.Date, Of("dob")), new("birthplace", FactKind.Words, Of("birth_place")), new("postcode", FactKind.Code, Of("postcode_fake"))],
            });
        }
        return new(name, lines, persons);
    }

    public HashSet<IdPair> TruePairs()
    {
        var pairs = new HashSet<IdPair>();
        foreach (var person in Lines.GroupBy(line => Persons[line.Id]))
        {
            var ids = person.Select(line => line.Id).ToArray();
            for (var i = 0; i < ids.Length; i++)
                for (var j = i + 1; j < ids.Length; j++) pairs.Add(IdPair.Of(ids[i], ids[j]));
        }
        return pairs;
    }
}
