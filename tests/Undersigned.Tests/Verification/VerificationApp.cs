using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.Verification;

/// <summary>Signers at browsers, staff signed in by a header, and a log that is written.</summary>
public sealed class VerificationApp : IAsyncLifetime
{
    internal TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(
        i => i with { Smtp = null, TrustedProxies = ["127.0.0.1"] },
        StaffRoom.SignInByHeader);

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>A public letter that lets everybody in at once, so that what is seen is the checks.</summary>
    internal Task<SignStory> LetterAsync(Action<Letter>? with = null) => SignStory.BeginAsync(App, with: l =>
    {
        l.GlanceRequired = false;
        with?.Invoke(l);
    });

    internal Task<List<Evidence>> EvidenceAsync(Signature signature) =>
        App.QueryAsync(db => db.Evidence.AsNoTracking().Where(e => e.SignatureId == signature.Id).OrderBy(e => e.Id).ToListAsync());

    internal Task<string> LevelShownAsync(SignStory story, Signature signature) => App.QueryAsync(async db =>
        (await db.Lines.AsNoTracking().SingleAsync(l => l.SignatureId == signature.Id && l.EndIndex == null)).Level.ToString());
}
