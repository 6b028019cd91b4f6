using System.Net;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Tests.Guards;

namespace Undersigned.Tests.Transparency;

public sealed class VerifyPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_prints_the_sentence_of_the_checking_program()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor");
        var miriam = await letter.AdmitAsync("Miriam Blum");
        await letter.AdmitAsync("김민서", source: SignatureSource.Import, level: SignatureLevel.Imported);
        await letter.PublishAsync();
        await letter.AmendAsync(ada, "Ada N. Okafor");
        await letter.AmendAsync(miriam, "Miriam R. Blum");
        await letter.SequenceAsync();
        await letter.WithdrawAsync(miriam);
        await letter.SequenceAsync();

        using var http = letter.App.Client();
        var page = await http.GetStringAsync(new Uri($"letters/{letter.Slug}/verify", UriKind.Relative), Stop);
        var log = await letter.CheckAsync(standing: 2);
        Assert.Contains(
            "2 names are listed: 1 signature, 1 of them named (1 by address only) and 0 with the name withheld, and 1 imported by the maintainers without confirmation. "
            + $"Since {log.Replay.OpenedAt.UtcDateTime:d MMMM yyyy}, 1 was withdrawn and 0 removed; 2 lines were amended, at least 1 of them in the name. Signed by {log.Checkpoint.Origin}.",
            page, StringComparison.Ordinal);
        Assert.Contains($"data-undersigned-tree-size=\"{log.Checkpoint.Size}\" data-undersigned-root=\"{log.Checkpoint.Root.ToHex()[..16]}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify_list.py", "tests/interop/verify_list.py")]
    [InlineData("signatory-log.md", "docs/log.md")]
    public async Task What_a_stranger_checks_with_is_had_from_the_page(string name, string source)
    {
        await using var letter = await LetterStory.BeginAsync();
        await letter.PublishAsync();
        using var http = letter.App.Client();
        Assert.Contains($"href=\"/{name}\"", await http.GetStringAsync(new Uri($"letters/{letter.Slug}/verify", UriKind.Relative), Stop), StringComparison.Ordinal);
        using var answer = await http.GetAsync(new Uri(name, UriKind.Relative), Stop);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await File.ReadAllTextAsync(SourceTree.Of(source), Stop), await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Of_a_letter_that_is_not_public_there_is_no_page()
    {
        await using var letter = await LetterStory.BeginAsync();
        using var http = letter.App.Client();
        using var answer = await http.GetAsync(new Uri($"letters/{letter.Slug}/verify", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_receipt_is_proof_without_us()
    {
        await using var letter = await LetterStory.BeginAsync();
        var ada = await letter.AdmitAsync("Ada Okafor");
        await letter.AdmitManyAsync(5);
        Assert.Null(await ReceiptAsync(ada));
        await letter.PublishAsync();
        await letter.AmendAsync(ada, "Ada N. Okafor");
        await letter.SequenceAsync();
        await letter.RemoveAsync(ada);
        await letter.SequenceAsync();
        Assert.Null(await ReceiptAsync(ada));
        await letter.ReinstateAsync(ada);
        await letter.SequenceAsync();

        var receipt = Receipt.Parse(await ReceiptAsync(ada));
        var log = await letter.CheckAsync(standing: 6);
        Assert.Equal(log.Checkpoint, receipt.Verify(log.Key));
        Assert.Equal("Ada N. Okafor", receipt.Record.Name);

        Task<byte[]?> ReceiptAsync(long id) => letter.App.QueryAsync(db => ReceiptWriter.WriteAsync(db, id, Stop));
    }
}
