using Undersigned.Model;

namespace Undersigned.Tests.Model;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData(null, EmailProblem.Missing)]
    [InlineData("   ", EmailProblem.Missing)]
    [InlineData("ada", EmailProblem.NoAt)]
    [InlineData("@post.example", EmailProblem.NothingBeforeAt)]
    [InlineData("ada@", EmailProblem.NothingAfterAt)]
    [InlineData("a b@post.example", EmailProblem.BadLocal)]
    [InlineData("a..b@post.example", EmailProblem.BadLocal)]
    [InlineData(".a@post.example", EmailProblem.BadLocal)]
    [InlineData("\"q\"@post.example", EmailProblem.BadLocal)]
    [InlineData("Ada <ada@post.example>", EmailProblem.BadLocal)]
    [InlineData("ada@post", EmailProblem.BadDomain)]
    [InlineData("ada@post..example", EmailProblem.BadDomain)]
    [InlineData("ada@-post.example", EmailProblem.BadDomain)]
    [InlineData("ada@127.0.0.1", EmailProblem.BadDomain)]
    [InlineData("ada@po_st.example", EmailProblem.BadDomain)]
    [InlineData("ada@post.example", EmailProblem.None)]
    [InlineData("ada.o'neil+letter@post.example", EmailProblem.None)]
    [InlineData("адa@почта.example", EmailProblem.None)]
    public void What_is_wrong_is_told(string? text, EmailProblem problem)
    {
        Assert.Equal(problem == EmailProblem.None, EmailAddress.TryParse(text, out _, out var found));
        Assert.Equal(problem, found);
    }

    [Theory]
    [InlineData("Ada.Okafor+letters@Post.Example", "ada.okafor@post.example")]
    [InlineData("+tag@post.example", "+tag@post.example")]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    public void One_mailbox_has_one_normalised_form(string text, string normalised)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out _));
        Assert.Equal(normalised, address.Normalised);
    }

    [Theory]
    [InlineData("m.oladottir@post.example", "m…r@post.example")]
    [InlineData("ab@post.example", "a…@post.example")]
    public void A_masked_address_shows_no_more_than_its_ends(string text, string masked)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out _));
        Assert.Equal(masked, address.Masked);
    }
}
