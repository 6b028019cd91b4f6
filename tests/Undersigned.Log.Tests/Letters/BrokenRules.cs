namespace Undersigned.Log.Tests.Letters;

/// <summary>Logs that break one rule of section 2 of the specification each: what, at which entry, and the log.</summary>
public static class BrokenRules
{
    public sealed record Case(string Name, int Entry, Func<SomeLog> Log);

    public static IReadOnlyList<Case> All { get; } = [.. Form(), .. Acts(), .. Texts(), .. Batches(), .. WithheldNames()];

    private static SomeLog Published() => GoodLogs.Published();

    private static SomeLog Withheld() => GoodLogs.Withheld();

    private static Case Rewritten(string name, string what, string by, int entry = 2) => new(name, entry, () => Published().Replace(entry, what, by));

    private static IEnumerable<Case> Form() =>
    [
        Rewritten("a duplicate member", "\"v\":1,", "\"v\":1,\"v\":1,"),
        Rewritten("a duplicate member, once escaped", "\"v\":1,", "\"v\":1,\"\\u0076\":1,"),
        Rewritten("an unknown member", "\"v\":1,", "\"v\":1,\"note\":\"\","),
        Rewritten("a missing member", ",\"withheld\":0", ""),
        Rewritten("a member of another type", "\"signatory\":2", "\"signatory\":2,\"reason\":\"typo\""),
        Rewritten("null", "\"withheld\":0", "\"withheld\":null"),
        Rewritten("true", "\"withheld\":0", "\"withheld\":true"),
        Rewritten("a number as a string", "\"withheld\":0", "\"withheld\":\"0\""),
        Rewritten("a string as a number", "\"level\":\"email\"", "\"level\":1"),
        Rewritten("a number with a sign", "\"withheld\":0", "\"withheld\":-0"),
        Rewritten("a number with a fraction", "\"withheld\":0", "\"withheld\":0.0"),
        Rewritten("a number with an exponent", "\"signatory\":2", "\"signatory\":2e0"),
        Rewritten("a number with a leading zero", "\"signatory\":2", "\"signatory\":02"),
        Rewritten("a number of 2^53", "\"withheld\":0", "\"withheld\":9007199254740992"),
        Rewritten("an unknown type", "\"type\":\"sign\"", "\"type\":\"countersign\""),
        Rewritten("an unknown level", "\"level\":\"email\"", "\"level\":\"telepathy\""),
        Rewritten("an unknown shown", "\"shown\":\"public\"", "\"shown\":\"secret\""),
        Rewritten("an unpaired surrogate", "\"level\":\"email\"", "\"level\":\"\\ud83d\""),
        Rewritten("an escaped control character", "\"level\":\"email\"", "\"level\":\"email\\u0000\""),
        Rewritten("a later version in the midst", "\"v\":1", "\"v\":2"),
        Rewritten("version 0", "\"v\":1", "\"v\":0"),
        Rewritten("base64 without padding", "=\",\"shown\"", "\",\"shown\""),
        Rewritten("a line feed between tokens", "\"v\":1,", "\"v\":1,\n"),
        Rewritten("a carriage return between tokens", "\"v\":1,", "\"v\":1,\r"),
        new("an unknown reason", 6, () => Published().Later().Remove(1).Replace(6, "\"duplicate\"", "\"unkind\"")),
        new("an unknown kind of post", 6, () => Published().Later().Post("gossip", "1")),
        new("an unknown thing to erase", 7, () => Published().Later().Withdraw(1).Erase(1, "name")),
        new("base64 with unused bits set", 2, () => Published().Rewrite(2, e => UnusedBits(e))),
        new("base64 of another length", 2, () => Published().Rewrite(2, e => ReplaceRecord(e, Convert.ToBase64String(new byte[33])))),
        new("base64 of the address kind", 2, () => Published().Rewrite(2, e => ReplaceRecord(e, new string('-', 43) + "="))),
        new("invalid UTF-8", 2, () => WithBytes(Published(), 2, b => [.. b[..^1], 0x20, 0xC3, .. b[^1..]])),
        new("a byte-order mark", 2, () => WithBytes(Published(), 2, b => [0xEF, 0xBB, 0xBF, .. b])),
        new("something after the object", 2, () => Published().Rewrite(2, e => e + "{}")),
        new("an entry of 4,097 bytes", 2, () => Published().Rewrite(2, e => e + new string(' ', 4097 - e.Length))),
        new("an empty entry", 2, () => WithBytes(Published(), 2, _ => [])),
        new("an array", 2, () => Published().Rewrite(2, e => $"[{e}]")),
        new("deep nesting", 2, () => Published().Replace(2, "\"v\":1,", "\"v\":[[[[[[[[[1]]]]]]]]],")),
        Rewritten("a time with a fraction", "00:00Z", "00:00.5Z"),
        Rewritten("a time with an offset", "00:00Z", "00:00+00:00"),
        Rewritten("a second 60", "09:00:00Z", "09:00:60Z"),
        Rewritten("a day that does not exist", "2026-02-16", "2026-02-30"),
        Rewritten("a leap day in another year", "2026-02-16", "2026-02-29"),
        Rewritten("a time with a small z", "00Z", "00z"),
        new("a date before 1970", 0, () => new SomeLog().Open().Replace(0, "2026-", "1969-")),
        new("level withheld, but shown", 2, () => Published().Replace(2, "\"level\":\"email\"", "\"level\":\"withheld\"")),
        new("shown withheld, but a level", 2, () => Withheld().Replace(2, "\"level\":\"withheld\"", "\"level\":\"email\"")),
        new("withheld without identity", 2, () => Withheld().Rewrite(2, e => System.Text.RegularExpressions.Regex.Replace(e, ",\"identity\":\"[^\"]*\"", ""))),
        new("public with identity", 2, () => Published().Replace(2, "\"shown\"", $"\"identity\":\"{new string('A', 43)}=\",\"shown\"")),
        new("withheldBatch of 4", 0, () => new SomeLog().Open(4)),
        new("withheldBatch of 1,001", 0, () => new SomeLog().Open(1001)),
    ];

