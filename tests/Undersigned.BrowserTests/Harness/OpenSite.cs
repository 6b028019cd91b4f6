namespace Undersigned.BrowserTests.Harness;

/// <summary>One application for a class of stories; each has a letter of its own.</summary>
public sealed class OpenSite(Chromium chromium) : IAsyncLifetime
{
    public Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await Site.OpenAsync(chromium);

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
