using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CesarPS.Testing.Http;

/// <summary>
/// The content of a resource as RFC 9110 has it served: conditions (If-None-Match before If-Modified-Since), one range
/// (valid only for the version that a strong If-Range names), and then what the resource was told to do wrong.
/// </summary>
internal sealed class ContentAnswer(LoopbackResource resource, HttpContext context, LoopbackRequest request)
{
    // Taken once: the resource may change while this is sent.
    private readonly byte[] _content = resource.Content;
    private readonly HttpResponse _response = context.Response;

    public async Task SendAsync()
    {
        Describe();
        if (IsUnchanged())
        {
            _response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        _response.ContentType = resource.ContentType;
        if (!resource.AcceptsRanges || Range() is not { } range)
        {
            await SendAsync(0, _content.Length);
        }
        else if (range.Begin >= _content.Length)
        {
            _response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            _response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{_content.Length}");
        }
        else
        {
            long begin = resource.PartBegin ?? range.Begin;
            long end = Math.Min(range.End, resource.LongestPart + begin ?? long.MaxValue);
            long total = resource.DeclaredTotal ?? _content.Length;
            _response.StatusCode = StatusCodes.Status206PartialContent;
            _response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {begin}-{end - 1}/{total}");
            await SendAsync(begin, end);
        }
    }

    private void Describe()
    {
        if (resource.ETag is { } tag)
        {
            _response.Headers.ETag = tag;
        }

        if (resource.LastModified is { } time)
        {
            _response.Headers.LastModified = time.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
        }

        if (resource.AcceptsRanges)
        {
            _response.Headers.AcceptRanges = "bytes";
        }
    }

    private bool IsUnchanged()
    {
        IList<EntityTagHeaderValue> known = context.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Count > 0)
        {
            return Tag(resource.ETag) is { } tag && known.Any(each => each.Compare(tag, useStrongComparison: false));
        }

        return resource.LastModified is { } changed
            && context.Request.GetTypedHeaders().IfModifiedSince is { } since
            && WholeSeconds(changed) <= since;
    }

    private (long Begin, long End)? Range()
    {
        RangeHeaderValue? header = context.Request.GetTypedHeaders().Range;
        if (header?.Unit != "bytes" || header.Ranges.Count != 1 || !IsOfThisVersion(context.Request.GetTypedHeaders().IfRange))
        {
            return null;
        }

        RangeItemHeaderValue part = header.Ranges.Single();
        return part.From is { } from
            ? (from, Math.Min((part.To ?? long.MaxValue - 1) + 1, _content.Length))
            : (Math.Max(0, _content.Length - part.To!.Value), _content.Length);
    }

    private bool IsOfThisVersion(RangeConditionHeaderValue? condition)
    {
        if (condition is null || resource.IgnoresIfRange)
        {
            return true;
        }

        return condition.EntityTag is { } asked
            ? Tag(resource.ETag) is { } tag && asked.Compare(tag, useStrongComparison: true)
            : resource.LastModified is { } changed && WholeSeconds(changed) == condition.LastModified;
    }

    private async Task SendAsync(long begin, long end)
    {
        bool unknownLength = resource.Chunked || resource.Endless;
        if (!unknownLength)
        {
            _response.ContentLength = resource.DeclaredLength ?? (end - begin);
            end = Math.Min(end, begin + _response.ContentLength.Value);
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        do
        {
            await SendContentAsync(begin, end);
            begin = 0;
        }
        while (resource.Endless);

        if (!unknownLength && _response.ContentLength > request.BytesSent)
        {
            throw new ConnectionCutException();
        }
    }

    private async Task SendContentAsync(long begin, long end)
    {
        CancellationToken gone = context.RequestAborted;
        for (long at = begin; at < end;)
        {
            long next = Math.Min(end, at + resource.ChunkBytes);
            long? cut = resource.TakeCut(at, next);
            next = cut ?? next;
            // Counted before: who has received it may ask at once.
            request.Sent((int)(next - at));
            await _response.Body.WriteAsync(_content.AsMemory((int)at, (int)(next - at)), gone);
            await _response.Body.FlushAsync(gone);
            at = next;
            if (resource.Sending is { } sending)
            {
                await sending(at, gone);
            }

            if (cut is not null)
            {
                throw new ConnectionCutException();
            }

            if (resource.Pause > TimeSpan.Zero)
            {
                await Task.Delay(resource.Pause, gone);
            }
        }
    }

    private static EntityTagHeaderValue? Tag(string? text) =>
        EntityTagHeaderValue.TryParse(text, out EntityTagHeaderValue? tag) ? tag : null;

    // A header has no parts of a second.
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}

/// <summary>
/// Ends an answer that has begun: Kestrel sends what was written and closes the connection, without the last chunk or
/// the bytes that are still owed.
/// </summary>
internal sealed class ConnectionCutException() : Exception("The connection is cut here, as the test wants it.");
