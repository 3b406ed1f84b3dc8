using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace CesarPS.Testing.Http;

/// <summary>
/// What a path serves, and how badly. Everything may be changed between two requests, and from <see cref="Sending"/>
/// during one: a request goes on with the content that it began with.
/// </summary>
/// <param name="content">The bytes.</param>
public sealed class LoopbackResource(byte[] content)
{
    private readonly ConcurrentQueue<LoopbackAnswer> _script = new();
    private readonly List<long> _cuts = [];

    /// <summary>The bytes, as they travel: compressed already where <c>Content-Encoding</c> says so.</summary>
    public byte[] Content { get; set; } = content;

    /// <summary>The media type; null sends none.</summary>
    public string? ContentType { get; set; } = "application/octet-stream";

    /// <summary>The version as it stands in the header, such as <c>"a"</c> with its quotes or <c>W/"a"</c>; null sends none.</summary>
    public string? ETag { get; set; }

    /// <summary>When the content was last changed; null says nothing.</summary>
    public DateTimeOffset? LastModified { get; set; }

    /// <summary>Whether parts can be asked for.</summary>
    public bool AcceptsRanges { get; set; } = true;

    /// <summary>Whether a part is sent whatever version If-Range names.</summary>
    public bool IgnoresIfRange { get; set; }

    /// <summary>Whether the length is left out, so that the body comes in chunks.</summary>
    public bool Chunked { get; set; }

    /// <summary>
    /// The length to declare instead of the true one. Declared more, the connection ends too soon; declared less, the
    /// rest stays away.
    /// </summary>
    public long? DeclaredLength { get; set; }

    /// <summary>The total to state in Content-Range instead of the true one.</summary>
    public long? DeclaredTotal { get; set; }

    /// <summary>The first byte that a partial answer sends, whatever was asked for.</summary>
    public long? PartBegin { get; set; }

    /// <summary>The most bytes of a partial answer, whatever was asked for; null for no limit.</summary>
    public long? LongestPart { get; set; }

    /// <summary>Whether the content is repeated without an end, in chunks.</summary>
    public bool Endless { get; set; }

    /// <summary>Bytes that are sent at a time.</summary>
    public int ChunkBytes { get; set; } = 16384;

    /// <summary>The pause after each of them.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Called after each piece with the offset in the content that was reached; the next waits for it.</summary>
    public Func<long, CancellationToken, Task>? Sending { get; set; }

    /// <summary>More headers of every answer.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <summary>The answer to every request without one of its own; null for the content.</summary>
    public LoopbackAnswer? Always { get; set; }

    /// <summary>Answers the next request that has no answer yet in a way of its own.</summary>
    public LoopbackResource Then(params LoopbackAnswer[] answers)
    {
        foreach (LoopbackAnswer answer in answers)
        {
            _script.Enqueue(answer);
        }

        return this;
    }

    /// <summary>Cuts the connection when an offset of the content is reached, once for each.</summary>
    public LoopbackResource CutAt(params long[] offsets)
    {
        lock (_cuts)
        {
            _cuts.AddRange(offsets);
        }

        return this;
    }

    /// <summary>Cuts the connection at each tenth of the content: nine times within it, and once where it has ended but for a byte.</summary>
    public LoopbackResource CutAtEveryTenth() =>
        CutAt([.. Enumerable.Range(1, 10).Select(tenth => Math.Min((long)Content.Length * tenth / 10, Content.Length - 1))]);

    /// <summary>Puts another version in the place of this one.</summary>
    public void Replace(byte[] newContent, string? etag = null, DateTimeOffset? lastModified = null)
    {
        Content = newContent;
        ETag = etag;
        LastModified = lastModified;
    }

    internal Task AnswerAsync(HttpContext context, LoopbackRequest request)
    {
        foreach ((string name, string value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        LoopbackAnswer? answer = _script.TryDequeue(out LoopbackAnswer? scripted) ? scripted : Always;
        return answer is null
            ? new ContentAnswer(this, context, request).SendAsync()
            : answer.SendAsync(context, request);
    }

    /// <summary>Where the connection must be cut between two offsets, and takes note that it was; null for nowhere.</summary>
    internal long? TakeCut(long begin, long end)
    {
        lock (_cuts)
        {
            long? cut = _cuts.Where(offset => offset > begin && offset <= end).Select(offset => (long?)offset).Min();
            if (cut is { } taken)
            {
                _cuts.Remove(taken);
            }

            return cut;
        }
    }
}