    private static IEnumerable<Case> Acts() =>
    [
        new("a sign before open", 0, () => new SomeLog().Open().Rewrite(0, _ => "{\"v\":1,\"type\":\"close\",\"time\":\"2026-02-16T09:00:00Z\",\"standing\":0,\"withheld\":0}")),
        new("a second open", 6, () => Published().Later().Open()),
        new("open of another letter", 0, () => new SomeLog().Open(slug: "highways")),
        new("open with revision 2", 0, () => new SomeLog().Open().Replace(0, "\"revision\":1", "\"revision\":2")),
        new("standing at open", 0, () => new SomeLog().Open().Replace(0, "\"standing\":0", "\"standing\":1")),
        new("standing one too many", 6, () => Published().Later().Miscount(1, 0).Sign("Noor Haddad")),
        new("standing one too few", 6, () => Published().Later().Miscount(-1, 0).Withdraw(1)),
        new("standing that does not change", 6, () => Published().Later().Miscount(-1, 0).Sign("Noor Haddad")),
        new("withheld one too many", 6, () => Published().Later().Miscount(0, 1).Sign("Noor Haddad")),
        new("a signatory's number left out", 6, () => Published().Later().Sign("Noor Haddad").Replace(6, "\"signatory\":6", "\"signatory\":7")),
        new("a signatory's number twice", 6, () => Published().Later().Sign("Noor Haddad").Replace(6, "\"signatory\":6", "\"signatory\":5")),
        new("a sign of revision 0", 6, () => Published().Later().Sign("Noor Haddad", of: 0)),
        new("a sign of a revision to come", 6, () => Published().Later().Sign("Noor Haddad", of: 2)),
        new("a sign while closed", 7, () => Published().Later().Close().Later().Sign("Noor Haddad")),
        new("an amendment of nobody", 6, () => Published().Later().Amend(1, "Ada").Replace(6, "\"signatory\":1", "\"signatory\":6")),
        new("an amendment of signatory 0", 6, () => Published().Later().Amend(1, "Ada").Replace(6, "\"signatory\":1", "\"signatory\":0")),
        new("an amendment of one who withdrew", 7, () => Published().Later().Withdraw(1).Later().Amend(1, "Ada")),
        new("a withdrawal twice", 7, () => Published().Later().Withdraw(1).Later().Withdraw(1)),
        new("a removal of one who withdrew", 7, () => Published().Later().Withdraw(1).Later().Remove(1)),
        new("a removal twice", 7, () => Published().Later().Remove(1).Later().Remove(1)),
        new("a reinstatement of one who stands", 6, () => Published().Later().Reinstate(1)),
        new("a reinstatement of one who withdrew", 7, () => Published().Later().Withdraw(1).Later().Reinstate(1)),
        new("a reinstatement after the record was erased", 8, () => Published().Later().Remove(1).Erase(1, "record").Later().Reinstate(1)),
        new("an erasure of a current record", 6, () => Published().Later().Erase(1, "record")),
        new("an erasure of a record reinstated", 8, () => Published().Later().Remove(1).Later().Reinstate(1).Later().Erase(1, "record")),
        new("an erasure twice", 8, () => Published().Later().Withdraw(1).Erase(1, "record").Later().Erase(1, "record")),
        new("an erasure of an identity twice", 9, () => Withheld().Later().Erase(1, "identity").Later(86400).Erase(1, "identity")),
        new("an erasure of an identity that is not there", 6, () => Published().Later().Erase(1, "identity")),
        new("an erasure of a record that is not there", 6, () => Published().Later().Erase(0, "record")),
        new("an erasure of a text that is not there", 6, () => Published().Later().Erase(1, "text")),
        new("an erasure of itself", 6, () => Published().Later().Erase(6, "record")),
        new("an erasure of an entry to come", 6, () => Published().Later().Erase(7, "record").Withdraw(1)),
        new("the same commitment in two signatures", 2, () => Published().Rewrite(2, e => ReplaceRecord(e, RecordOf(Published(), 1)))),
        new("the same commitment in one signature", 2, () => Withheld().Rewrite(2, e => ReplaceMember(e, "identity", RecordOf(Withheld(), 2)))),
        new("a record that was an identity", 3, () => Withheld().Rewrite(3, e => ReplaceRecord(e, MemberOf(Withheld(), 2, "identity")))),
        new("the same commitment in an amendment", 6, () => Published().Later().Amend(1, "Ada").Rewrite(6, e => ReplaceRecord(e, RecordOf(Published(), 1)))),
        new("a close while closed", 7, () => Published().Later().Close().Later().Close()),
        new("a reopening of an open letter", 6, () => Published().Later().Reopen()),
        new("a retirement of an open letter", 6, () => Published().Later().Retire()),
        new("an entry after retire", 8, () => Published().Later().Close().Retire().Later().Withdraw(1)),
        new("from public to withheld", 8, () => Withheld().Later().Amend(7, "", "withheld")),
    ];

