using Undersigned.BrowserTests.Harness;
using Undersigned.Weekend;

namespace Undersigned.BrowserTests.Stories;

/// <summary>The organiser's weekend in small; the whole one is bench/weekend.</summary>
public sealed class WeekendStory(Chromium chromium) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("undersigned-weekend-");

    [Fact]
    public async Task Sixty_people_sign_five_work_at_the_desk_and_neither_joke_nor_forgery_is_public_nor_a_true_signer_declined()
    {
        var plan = new WeekendPlan(Before: 36, After: 24, Waves: 3, Seed: 60, Database: null, AtAGlance: 0.97, AtOneClaim: 0.99);
        var outcome = await Undersigned.Weekend.Weekend.RunAsync(plan, folder.FullName, chromium.Browser, line => TestContext.Current.SendDiagnosticMessage(line));
        Assert.True(outcome.IsGood, Report.Of(outcome));
        Assert.Equal((0, 0), (outcome.TrueWaiting.Count, outcome.NotCorrected.Count));
        Assert.True(outcome.Fates.Count(f => f.Stands) > 40, Report.Of(outcome));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
