using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Undersigned.Tests.Harness;

/// <summary>One application for a class of desk tests: staff signed in by a header, time that stands until it is moved, mail that waits.</summary>
public sealed class DeskApp : IAsyncLifetime
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero));
    public TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(i => i with { Smtp = null }, builder =>
    {
        StaffRoom.SignInByHeader(builder);
        builder.Services.AddSingleton<TimeProvider>(Time);
    });

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
