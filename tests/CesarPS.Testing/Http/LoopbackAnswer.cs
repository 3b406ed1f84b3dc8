using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CesarPS.Testing.Http;

/// <summary>An answer in place of the content: a status, headers and a short body.</summary>
/// <param name="Code">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">The headers, as they are.</param>
public sealed record LoopbackAnswer(int Code, string Body, params (string Name, string Value)[] Headers)
{
    /// <summary>Nothing, for as long as the client waits.</summary>
    public static LoopbackAnswer Silence { get; } = new(0, "");

    /// <summary>A status with headers and no body.</summary>
    public static LoopbackAnswer Status(int status, params (string Name, string Value)[] headers) => new(status, "", headers);

    /// <summary>A web page, whatever was asked for.</summary>
    public static LoopbackAnswer Page(string html, int status = 200) => new(status, html, ("Content-Type", "text/html; charset=utf-8"));

    /// <summary>A redirect to anything, even what is no address.</summary>
    public static LoopbackAnswer Redirect(string location, int status = 302) => Status(status, ("Location", location));

    /// <summary>Too busy, with the wish to be asked again after a time.</summary>
    public static LoopbackAnswer Busy(int status, TimeSpan retryAfter) =>
        Status(status, ("Retry-After", retryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)));

    /// <summary>Too busy, with the wish to be asked again at a time.</summary>
    public static LoopbackAnswer Busy(int status, DateTimeOffset retryAt) =>
        Status(status, ("Retry-After", retryAt.ToString("R", CultureInfo.InvariantCulture)));

    internal async Task SendAsync(HttpContext context, LoopbackRequest request)
    {
        if (this == Silence)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        context.Response.StatusCode = Code;
        foreach ((string name, string value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        byte[] body = Encoding.UTF8.GetBytes(Body);
        if (body.Length == 0 || HttpMethods.IsHead(request.Method))
        {
            return;
        }

        context.Response.ContentLength = body.Length;
        request.Sent(body.Length);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
