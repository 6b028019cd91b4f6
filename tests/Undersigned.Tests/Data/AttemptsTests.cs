using System.Net;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.Data;

public sealed class AttemptsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-attempts-").FullName;
    private readonly ShiftedClock clock = new();
    private readonly Attempts attempts;
    private int mailboxes;

    public AttemptsTests() =>
        attempts = new Attempts(InstanceKeys.Open(new Instance { DataFolder = folder, PublicUrl = new Uri("https://letters.example") }), clock);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.254", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.9", true)]
    [InlineData("2001:db8:0:1200::1", "2001:db8:0:12ff::1", true)]
    [InlineData("2001:db8:0:1200::1", "2001:db8:0:1300::1", false)]
    public void A_network_is_a_24_or_a_56(string one, string other, bool same)
    {
        var letter = Some(new SigningLimits());
        Assert.Equal(same, attempts.NetworkTag(letter, IPAddress.Parse(one))!.SequenceEqual(attempts.NetworkTag(letter, IPAddress.Parse(other))!));
    }

    [Fact]
    public void A_networks_tag_is_another_in_each_letter_and_on_each_day()
    {
        var (letter, network) = (Some(new SigningLimits()), IPAddress.Parse("192.0.2.1"));
        var today = attempts.NetworkTag(letter, network)!;
        Assert.NotEqual(today, attempts.NetworkTag(new Letter { Id = 2, Slug = "other" }, network));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.NotEqual(today, attempts.NetworkTag(letter, network));
    }

    [Theory]
    [InlineData(LimitOf.Network)]
    [InlineData(LimitOf.Address)]
    [InlineData(LimitOf.Domain)]
    [InlineData(LimitOf.Letter)]
    public void Each_limit_holds_in_ten_minutes_and_says_when_it_goes_on(LimitOf which)
    {
        var letter = Some(Only(which, burst: 3, sustained: 100));
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Null(Send(letter, which)));
        var over = Send(letter, which);
        Assert.Equal(which, over!.Of);
        Assert.InRange(over.Minutes, 1, 10);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(Send(letter, which));
    }

    [Theory]
    [InlineData(LimitOf.Network)]
    [InlineData(LimitOf.Address)]
    [InlineData(LimitOf.Domain)]
    [InlineData(LimitOf.Letter)]
    public void Each_limit_holds_over_a_day(LimitOf which)
    {
        var letter = Some(Only(which, burst: 100, sustained: 3));
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(Send(letter, which));
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.InRange(Send(letter, which)!.Minutes, 24 * 60 - 10, 24 * 60);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(Send(letter, which));
    }

    [Fact]
    public void What_one_network_is_refused_does_not_use_up_the_letter()
    {
        var letter = Some(new SigningLimits { NetworkBurst = 2, LetterBurst = 5 });
        var flood = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < 50; i++)
            attempts.CountForm(letter, flood, Mailbox("flood.example"));
        Assert.Null(attempts.CountForm(letter, IPAddress.Parse("198.51.100.1"), Mailbox("post.example")));
    }

    [Fact]
    public void A_provider_of_mailboxes_for_everybody_has_no_limit_of_its_own()
    {
        var letter = Some(new SigningLimits { DomainBurst = 1, SuspectDomain = 5 });
        Assert.All(Enumerable.Range(0, 20), _ => Assert.Null(attempts.CountForm(letter, null, Mailbox("gmail.com"))));
        Assert.False(attempts.IsUnderSuspicion(letter, null, "gmail.com"));
    }

    [Fact]
    public void A_limit_that_is_changed_holds_from_then_on()
    {
        var letter = Some(new SigningLimits { LetterBurst = 1 });
        Send(letter, LimitOf.Letter);
        Assert.NotNull(Send(letter, LimitOf.Letter));
        letter.Limits = letter.Limits with { LetterBurst = 10 };
        Assert.Null(Send(letter, LimitOf.Letter));
    }

    [Fact]
    public void Ten_times_the_usual_is_suspicious_and_the_usual_is_not()
    {
        var letter = Some(new SigningLimits { SuspectLetter = 20, SuspectTimes = 5 });
        for (var window = 0; window < 60; window++)
        {
            for (var i = 0; i < 10; i++)
                Send(letter, LimitOf.Letter);
            clock.Advance(TimeSpan.FromMinutes(10));
        }
        for (var i = 0; i < 30; i++)
            Send(letter, LimitOf.Letter);
        Assert.False(attempts.IsUnderSuspicion(letter, null));
        for (var i = 0; i < 70; i++)
            Send(letter, LimitOf.Letter);
        Assert.True(attempts.IsUnderSuspicion(letter, null));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(attempts.IsUnderSuspicion(letter, null));
    }

    [Fact]
    public void A_domain_that_nobody_signed_from_is_suspicious_when_many_come_and_others_are_asked_too()
    {
        var letter = Some(new SigningLimits { SuspectDomain = 10 });
        for (var i = 0; i < 10; i++)
            attempts.CountForm(letter, null, Mailbox("strange.example"));
        Assert.True(attempts.IsUnderSuspicion(letter, null, "strange.example"));
        Assert.False(attempts.IsUnderSuspicion(letter, null, "post.example"));
        Assert.True(attempts.IsUnderSuspicion(letter, null));
    }

    [Fact]
    public void A_network_that_sends_more_than_the_letter_usually_gets_is_suspicious()
    {
        var letter = Some(new SigningLimits { SuspectNetwork = 10 });
        var network = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < 10; i++)
            attempts.CountForm(letter, network, Mailbox($"d{i}.example"));
        Assert.True(attempts.IsUnderSuspicion(letter, network));
        Assert.False(attempts.IsUnderSuspicion(letter, IPAddress.Parse("198.51.100.1")));
    }

    private static Letter Some(SigningLimits limits) => new() { Id = 1, Slug = "waterways", Limits = limits };

    private static SigningLimits Only(LimitOf which, int burst, int sustained) => which switch
    {
        LimitOf.Network => new SigningLimits { NetworkBurst = burst, NetworkSustained = sustained },
        LimitOf.Address => new SigningLimits { AddressBurst = burst, AddressSustained = sustained },
        LimitOf.Domain => new SigningLimits { DomainBurst = burst, DomainSustained = sustained },
        _ => new SigningLimits { LetterBurst = burst, LetterSustained = sustained },
    };

    /// <summary>One more form that has only this in common with the ones before.</summary>
    private OverLimit? Send(Letter letter, LimitOf which)
    {
        var n = ++mailboxes;
        var network = which == LimitOf.Network ? "192.0.2.1" : $"10.{n / 250}.{n % 250}.1";
        return attempts.CountForm(letter, IPAddress.Parse(network), which switch
        {
            LimitOf.Address => Address("same@post.example"),
            LimitOf.Domain => Mailbox("post.example"),
            _ => Mailbox($"d{n}.example"),
        });
    }

    private EmailAddress Mailbox(string domain) => Address($"m{++mailboxes}@{domain}");

    private static EmailAddress Address(string text)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out _));
        return address;
    }
}
