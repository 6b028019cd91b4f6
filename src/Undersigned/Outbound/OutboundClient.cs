using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Undersigned.Model;

namespace Undersigned.Outbound;

/// <summary>How a request ended: with a status, or a fault.</summary>
/// <param name="Status">Of the answer; null where none came.</param>
/// <param name="Fault">Why none came.</param>
/// <param name="Milliseconds">From the first byte sent to the last byte read.</param>
/// <param name="Begin">The first bytes of the answer.</param>
public sealed record OutboundAnswer(int? Status, OutboundFault? Fault, int Milliseconds, byte[] Begin)
{
    public bool IsGood => Status is >= 200 and < 300;
}

/// <summary>
/// The one way out of the program for HTTP to addresses that users give. Whoever can register an address must not reach through us what only we
/// reach: so a name is resolved here, each address is looked at, and the connection goes to that very address (a name that leads elsewhere a moment
/// later helps nobody). No redirect is followed, no proxy of the environment asked, no cookie kept; time and size are bounded.
/// </summary>
public sealed class OutboundClient(OutboundRules rules, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int MostRead = 1_024;
    private const int HeaderKilobytes = 16;

    private readonly HttpMessageInvoker http = new(Handler(rules));

    /// <summary>For sign-in services, which the operator's own file names and which may stand in the operator's own network: the same without a look at the address.</summary>
    public static SocketsHttpHandler HandlerForOperators() => Handler(null);

    private static SocketsHttpHandler Handler(OutboundRules? rules) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = Patience,
        MaxConnectionsPerServer = 4,
        MaxResponseHeadersLength = HeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = rules is null ? null : (context, cancellation) => ConnectAsync(rules, context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
    };

    private static async ValueTask<Stream> ConnectAsync(OutboundRules rules, string host, int port, CancellationToken cancellation)
    {
        var allowed = Array.FindAll(await rules.AddressesAsync(host, cancellation), rules.Allows);
        if (allowed.Length == 0)
            throw new RefusedAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether a host leads nowhere that may be reached, as far as can be told now. What cannot be resolved now may be later.</summary>
    public async Task<bool> IsRefusedAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            return !Array.Exists(await rules.AddressesAsync(address.IdnHost, cancellation), rules.Allows);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>HTTPS; HTTP only where this machine may be reached.</summary>
    public bool MayUse(string scheme) => scheme == Uri.UriSchemeHttps || scheme == Uri.UriSchemeHttp && rules.MayReachThisMachine;

    public async Task<OutboundAnswer> PostAsync(Uri to, byte[] json, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("undersigned", "1"));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var begun = time.GetTimestamp();
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            var begin = await BeginAsync(answer.Content, either.Token);
            return new OutboundAnswer((int)answer.StatusCode, null, Elapsed(), begin);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new OutboundAnswer(null, OutboundFault.TimedOut, Elapsed(), []);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new OutboundAnswer(null, FaultOf(e), Elapsed(), []);
        }

        int Elapsed() => (int)time.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task<byte[]> BeginAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var begin = new byte[MostRead];
        return begin[..await stream.ReadAtLeastAsync(begin, MostRead, throwOnEndOfStream: false, cancellation)];
    }

    private static OutboundFault FaultOf(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
            switch (inner)
            {
                case RefusedAddressException:
                    return OutboundFault.RefusedAddress;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return OutboundFault.UnknownName;
                case AuthenticationException:
                    return OutboundFault.NoTrust;
            }
        return e is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded or HttpRequestError.ConfigurationLimitExceeded } ? OutboundFault.NoHttp : OutboundFault.NoConnection;
    }

    public void Dispose() => http.Dispose();

    private sealed class RefusedAddressException() : IOException("This address is not reached from here.");
}

public static class OutboundFeature
{
    public static void AddOutbound(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new OutboundRules());
        builder.Services.AddSingleton<OutboundClient>();
    }
}