    private static IEnumerable<Case> Texts() =>
    [
        new("a revision's number left out", 6, () => Published().Later().Revise(newText: "{}").Replace(6, "\"revision\":2", "\"revision\":3")),
        new("a revision that changes nothing", 6, () => Published().Later().Revise()),
        new("an erasure of the current text while open", 6, () => Published().Later().Erase(0, "text")),
        new("an erasure of the current text, posted too, while open", 7, () => Reposted().Later().Erase(6, "text")),
        new("an erasure of a text that is also rules", 7, RulesAsText),
        new("an erasure of a text twice", 8, () => Published().Later().Post("update", "1").Later().Erase(6, "text").Later().Erase(6, "text")),
        new("an erasure of a text twice, by another entry", 9, () => Published().Later().Post("update", "1").Post("update", "1").Later().Erase(6, "text").Later().Erase(7, "text")),
        new("a post of an erased text", 8, () => Published().Later().Post("update", "1").Later().Erase(6, "text").Later().Post("update", "1")),
        new("a revision of an erased text", 8, () => Published().Later().Post("update", "1").Later().Erase(6, "text").Later()
            .Revise(newText: """{"kind":"update","title":"News","body":"1","time":"2026-02-20T09:00:00Z","language":"en"}""")),
        new("a reopening after the text was erased", 8, () => Published().Later().Close().Later().Erase(0, "text").Later().Reopen()),
        new("an erasure of a draw's text before its audit", 7, () => Published().Later().Draw(6, 3).Later().Erase(6, "text")),
        new("an erasure of a draw's text after an earlier audit", 8, () => Published().Later().Post("audit", "0").Later().Draw(6, 3).Later().Erase(7, "text")),
        new("a draw at a size within a batch", 6, () => Published().Later().Draw(5, 3)),
        new("a draw at size 0", 6, () => Published().Later().Draw(6, 3).Replace(6, "\"size\":6", "\"size\":0")),
        new("a draw at a size to come", 6, () => Published().Later().Draw(6, 3).Replace(6, "\"size\":6", "\"size\":7").Later().Sign("Noor Haddad")),
        new("a draw with another root", 6, () => Published().Later().Draw(6, 3).Rewrite(6, e => ReplaceMember(e, "root", new string('A', 43) + "="))),
        new("a draw of nobody", 6, () => Published().Later().Draw(6, 0)),
        new("a draw of more than stand", 6, () => Published().Later().Draw(6, 6)),
    ];

