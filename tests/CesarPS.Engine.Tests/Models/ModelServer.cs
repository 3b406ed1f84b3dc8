using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace CesarPS.Engine.Tests.Models;

/// <summary>What one request asked for.</summary>
internal sealed record SeenRequest(string Path, string Range, string IfRange);

/// <summary>A real web server on the loopback address that serves one file, after some scripted answers.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<RequestDelegate> script = new();
    private readonly ConcurrentQueue<SeenRequest> seen = new();

    private ModelServer(WebApplication application)
    {
        this.application = application;
        application.Run(AnswerAsync);
    }

    public byte[] Content { get; set; } = [];

    public string? Version { get; set; } = "v1";

    public IReadOnlyList<SeenRequest> Seen => [.. seen];

    public Uri Address => new(application.Urls.First() + "/models/");

    public static async Task<ModelServer> StartAsync(byte[] content)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new ModelServer(builder.Build()) { Content = content };
        await server.application.StartAsync();
        return server;
    }

    /// <summary>Answers the next request that has no answer yet in a way of its own.</summary>
    public ModelServer Then(RequestDelegate answer)
    {
        script.Enqueue(answer);
        return this;
    }

    /// <summary>Answers the next request with a status and headers alone.</summary>
    public ModelServer Then(int status, params (string Name, string Value)[] headers) => Then(context =>
    {
        context.Response.StatusCode = status;
        foreach ((string name, string value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return Task.CompletedTask;
    });

    /// <summary>Answers with the beginning of the file, and goes on when these bytes are on the client's disk.</summary>
    public async Task SendStartAsync(HttpContext context, int bytes, string part)
    {
        context.Response.ContentLength = Content.Length;
        context.Response.Headers.ETag = $"\"{Version}\"";
        await context.Response.Body.WriteAsync(Content.AsMemory(0, bytes), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        while (new FileInfo(part) is not { Exists: true } file || file.Length < bytes)
        {
            await Task.Delay(5, context.RequestAborted);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(TestContext.Current.CancellationToken);
        await application.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        seen.Enqueue(new SeenRequest(context.Request.Path, context.Request.Headers.Range.ToString(), context.Request.Headers.IfRange.ToString()));
        return script.TryDequeue(out RequestDelegate? answer)
            ? answer(context)
            : Results.Bytes(
                Content,
                "application/octet-stream",
                enableRangeProcessing: true,
                entityTag: Version is null ? null : new EntityTagHeaderValue($"\"{Version}\"")).ExecuteAsync(context);
    }
}
