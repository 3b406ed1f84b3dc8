using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CesarPS.Testing.Http;

/// <summary>
/// A real web server (Kestrel) on 127.0.0.1 and a free port. It serves resources by path, each of which can be told to
/// misbehave, and remembers every request that was made of it.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentDictionary<string, LoopbackResource> _resources = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LoopbackRequest> _requests = new();

    private LoopbackServer(WebApplication application, X509Certificate2? certificate)
    {
        _application = application;
        _certificate = certificate;
        application.Run(AnswerAsync);
    }

    /// <summary>The address of the server, with a slash at its end.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Every request so far, in the order in which they came.</summary>
    public IReadOnlyList<LoopbackRequest> Requests => [.. _requests];

    /// <summary>The bytes of all bodies that were sent.</summary>
    public long BytesSent => _requests.Sum(request => request.BytesSent);

    /// <summary>Starts a server.</summary>
    /// <param name="secure">Whether it speaks TLS, with a certificate that nobody trusts.</param>
    public static async Task<LoopbackServer> StartAsync(bool secure = false)
    {
        X509Certificate2? certificate = secure ? UntrustedCertificate() : null;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // A slow reader is part of what is tested.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
            });
        });
        var server = new LoopbackServer(builder.Build(), certificate);
        await server._application.StartAsync();
        server.Address = new Uri(server._application.Urls.First());
        return server;
    }

    /// <summary>Serves a resource at a path such as <c>/talk.mp3</c>, in place of what was there.</summary>
    public LoopbackResource Serve(string path, LoopbackResource resource)
    {
        _resources[path] = resource;
        return resource;
    }

    /// <summary>Serves bytes at a path.</summary>
    public LoopbackResource Serve(string path, byte[] content, string contentType = "audio/mpeg") =>
        Serve(path, new LoopbackResource(content) { ContentType = contentType });

    /// <summary>Serves a web page at a path.</summary>
    public LoopbackResource ServePage(string path, string html) =>
        Serve(path, System.Text.Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");

    /// <summary>Sends whoever asks for a path elsewhere: anything that may stand in a Location header, as it is.</summary>
    public LoopbackResource Redirect(string path, string location, int status = 302) =>
        Serve(path, new LoopbackResource([]) { Always = LoopbackAnswer.Redirect(location, status) });

    /// <summary>The address of a path on this server.</summary>
    public Uri At(string path) => new(Address, path);

    /// <summary>The requests for a path, without its query.</summary>
    public IReadOnlyList<LoopbackRequest> RequestsFor(string path) => [.. _requests.Where(request => request.Path == path)];

    /// <summary>Forgets the requests so far.</summary>
    public void ForgetRequests() => _requests.Clear();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Bodies without an end must not keep it waiting.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _certificate?.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = new LoopbackRequest(context);
        _requests.Enqueue(request);
        if (!_resources.TryGetValue(request.Path, out LoopbackResource? resource))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.OnStarting(() =>
        {
            // Before the first byte leaves: who has received it may ask at once.
            request.Status = context.Response.StatusCode;
            return Task.CompletedTask;
        });
        try
        {
            await resource.AnswerAsync(context, request);
        }
        finally
        {
            request.Status = context.Response.StatusCode;
        }
    }

    private static X509Certificate2 UntrustedCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nobody trusts this", key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // Windows takes only keys that came out of a file.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
