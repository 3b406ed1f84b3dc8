using System.Net;
using System.Net.Http.Headers;

namespace CesarPS.Engine.Downloads;

/// <summary>
/// One try to fetch the rest of a file by HTTP (RFC 9110: range requests made conditional by If-Range, so that parts
/// of two versions never become one file; whole ones conditional on the version that is there already).
/// </summary>
internal sealed class Transfer(HttpClient client, DownloadQuestion question, PartFile part, DownloadMeter meter, DownloadPolicy policy)
{
    private const int ChunkBytes = 1 << 17;
    private const int MostRedirects = 10;

    // Enough for every sign of a format, and for a page to show that it is one.
    private const int FirstBytes = 1024;

    // The disk is asked for its free space again after so many bytes.
    private const long SpaceInterval = 64 << 20;

    /// <summary>Fetches what is missing.</summary>
    /// <param name="cancel">Stops at once; what has arrived stays.</param>
    public async Task<TransferResult> RunAsync(CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            silence.CancelAfter(policy.Silence);
            (HttpResponseMessage answer, string? detour) = await AskAsync(silence.Token).ConfigureAwait(false);
            using HttpResponseMessage response = answer;
            TransferResult result = (detour is null ? Objection(response) : new TransferResult(TransferEnd.Refused, detour))
                ?? await ReceiveAsync(response, silence).ConfigureAwait(false);
            return result with { Status = response.StatusCode };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new TransferResult(TransferEnd.Interrupted, $"the server was silent for {policy.Silence.TotalSeconds:0} seconds");
        }
        catch (HttpRequestException error)
        {
            // A certificate that is not trusted now will not be trusted in a second.
            return error.HttpRequestError == HttpRequestError.SecureConnectionError
                ? new TransferResult(TransferEnd.Refused, ConnectionTrouble.ExplainSecurity(error))
                : new TransferResult(TransferEnd.Interrupted, ConnectionTrouble.Explain(error));
        }
    }

    /// <summary>
    /// Asks, and follows redirects: to http and https only, never from https to http. The handler's own redirects
    /// would speak HTTP with any scheme. A redirect that is not followed is the answer.
    /// </summary>
    private async Task<(HttpResponseMessage Answer, string? Detour)> AskAsync(CancellationToken cancel)
    {
        Uri asked = question.Address;
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage request = Request(asked);
            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return (response, null);
            }

            if (redirects == MostRedirects)
            {
                return (response, $"{Answer(response)} after {MostRedirects} redirects, so that they seem to go in a circle");
            }

            (Uri? next, string? refusal) = Redirect(asked, response);
            if (next is null)
            {
                return (response, $"{Answer(response)} {refusal}");
            }

            response.Dispose();
            asked = next;
        }
    }

    private static (Uri? Next, string? Refusal) Redirect(Uri asked, HttpResponseMessage response)
    {
        // The text of the header: parsed by itself, a path such as /file would become a local file's address.
        if (!response.Headers.NonValidated.TryGetValues("Location", out HeaderStringValues location) || !Uri.TryCreate(asked, location.ToString(), out Uri? next))
        {
            return (null, "without an address that can be followed");
        }

        return next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && asked.Scheme == Uri.UriSchemeHttp)
            ? (next, null)
            : (null, next.Scheme == Uri.UriSchemeHttp
                ? "to an unprotected http address, which is not followed from https; name that address yourself where it is meant"
                : $"to an address of the kind '{next.Scheme}', which is not followed");
    }

    private HttpRequestMessage Request(Uri asked)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, asked);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CesarPS", typeof(Transfer).Assembly.GetName().Version?.ToString(2)));

        // Sound is packed already, and a part of a packed whole is of no use without the rest.
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (IsSameServer(asked))
        {
            request.Headers.Authorization = question.Authorization;
        }

        bool continues = false;
        if (part.Bytes > 0 && !(part.Bytes >= question.Bytes) && part.Head?.RangeCondition is { } condition)
        {
            continues = true;
            request.Headers.Range = new RangeHeaderValue(part.Bytes, null);
            request.Headers.IfRange = condition;
        }

        // Of a new version some of which has arrived the rest is wanted, not the news that it is another than the old one.
        if (question.Known is { } known && !continues)
        {
            if (known.ETag is { } tag)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            }

            request.Headers.IfModifiedSince = known.LastModified;
        }

        return request;
    }

    private bool IsSameServer(Uri asked) =>
        Uri.Compare(asked, question.Address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private TransferResult? Objection(HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return Declared(response.Content.Headers.ContentLength);
            case HttpStatusCode.NotModified when question.Known is not null:
                return new TransferResult(TransferEnd.NotModified) { Head = ResponseHead.Of(response) };
            case HttpStatusCode.PartialContent:
                ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
                if (range?.From != part.Bytes || part.Bytes == 0 || part.Head is not { } begun || (begun.Length is { } promised && range.Length is { } told && told != promised))
                {
                    part.Discard();
                    return new TransferResult(TransferEnd.Interrupted, "the server sent another part of the file than was asked for");
                }

                // There are servers that pass over If-Range, and send the rest of whatever they have now.
                if (begun.IsOtherThan(ResponseHead.Of(response)))
                {
                    part.Discard();
                    return new TransferResult(TransferEnd.Interrupted, "the server's file is another one now than the one that had begun to arrive");
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

    private TransferResult? Declared(long? length)
    {
        if (length is not null && question.Bytes is { } exact && length != exact)
        {
            return new TransferResult(TransferEnd.Damaged, $"it has {length} bytes instead of {exact}");
        }

        return length > question.MostBytes ? TooLarge($"{length}")
            : length - part.Bytes > Space() ? new TransferResult(TransferEnd.NoRoom, $"it has {length} bytes, and the disk has no room for them")
            : null;
    }

    private static TransferResult TooLarge(string bytes) => new(TransferEnd.TooLarge, $"it has {bytes} bytes");

    // What may be written before others would miss it.
    private long? Space() => policy.FreeBytes(Path.GetDirectoryName(Path.GetFullPath(part.Path))!) is { } free ? free - DownloadPolicy.SpareBytes : null;

    private static string Answer(HttpResponseMessage response) => $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? header?.Date - policy.Time.GetUtcNow();

    private async Task<TransferResult> ReceiveAsync(HttpResponseMessage response, CancellationTokenSource silence)
    {
        bool isWhole = response.StatusCode != HttpStatusCode.PartialContent;
        ResponseHead head = isWhole ? ResponseHead.Of(response) : part.Continue(response.Content.Headers.ContentRange?.Length);
        meter.Total = question.Bytes ?? head.Length;
        Stream source = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        byte[] chunk = new byte[ChunkBytes];
        int first = 0;
        if (isWhole)
        {
            (first, TransferResult? broken) = await BeginAsync(source, chunk, head, silence).ConfigureAwait(false);
            if (broken is not null)
            {
                return broken;
            }
        }

        return await StoreAsync(source, chunk, first, head, silence).ConfigureAwait(false);
    }

    // The first bytes are looked at before anything that is there gives way to them.
    private async Task<(int First, TransferResult? Broken)> BeginAsync(Stream source, byte[] chunk, ResponseHead head, CancellationTokenSource silence)
    {
        int first = 0;
        TransferResult? broken = null;
        while (first < FirstBytes && question.Judge is not null)
        {
            silence.CancelAfter(policy.Silence);
            (int read, broken) = await ReadAsync(source, chunk.AsMemory(first), silence.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            first += read;
        }

        if (broken is null && question.Judge?.Invoke(head, chunk.AsMemory(0, first)) is { } unwanted)
        {
            return (first, new TransferResult(TransferEnd.NotWanted, unwanted) { Head = head });
        }

        // What broke after some bytes is taken up after them.
        if (broken is null || first > 0)
        {
            part.Restart(head);
        }

        return (first, first == 0 ? broken : null);
    }

    private async Task<TransferResult> StoreAsync(Stream source, byte[] chunk, int first, ResponseHead head, CancellationTokenSource silence)
    {
        FileStream sink = part.OpenForAppend();
        await using (sink.ConfigureAwait(false))
        {
            long checkedAt = sink.Length;
            int read = first;
            while (true)
            {
                if (question.Bytes is { } exact && sink.Length + read > exact)
                {
                    return new TransferResult(TransferEnd.Damaged, $"it has more than {exact} bytes");
                }

                if (sink.Length + read > question.MostBytes)
                {
                    return TooLarge($"more than {question.MostBytes}") with { Head = head };
                }

                // A chunk is written whole even when the user cancels: the next try goes on after it.
                await sink.WriteAsync(chunk.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
                meter.Report(sink.Length);
                if (sink.Length - checkedAt >= SpaceInterval)
                {
                    checkedAt = sink.Length;
                    if (Space() < 0)
                    {
                        return new TransferResult(TransferEnd.NoRoom, $"the disk is full after {sink.Length} bytes");
                    }
                }

                silence.CancelAfter(policy.Silence);
                (read, TransferResult? broken) = await ReadAsync(source, chunk, silence.Token).ConfigureAwait(false);
                if (broken is not null)
                {
                    return broken;
                }

                if (read == 0)
                {
                    return (question.Bytes ?? head.Length) is { } total && sink.Length != total
                        ? new TransferResult(TransferEnd.Interrupted, $"the connection ended after {sink.Length} of {total} bytes")
                        : new TransferResult(TransferEnd.Complete) { Head = head };
                }
            }
        }
    }

    // Caught here, where it can only be the network's: the disk fails with the same type elsewhere.
    private static async Task<(int Read, TransferResult? Broken)> ReadAsync(Stream source, Memory<byte> chunk, CancellationToken cancel)
    {
        try
        {
            return (await source.ReadAsync(chunk, cancel).ConfigureAwait(false), null);
        }
        catch (IOException error)
        {
            return (0, new TransferResult(TransferEnd.Interrupted, error.Message.TrimEnd('.')));
        }
    }
}
