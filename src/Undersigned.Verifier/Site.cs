using System.Net;

namespace Undersigned.Verifier;

/// <summary>The server cannot be reached, or does not answer as one that serves a log: nothing can be said of the list (exit status 2).</summary>
internal sealed class TroubleException(string where, string what) : Exception($"{where}: {what}")
{
    internal string Where => where;
}

/// <summary>What a server answered: bytes, another status than 200, or more than it may.</summary>
internal readonly record struct Answer(byte[]? Bytes, HttpStatusCode Status, bool TooLong)
{
    internal bool IsAbsent => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;

    /// <summary>What was found instead of the bytes, in words for a failure's line.</summary>
    internal string Found => TooLong ? "more bytes than there can be" : $"status {(int)Status}";
}

/// <summary>
/// Reads from a web site with the specification's bounds (signatory log, section 5): no more bytes than asked for, also after decompression;
/// redirects within the host only; 429 and 5xx tried three times.
/// </summary>
internal sealed class Site(HttpMessageInvoker http, TimeProvider time)
{
    private const int Attempts = 3;
    private const int MaxRedirects = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    internal TimeProvider Time => time;

    /// <summary>A client as this class needs it: redirects are followed by hand, and what is compressed is counted as it comes out.</summary>
    internal static HttpMessageInvoker NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        UseCookies = false,
        MaxResponseHeadersLength = 64,
    });

    internal Task WaitAsync(TimeSpan span, CancellationToken cancel) => Task.Delay(span, time, cancel);

    /// <summary>Gets what is at an address.</summary>
    /// <exception cref="TroubleException">Three attempts failed, or the answer leads to another host.</exception>
    internal async Task<Answer> GetAsync(Uri address, int most, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var wait = TimeSpan.FromSeconds(attempt);
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                limit.CancelAfter(Patience);
                using var response = await SendAsync(address, limit.Token).ConfigureAwait(false);
                if (!IsBusy(response.StatusCode)) return await ReadAsync(response, most, limit.Token).ConfigureAwait(false);
                if (attempt == Attempts) throw new TroubleException(address.AbsoluteUri, $"answered {(int)response.StatusCode} three times");
                wait = RetryAfter(response) ?? wait;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new TroubleException(address.AbsoluteUri, "did not answer in time");
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                if (attempt == Attempts) throw new TroubleException(address.AbsoluteUri, "cannot be reached, or breaks off");
            }
            await WaitAsync(wait, cancel).ConfigureAwait(false);
        }
    }

    private static bool IsBusy(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || (int)status >= 500;

    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } delta ? (delta < LongestWait ? delta : LongestWait) : null;

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancel)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.ParseAdd("undersigned-verify");
            var response = await http.SendAsync(request, cancel).ConfigureAwait(false);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location) return response;
            response.Dispose();
            var next = new Uri(address, location);
            if (!IsSameSite(address, next)) throw new TroubleException(address.AbsoluteUri, "redirects to another host or port");
            if (redirects == MaxRedirects) throw new TroubleException(address.AbsoluteUri, "redirects again and again");
            address = next;
        }
    }

    /// <summary>One host and port; from http to https of one host the port may change.</summary>
    internal static bool IsSameSite(Uri from, Uri to)
    {
        if (!string.Equals(from.IdnHost, to.IdnHost, StringComparison.OrdinalIgnoreCase)) return false;
        return from.Scheme == to.Scheme ? from.Port == to.Port : from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps;
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancel)
    {
        if (response.StatusCode != HttpStatusCode.OK) return new Answer(null, response.StatusCode, false);
        using var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            int count;
            try
            {
                count = await body.ReadAsync(buffer, cancel).ConfigureAwait(false);
            }
            catch (InvalidDataException)
            {
                throw new HttpRequestException("a body that does not decompress");
            }
            if (count == 0) return new Answer(read.ToArray(), response.StatusCode, false);
            if (read.Length + count > most) return new Answer(null, response.StatusCode, true);
            read.Write(buffer, 0, count);
        }
    }
}
