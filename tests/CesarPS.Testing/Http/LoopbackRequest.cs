using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CesarPS.Testing.Http;

/// <summary>What one request asked for, and what it was given.</summary>
public sealed class LoopbackRequest
{
    private readonly Dictionary<string, string> _headers;
    private long _bytesSent;

    internal LoopbackRequest(HttpContext context)
    {
        Method = context.Request.Method;
        Path = context.Request.Path;
        Query = context.Request.QueryString.ToString();
        Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        _headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>GET or HEAD.</summary>
    public string Method { get; }

    /// <summary>The path, decoded, without the query.</summary>
    public string Path { get; }

    /// <summary>The query with its question mark; empty when there is none.</summary>
    public string Query { get; }

    /// <summary>The target as it stood in the request: a whole address where this server is taken for a proxy.</summary>
    public string Target { get; }

    /// <summary>The headers of the request.</summary>
    public IReadOnlyDictionary<string, string> Headers => _headers;

    /// <summary>The status of the answer; 0 while there is none.</summary>
    public int Status { get; internal set; }

    /// <summary>The bytes of the body that were sent so far.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Whether the request allowed a 304: it named a version or a time.</summary>
    public bool IsConditional => Header("If-None-Match").Length + Header("If-Modified-Since").Length > 0;

    /// <summary>A header's value; empty when it was not sent.</summary>
    public string Header(string name) => _headers.GetValueOrDefault(name, "");

    internal void Sent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);
}
