using System.Text;
using Undersigned.Log.Letters;
using Record = Undersigned.Log.Letters.Record;

namespace Undersigned.Log.Tests.Letters;

public sealed class MutationTests
{
    [Fact]
    public void Whatever_an_entry_is_made_into_only_the_format_exception_is_thrown() =>
        Mutation.Try([.. GoodLogs.All.Values.Take(12).SelectMany(log => log().Entries.Take(20))], bytes => Entry.Parse(bytes), bytes => Entry.LaterVersion(bytes));

    [Fact]
    public void Whatever_a_record_is_made_into_only_the_format_exception_is_thrown() =>
        Mutation.Try([.. GoodLogs.All.Values.SelectMany(log => log().Openings.Values.Take(5)).Select(opening => Encoding.UTF8.GetBytes(opening.Record)).DistinctBy(Convert.ToHexString)],
            bytes => Record.Parse(bytes, false), bytes => Record.Parse(bytes, true));

    [Fact]
    public void Whatever_a_page_of_records_is_made_into_only_the_format_exception_is_thrown() =>
        Mutation.Try([new RecordsPage(7, [new Opening(2, new byte[32], "{\"name\":\"A\\u0041\"}"), new Opening(3, new byte[32], "💧")]).Encode()], bytes => RecordsPage.Parse(0, bytes));

    [Fact]
    public void Whatever_an_origin_is_made_into_none_is_thrown() =>
        Mutation.Try([Encoding.UTF8.GetBytes(SomeLog.Origin)], bytes => Assert.True(!Origin.TryParse(Encoding.UTF8.GetString(bytes), out var origin) || origin.Slug.Length > 0));
}
