using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Log.Tests.Letters;

namespace Undersigned.Verifier.Tests;

public sealed class PageMutationTests
{
    private static readonly byte[][] Pages =
    [
        .. new[] { GoodLogs.Published(), GoodLogs.Withheld() }.SelectMany(log => new[] { log.LetterJson(), log.ListJson(), log.ListHtml() }).Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Whatever_a_page_is_made_into_only_the_format_exception_is_thrown() =>
        Mutation.Try(Pages, bytes => PageAnswer.Parse("page", bytes), bytes => Assert.True(HtmlMarks.Of(Encoding.UTF8.GetString(bytes)).Count() <= bytes.Length));

    [Fact]
    public void Whatever_a_receipt_is_made_into_only_the_format_exception_is_thrown()
    {
        var log = GoodLogs.Published();
        var receipt = Receipt.Make(log.Entries[1], new Opening(1, log.Openings[1].Salt, log.Openings[1].Record), [], SignedNote.Parse(SomeLog.Signer.Sign(log.CheckpointText(6))));
        Mutation.Try([receipt.Proof.Extra!.Value.ToArray()], bytes => Receipt.Parse(Encoding.UTF8.GetBytes((receipt.Proof with { Extra = bytes }).ToString())));
    }
}