    private static IEnumerable<Case> Batches() =>
    [
        new("a time before the last", 7, () => Published().Later(60).Withdraw(1).Later(-30).Withdraw(2)),
        new("a reopening in the midst of a batch", 8, () => Published().Later().Close().Later().Withdraw(1).Reopen()),
        new("an entry after close in its batch", 7, () => Published().Later().Close().Withdraw(1)),
        new("a reopening and a close in one batch", 8, () => Published().Later().Close().Later().Reopen().Close()),
        new("a retirement before the close", 6, () => Published().Later().Retire().Close()),
    ];

    private static IEnumerable<Case> WithheldNames() =>
    [
        new("a withheld name where none can be", 6, () => Published().Later().SignMany(5, "withheld")),
        new("a batch one short", 11, () => Withheld().Later().SignMany(4, "withheld")),
        new("a batch one short before another batch", 11, () => Withheld().Later().SignMany(4, "withheld").Later().Sign("Noor Haddad")),
        new("a batch one short, and public ones beside", 12, () => Withheld().Later().SignMany(4, "withheld").Sign("Noor Haddad")),
        new("an amendment to public alone", 8, () => Withheld().Later().Amend(1, "Noor Haddad")),
        new("a reinstatement alone", 9, () => Withheld().Later().Remove(1).Later(86400).Reinstate(1)),
        new("five acts about four", 12, () => Withheld().Later().SignMany(4, "withheld").Withdraw(8)),
        new("two batches on one day", 17, () => Withheld().Later().SignMany(5, "withheld").Later().SignMany(5, "withheld")),
        new("a withdrawal after a batch on one day", 13, () => Withheld().Later().SignMany(5, "withheld").Later().Withdraw(1)),
        new("two erasures on one day", 10, () => Withheld().Later().Withdraw(1).Later().Erase(1, "record").Sign("Noor Haddad")),
        new("a withheld sign of neither the first nor the current revision", 10, () => Withheld().Later().Revise(newText: "{}").Later().Revise(newText: "{ }").Later()
            .SignWithheld(of: 2).SignMany(4, "withheld")),
        new("withheld not counted", 8, () => Withheld().Later().Miscount(0, -1).SignMany(5, "withheld")),
        new("withheld not counted down", 8, () => Withheld().Later().Miscount(0, 1).Withdraw(1)),
    ];

    private static SomeLog Reposted()
    {
        var log = Published().Later().Post("update", "1");
        return log.Rewrite(6, e => ReplaceMember(e, "text", MemberOf(log, 0, "text")));
    }

    private static SomeLog RulesAsText()
    {
        var log = Published().Later().Post("update", "1");
        return log.Rewrite(6, e => ReplaceMember(e, "text", MemberOf(log, 0, "rules"))).Later().Erase(6, "text");
    }

    private static SomeLog WithBytes(SomeLog log, int entry, Func<byte[], byte[]> change)
    {
        log.Entries[entry] = change(log.Entries[entry]);
        return log;
    }

    private static string UnusedBits(string entry)
    {
        var record = MemberOf(entry, "record");
        var last = "AEIMQUYcgkosw048".IndexOf(record[42], StringComparison.Ordinal);
        var twin = "BFJNRVZdhlptx159"[last];
        return ReplaceRecord(entry, record[..42] + twin + "=");
    }

    private static string RecordOf(SomeLog log, int entry) => MemberOf(log, entry, "record");

    private static string MemberOf(SomeLog log, int entry, string member) => MemberOf(System.Text.Encoding.UTF8.GetString(log.Entries[entry]), member);

    private static string MemberOf(string entry, string member) => System.Text.Json.Nodes.JsonNode.Parse(entry)![member]!.GetValue<string>();

    private static string ReplaceRecord(string entry, string by) => ReplaceMember(entry, "record", by);

    private static string ReplaceMember(string entry, string member, string by) =>
        entry.Replace($"\"{member}\":\"{MemberOf(entry, member)}\"", $"\"{member}\":\"{by}\"", StringComparison.Ordinal);
}
