using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Undersigned.Tests.Transparency;

/// <summary>A page that began before a batch and ended after it must not be what the next reader gets.</summary>
public sealed partial class SlowRenderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("letters/inspectors")]
    [InlineData("letters/inspectors/signatories")]
    [InlineData("letters/inspectors/verify")]
    public async Task A_commit_during_a_slow_render_and_the_next_reader_sees_the_new_number(string path)
    {
        var texts = new SlowTexts();
        await using var letter = await LetterStory.BeginAsync(configure: b => b.Services.AddSingleton<IStringLocalizerFactory>(texts));
        await letter.AdmitManyAsync(2);
        await letter.PublishAsync();
        using var http = letter.App.Client();

        texts.Hold();
        var slow = Task.Run(() => http.GetStringAsync(new Uri(path, UriKind.Relative), Stop), Stop);
        await texts.Reached.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await letter.AdmitAsync("Miriam Blum");
        await letter.SequenceAsync();
        texts.LetGo();

        // The slow page is late but true: its number is that of the size it names.
        Assert.Equal((2, 3), NumbersOf(await slow));
        Assert.Equal((3, 4), NumbersOf(await http.GetStringAsync(new Uri(path, UriKind.Relative), Stop)));
        await letter.CheckAsync(standing: 3);
    }

    private static (int Standing, int Size) NumbersOf(string page) => (Number(Standing().Match(page)), Number(Size().Match(page)));

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("data-undersigned-standing=\"([0-9]+)\"")]
    private static partial Regex Standing();

    [GeneratedRegex("data-undersigned-tree-size=\"([0-9]+)\"")]
    private static partial Regex Size();

    /// <summary>The texts of pages; whoever asks for the first one after <see cref="Hold"/> waits.</summary>
    private sealed class SlowTexts : IStringLocalizerFactory
    {
        private readonly ResourceManagerStringLocalizerFactory real = new(Options.Create(new LocalizationOptions()), new LoggerFactory());
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int armed;

        public Task Reached => reached.Task;

        public void Hold() => Volatile.Write(ref armed, 1);

        public void LetGo() => gate.SetResult();

        public IStringLocalizer Create(Type resourceSource) => new Slow(real.Create(resourceSource), this);

        public IStringLocalizer Create(string baseName, string location) => new Slow(real.Create(baseName, location), this);

        private void Wait()
        {
            if (Interlocked.Exchange(ref armed, 0) == 0)
                return;
            reached.SetResult();
            gate.Task.Wait(TimeSpan.FromMinutes(2));
        }

        private sealed class Slow(IStringLocalizer real, SlowTexts texts) : IStringLocalizer
        {
            public LocalizedString this[string name]
            {
                get
                {
                    texts.Wait();
                    return real[name];
                }
            }

            public LocalizedString this[string name, params object[] arguments]
            {
                get
                {
                    texts.Wait();
                    return real[name, arguments];
                }
            }

            public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => real.GetAllStrings(includeParentCultures);
        }
    }
}
