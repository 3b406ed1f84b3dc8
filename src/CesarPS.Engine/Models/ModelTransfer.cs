using System.Net;
using System.Net.Http.Headers;

namespace CesarPS.Engine.Models;

/// <summary>How one try to fetch a file ended.</summary>
internal enum TransferEnd
{
    /// <summary>Every byte is there.</summary>
    Complete,

    /// <summary>Something that may pass: try again.</summary>
    Interrupted,

    /// <summary>Something that will not pass.</summary>
    Refused,

    /// <summary>What comes is not the file.</summary>
    Damaged,
}

/// <summary>How one try to fetch a file ended, why, and how long the server asked to wait.</summary>
internal sealed record TransferResult(TransferEnd End, string Reason = "", TimeSpan? RetryAfter = null);

/// <summary>
/// One try to fetch the rest of a file by HTTP (RFC 9110: range requests made conditional by If-Range, so that parts
/// of two versions never become one file).
/// </summary>
internal sealed class ModelTransfer(HttpClient client, Uri address, PartFile part, long total, DownloadPolicy policy)
{
    private const int ChunkBytes = 1 << 17;
    private const int MostRedirects = 10;

    /// <summary>Fetches what is missing.</summary>
    /// <param name="onDisk">Told the bytes on disk after each chunk.</param>
    /// <param name="cancel">Stops at once; what has arrived stays.</param>
    public async Task<TransferResult> RunAsync(Action<long> onDisk, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            silence.CancelAfter(policy.Silence);
            using HttpResponseMessage response = await AskAsync(silence.Token).ConfigureAwait(false);
            if (Objection(response) is { } objection)
            {
                return objection;
            }

            if (response.StatusCode == HttpStatusCode.OK)
            {
                part.Restart(response.Headers.ETag);
            }

            return await ReceiveAsync(response.Content, onDisk, silence).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new TransferResult(TransferEnd.Interrupted, $"the server was silent for {policy.Silence.TotalSeconds:0} seconds");
        }
        catch (HttpRequestException error)
        {
            // A certificate that is not trusted now will not be trusted in a second.
            TransferEnd end = error.HttpRequestError == HttpRequestError.SecureConnectionError ? TransferEnd.Refused : TransferEnd.Interrupted;
            return new TransferResult(end, error.InnerException?.Message.TrimEnd('.') ?? error.Message.TrimEnd('.'));
        }
    }

    /// <summary>
    /// Asks, and follows redirects: to http and https only, never from https to http. The handler's own redirects
    /// would speak HTTP with any scheme. A redirect that is not followed is the answer.
    /// </summary>
    private async Task<HttpResponseMessage> AskAsync(CancellationToken cancel)
    {
        Uri asked = address;
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage request = Request(asked);
            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            if (redirects == MostRedirects || Redirect(asked, response) is not { } next)
            {
                return response;
            }

            response.Dispose();
            asked = next;
        }
    }

    private static Uri? Redirect(Uri asked, HttpResponseMessage response)
    {
        // The text of the header: parsed by itself, a path such as /file would become a local file's address.
        bool isRedirect = (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;
        return isRedirect
            && response.Headers.NonValidated.TryGetValues("Location", out HeaderStringValues location)
            && Uri.TryCreate(asked, location.ToString(), out Uri? next)
            && (next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && asked.Scheme == Uri.UriSchemeHttp))
                ? next
                : null;
    }

    private HttpRequestMessage Request(Uri asked)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, asked);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CesarPS", typeof(ModelTransfer).Assembly.GetName().Version?.ToString(2)));
        if (part.Bytes > 0 && part.Bytes < total && part.Version is { } version)
        {
            request.Headers.Range = new RangeHeaderValue(part.Bytes, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(version);
        }

        return request;
    }

    private TransferResult? Objection(HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return Declared(response.Content.Headers.ContentLength);
            case HttpStatusCode.PartialContent:
                ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
                if (range?.From != part.Bytes)
                {
                    part.Discard();
                    return new TransferResult(TransferEnd.Interrupted, "the server sent another part of the file than was asked for");
                }

                return Declared(range.Length);
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Discard();
                return new TransferResult(TransferEnd.Interrupted, "the server's file is shorter than what has arrived");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return new TransferResult(TransferEnd.Interrupted, Answer(response), RetryAfter(response.Headers.RetryAfter));
            default:
                return new TransferResult(TransferEnd.Refused, Answer(response));
        }
    }

    private TransferResult? Declared(long? length) => length is null || length == total
        ? null
        : new TransferResult(TransferEnd.Damaged, $"it has {length} bytes instead of {total}");

    private static string Answer(HttpResponseMessage response) => $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}";

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? header?.Date - policy.Time.GetUtcNow();

    private async Task<TransferResult> ReceiveAsync(HttpContent content, Action<long> onDisk, CancellationTokenSource silence)
    {
        byte[] chunk = new byte[ChunkBytes];
        Stream source = await content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        FileStream sink = part.OpenForAppend();
        await using (sink.ConfigureAwait(false))
        {
            while (true)
            {
                silence.CancelAfter(policy.Silence);
                int read;
                try
                {
                    read = await source.ReadAsync(chunk, silence.Token).ConfigureAwait(false);
                }
                catch (IOException error)
                {
                    // Caught here, where it can only be the network's: the disk fails with the same type below.
                    return new TransferResult(TransferEnd.Interrupted, error.Message.TrimEnd('.'));
                }

                if (read == 0)
                {
                    return sink.Length == total
                        ? new TransferResult(TransferEnd.Complete)
                        : new TransferResult(TransferEnd.Interrupted, $"the connection ended after {sink.Length} of {total} bytes");
                }

                if (sink.Length + read > total)
                {
                    return new TransferResult(TransferEnd.Damaged, $"it has more than {total} bytes");
                }

                // A chunk is written whole even when the user cancels: the next try goes on after it.
                await sink.WriteAsync(chunk.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
                onDisk(sink.Length);
            }
        }
    }
}
