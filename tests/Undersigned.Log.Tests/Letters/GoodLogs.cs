namespace Undersigned.Log.Tests.Letters;

/// <summary>Logs in which every rule holds, by what they show.</summary>
public static class GoodLogs
{
    private const string Groups = """{"eligibility":"anyone","groups":[{"id":"staff","population":420},{"id":"guests","population":31}]}""";

    public static IReadOnlyDictionary<string, Func<SomeLog>> All { get; } = new Dictionary<string, Func<SomeLog>>
    {
        ["nothing but open"] = () => new SomeLog().Open(),
        ["published with its signatures"] = () => Published(),
        ["every act on a public signatory"] = () => Published().Later().Withdraw(1).Remove(2).Amend(3, "Ada Njoroge").Later().Reinstate(2).Sign("Noor Haddad", "known")
            .Later().Amend(3, "Ada N. Njoroge").Withdraw(4).Later().Erase(1, "record").Later().Erase(8, "record"),
        ["a signature withdrawn in the batch it was made in"] = () => Published().Later().Sign("Noor Haddad").Withdraw(6).Erase(6, "record"),
        ["a removed record erased"] = () => Published().Later().Remove(2).Erase(2, "record"),
        ["256 entries"] = () => new SomeLog().Open().SignMany(255),
        ["257 entries"] = () => new SomeLog().Open().SignMany(256),
        ["300 entries in batches of ten"] = ManyBatches,
        ["every level"] = () => new SomeLog().Open().Sign("A", "email").Sign("B", "imported").Sign("C", "account").Sign("D", "domain").Sign("E", "roster").Sign("F", "vouched").Sign("G", "known"),
        ["names withheld at publication, fewer than the number"] = () => new SomeLog().Open(5, Groups).SignWithheld("staff").Sign("Noor Haddad").SignWithheld(),
        ["a batch of withheld names"] = () => Withheld().Later().SignMany(5, "withheld"),
        ["a batch of withheld names filled by acts of six types"] = () => Withheld().Later().SignMany(1, "withheld").Amend(1, "Noor Haddad").Withdraw(2).Remove(3).Erase(5, "identity")
            .Later(86400).Reinstate(3).SignMany(4, "withheld"),
        ["one act twice about one withheld signatory counts once"] = () => Withheld().Later().SignMany(4, "withheld").Withdraw(8).Erase(8, "record").Erase(5, "identity"),
        ["two batches of withheld names on two days"] = () => Withheld().Later().SignMany(5, "withheld").Later(86400).SignMany(5, "withheld"),
        ["withheld names withdrawn alone"] = () => Withheld().Later().Withdraw(1).Later(86400).Remove(2).Later(86400).Erase(1, "record"),
        ["withheld names at close, whatever else the day held"] = () => Withheld().Later().SignMany(5, "withheld").Later().SignWithheld().Close(),
        ["a withheld batch on the day of close, after another at close"] = () => Withheld().Later().SignMany(1, "withheld").Close().Later().Reopen().Later().SignMany(5, "withheld"),
        ["a withheld name made public"] = () => Withheld().Later().Amend(1, "Noor Haddad").SignMany(4, "withheld").Later().Amend(1, "Noor Haddad-Reyes").Later().Withdraw(1),
        ["a withheld record changed"] = () => Withheld().Later().Amend(1, "", "withheld", """{"group":"guests"}""").SignMany(4, "withheld"),
        ["public acts beside a withheld batch"] = () => Withheld().Later().SignMany(5, "withheld").Later().Sign("Noor Haddad").Withdraw(7).Later().Amend(13, "Noor H."),
        ["closed and reopened"] = () => Published().Later().Close().Later().Reopen().Sign("Noor Haddad").Later().Close(),
        ["close, then retire in one batch"] = () => Published().Later().Sign("Noor Haddad").Close().Retire(),
        ["retired later"] = () => Published().Later().Close().Later().Amend(1, "Ada O.").Withdraw(2).Later().Retire(),
        ["reinstated while closed"] = () => Published().Later().Remove(2).Later().Close().Later().Reinstate(2),
        ["revised, and signed in three revisions"] = () => Published().Later().Revise(newText: """{"title":"Open the waterways!"}""").Sign("Noor Haddad").Later()
            .Revise(newRules: """{"eligibility":"residents"}""").Sign("Lin Wei", of: 2).Sign("Tomas Reyes", of: 1),
        ["withheld names in the first and in the current revision"] = () => Withheld().Later().Revise(newText: """{"title":"Open them!"}""").SignWithheld("staff", 1).SignWithheld("staff", 2)
            .SignMany(3, "withheld"),
        ["a group that later rules no longer name"] = () => Withheld().Later().Revise(newRules: """{"eligibility":"anyone","groups":[{"id":"crew","population":9}]}""").SignWithheld("crew", 2)
            .SignWithheld("guests", 1).SignMany(3, "withheld"),
        ["posts of every kind"] = () => Published().Later().Post("update", "1").Post("response", "2").Post("channels", "3").Post("delivery", "4").Post("audit", "5").Post("translation", "6").Post("edition", "7"),
        ["a draw and its audit"] = () => Published().Later().Draw(6, 3).Later().Post("audit", "The value was 7.").Later().Erase(6, "text"),
        ["a draw at an earlier size"] = () => Published().Later().Sign("Noor Haddad").Later().Withdraw(1).Draw(6, 5),
        ["an old text erased"] = () => Published().Later().Revise(newText: """{"title":"Open the waterways!"}""").Later().Erase(0, "text"),
        ["a post erased"] = () => Published().Later().Post("update", "1").Later().Erase(6, "text"),
        ["the current text erased after close"] = () => Published().Later().Close().Later().Erase(0, "text"),
        ["the current text erased after close, replaced, and reopened"] = () => Published().Later().Close().Later().Erase(0, "text").Revise(newText: """{"title":"Again"}""").Later().Reopen(),
        ["the same text as post and as revision"] = () => Published().Later().Post("update", "1").Post("update", "1"),
        ["spaces, tabs, another order and escapes"] = () => Published().Rewrite(0, OtherForm),
        ["a record with everything in it"] = () => new SomeLog().Open().SignRecord(
            """{"name":"Øyvind Ñandú 王伟","position":"Lock keeper\nand pilot","organization":"\"Weir\" \\ Co.","years":[{"from":1994,"to":2003},{"from":2010}],"location":"Łódź","comment":"tab\there \u0041","fields":{"field":"hydrology","🌊":"💧"}}"""),
        ["a year boundary and a leap day"] = () => new SomeLog().Open().Later(86400 * 400).Sign("Noor Haddad").Rewrite(1, e => e),
    };

