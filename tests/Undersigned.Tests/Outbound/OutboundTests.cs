using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Mono.Cecil;
using Undersigned.Model;
using Undersigned.Outbound;
using Undersigned.Tests.Webhooks;

namespace Undersigned.Tests.Outbound;

public sealed class OutboundTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly OutboundRules Here = new() { MayReachThisMachine = true };

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.255")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("168.63.129.16")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:93.184.215.14")]
    [InlineData("::93.184.215.14")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_is_nobodys_on_the_internet_is_refused(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("93.184.215.14")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.1")]
    [InlineData("198.17.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:200::1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void What_stands_beside_it_is_not(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task This_machine_is_not_reached_by_address_or_by_name_and_no_setting_lets_it()
    {
        await using var receiver = await Receiver.StartAsync();
        using var http = new OutboundClient(new OutboundRules(), TimeProvider.System);
        foreach (var host in new[] { "127.0.0.1", "localhost" })
            Assert.Equal(OutboundFault.RefusedAddress, (await PostAsync(http, new UriBuilder(receiver.Address) { Host = host }.Uri)).Fault);
        Assert.Empty(receiver.All);
        Assert.False(http.MayUse("http"));
    }

    [Fact]
    public async Task Of_a_name_with_several_addresses_only_those_that_may_be_reached_are()
    {
        await using var receiver = await Receiver.StartAsync();
        using var http = new OutboundClient(Here with { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.255.255.1"), IPAddress.Loopback]) }, TimeProvider.System);
        Assert.Equal(204, (await PostAsync(http, new UriBuilder(receiver.Address) { Host = "receiver.example" }.Uri)).Status);
        using var inside = new OutboundClient(Here with { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.255.255.1"), IPAddress.Parse("fe80::1")]) }, TimeProvider.System);
        Assert.Equal(OutboundFault.RefusedAddress, (await PostAsync(inside, new UriBuilder(receiver.Address) { Host = "receiver.example" }.Uri)).Fault);
    }

    [Fact]
    public void Neither_redirects_nor_cookies_nor_a_proxy_of_the_environment_are_used_for_the_operators_services_either()
    {
        using var handler = OutboundClient.HandlerForOperators();
        Assert.False(handler.AllowAutoRedirect || handler.UseCookies || handler.UseProxy);
    }

    [Fact]
    public async Task Of_an_endless_answer_the_beginning_is_read()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async answer =>
        {
            try
            {
                while (true)
                    await answer.Response.Body.WriteAsync(new byte[4096], answer.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // Whoever asked has hung up.
            }
        };
        using var http = new OutboundClient(Here, TimeProvider.System);
        var read = await PostAsync(http, receiver.Address);
        Assert.Equal(((int?)200, 1024), (read.Status, read.Begin.Length));
    }

    [Fact]
    public async Task Trouble_has_its_name()
    {
        using var http = new OutboundClient(Here with { Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound) }, new FakeTimeProvider());
        Assert.Equal(OutboundFault.UnknownName, (await PostAsync(http, new Uri("https://nosuch.example/"))).Fault);

        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        Assert.Equal(OutboundFault.NoConnection, (await PostAsync(http, new Uri($"https://127.0.0.1:{port}/"))).Fault);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var untrusted = await Receiver.StartAsync(certificate);
        Assert.Equal(OutboundFault.NoTrust, (await PostAsync(http, untrusted.Address)).Fault);
        Assert.Empty(untrusted.All);

        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var talking = TalkAsync(other);
        Assert.Equal(OutboundFault.NoHttp, (await PostAsync(http, new Uri($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}/"))).Fault);
        await talking;
    }

    private static async Task TalkAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Ct);
        await client.GetStream().ReadExactlyAsync(new byte[1], Ct);
        await client.GetStream().WriteAsync("220 mail.example ESMTP\r\n\r\n"u8.ToArray(), Ct);
    }

    /// <summary>Whatever makes a client of its own says here why. A new one belongs into Outbound.</summary>
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        ["Undersigned.Outbound.OutboundClient"] = "the one way out",
        ["Undersigned.Operation.HealthVerb"] = "the operator asks the instance on this machine",
        ["Undersigned.Operation.MirrorVerb"] = "the operator names the site on the command line",
        ["Undersigned.Operation.StaticCopy"] = "reads through the one of MirrorVerb, and from the copy's own files",
        ["Undersigned.Demo.DemoDesk"] = "the demo opens its own pages",
    };

    [Fact]
    public void Nothing_else_goes_out_by_a_client_of_its_own()
    {
        string[] clients = [typeof(HttpClient).FullName!, typeof(SocketsHttpHandler).FullName!, typeof(HttpClientHandler).FullName!, typeof(HttpMessageInvoker).FullName!];
        using var module = ModuleDefinition.ReadModule(typeof(App).Assembly.Location);
        var makers = module.GetTypes().Where(t => t.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)
                .Any(i => i.Operand is MethodReference { Name: ".ctor" } made && clients.Contains(made.DeclaringType.FullName)))
            .Select(t => OutermostOf(t).FullName).Distinct();
        Assert.Equal(Own.Keys.Order(StringComparer.Ordinal), makers.Order(StringComparer.Ordinal));

        static TypeDefinition OutermostOf(TypeDefinition type) => type.DeclaringType is { } outer ? OutermostOf(outer) : type;
    }

    private static Task<OutboundAnswer> PostAsync(OutboundClient http, Uri to) => http.PostAsync(to, "{}"u8.ToArray(), [], Ct);
}
