using System.Text;
using Undersigned.Log.Letters;

namespace Undersigned.Log.Tests.Letters;

public class AuditTextTests
{
    private const string Draw = """{"kind":"draw","title":"t","source":"State lottery","moment":"2026-02-26T19:00:00Z","reading":"Six numbers, rising","later":[1]}""";
    private const string Audit = """{"kind":"audit","draw":6,"auditor":"Audit Chamber","value":"3 11","drawn":3,"reached":2,"confirmed":1,"false":1,"unreached":1,"bound":"98.4"}""";
    private const string Abandoned = """{"kind":"audit","draw":6,"auditor":"Audit Chamber","abandoned":"The lottery was cancelled."}""";

    [Fact]
    public void The_texts_are_read_and_what_is_not_known_is_passed_over()
    {
        Assert.Equal(new DrawText("State lottery", new DateTimeOffset(2026, 2, 26, 19, 0, 0, TimeSpan.Zero), "Six numbers, rising"), DrawText.Parse(Encoding.UTF8.GetBytes(Draw)));
        Assert.Equal(
            new AuditText { Draw = 6, Auditor = "Audit Chamber", Value = "3 11", Drawn = 3, Reached = 2, Confirmed = 1, False = 1, Unreached = 1, Bound = "98.4" },
            AuditText.Parse(Encoding.UTF8.GetBytes(Audit)));
        Assert.Equal(new AuditText { Draw = 6, Auditor = "Audit Chamber", Abandoned = "The lottery was cancelled." }, AuditText.Parse(Encoding.UTF8.GetBytes(Abandoned)));
    }

    [Theory]
    [InlineData("\"draw\"", "\"drew\"")]
    [InlineData("State lottery", "")]
    [InlineData("19:00:00Z", "19:00Z")]
    [InlineData("\"Six numbers, rising\"", "6")]
    [InlineData("\"later\"", "\"kind\"")]
    [InlineData("{", "[{")]
    public void A_draw_that_lacks_something_is_refused(string what, string by) => Assert.Throws<LogFormatException>(() => DrawText.Parse(Encoding.UTF8.GetBytes(Draw.Replace(what, by, StringComparison.Ordinal))));

    [Theory]
    [InlineData("\"audit\"", "\"update\"")]
    [InlineData("\"draw\":6", "\"draw\":\"6\"")]
    [InlineData("\"draw\":6", "\"draw\":-6")]
    [InlineData("\"3 11\"", "\" 3 11\"")]
    [InlineData("\"3 11\"", "\"\\ud800\"")]
    [InlineData("\"reached\":2", "\"reached\":2.5")]
    [InlineData("\"confirmed\":1", "\"confirmed\":true")]
    [InlineData("\"98.4\"", "98.4")]
    [InlineData("\"value\"", "\"abandoned\":\"x\",\"value\"")]
    [InlineData("\"draw\":6", "\"draw\":9999999999999")]
    public void A_statement_that_lacks_something_is_refused(string what, string by) => Assert.Throws<LogFormatException>(() => AuditText.Parse(Encoding.UTF8.GetBytes(Audit.Replace(what, by, StringComparison.Ordinal))));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"audit\"")]
    public void What_is_no_object_is_refused(string text) => Assert.Throws<LogFormatException>(() => AuditText.Parse(Encoding.UTF8.GetBytes(text)));
}