    public static SomeLog Published() => new SomeLog().Open().Sign("Ada Okafor").Sign("Noor Haddad").Sign("Lin Wei").Sign("Tomas Reyes", "imported").Sign("Śūnya 王伟", "known");

    public static SomeLog Withheld() => new SomeLog().Open(5, Groups).SignWithheld("staff").SignMany(4, "withheld").SignWithheld("guests").Sign("Lin Wei");

    private static SomeLog ManyBatches()
    {
        var log = Published();
        while (log.Size < 290)
        {
            log.Later(3600).SignMany(7).Withdraw(log.Signatories.Count - 3).Amend(log.Signatories.Count - 1, "Zoë").Remove(log.Signatories.Count);
        }
        return log.Later().Close();
    }

    // {"v":1,"type":… becomes a text with the same members in which a reader who compares before unescaping finds none.
    private static string OtherForm(string entry)
    {
        var inner = entry[1..^1].Replace("\"v\":1,", "", StringComparison.Ordinal).Replace("\"type\":", "\"\\u0074ype\" :\t", StringComparison.Ordinal);
        return $" {{ {inner} ,\t\"v\" : 1 }}\t".Replace("\"letter\":\"waterways\"", "\"letter\":\"water\\u0077ays\"", StringComparison.Ordinal);
    }
}
