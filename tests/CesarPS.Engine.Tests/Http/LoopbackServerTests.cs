using System.IO.Compression;
using System.Net;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Http;

/// <summary>The server that downloads are tested against does what it is told to: asked here with a plain client.</summary>
public sealed class LoopbackServerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly byte[] _content = new byte[100_000];
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private LoopbackServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        new Random(1).NextBytes(_content);
        _server = await LoopbackServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task It_serves_bytes_and_remembers_who_asked_for_them()
    {
        _server.Serve("/a.mp3", _content);

        using HttpResponseMessage response = await AskAsync("/a.mp3?x=1", ("X-Test", "y"));

        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(_content);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("audio/mpeg");
        LoopbackRequest request = _server.Requests.ShouldHaveSingleItem();
        (request.Method, request.Path, request.Query, request.Header("x-test"), request.Status, request.BytesSent)
            .ShouldBe(("GET", "/a.mp3", "?x=1", "y", 200, 100_000));
        (await AskAsync("/b.mp3")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("\"a\"", "\"a\"", 304)]
    [InlineData("W/\"a\"", "W/\"a\"", 304)]
    [InlineData("W/\"a\"", "\"a\"", 304)]
    [InlineData("\"b\"", "\"a\"", 200)]
    [InlineData(null, "\"a\"", 200)]
    public async Task A_version_that_is_known_is_not_sent_again(string? tag, string known, int status)
    {
        _server.Serve("/a", _content).ETag = tag;

        using HttpResponseMessage response = await AskAsync("/a", ("If-None-Match", known));

        ((int)response.StatusCode).ShouldBe(status);
        _server.Requests[0].BytesSent.ShouldBe(status == 304 ? 0 : _content.Length);
        _server.Requests[0].IsConditional.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 304)]
    [InlineData(60, 304)]
    [InlineData(-60, 200)]
    public async Task A_time_is_a_condition_too(int seconds, int status)
    {
        _server.Serve("/a", _content).LastModified = Noon.AddMilliseconds(400);

        using HttpResponseMessage response = await AskAsync("/a", ("If-Modified-Since", Noon.AddSeconds(seconds).ToString("R")));

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("\"a\"", "\"a\"", 206)]
    [InlineData("\"b\"", "\"a\"", 200)]
    [InlineData("W/\"a\"", "W/\"a\"", 200)]
    [InlineData("\"a\"", "Sun, 01 Mar 2026 12:00:00 GMT", 206)]
    [InlineData("\"a\"", "Sun, 01 Mar 2026 12:00:01 GMT", 200)]
    [InlineData("\"a\"", null, 206)]
    public async Task A_part_is_sent_of_the_version_that_was_asked_for(string tag, string? condition, int status)
    {
        LoopbackResource resource = _server.Serve("/a", _content);
        (resource.ETag, resource.LastModified) = (tag, Noon);

        using HttpResponseMessage response = await AskAsync("/a", [("Range", "bytes=99000-"), .. condition is null ? [] : (ReadOnlySpan<(string, string)>)[("If-Range", condition)]]);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(status == 206 ? _content[99_000..] : _content);
        response.Content.Headers.ContentRange?.ToString().ShouldBe(status == 206 ? "bytes 99000-99999/100000" : null);
    }

    [Fact]
    public async Task What_lies_behind_the_end_cannot_be_asked_for()
    {
        LoopbackResource resource = _server.Serve("/a", _content);

        (await AskAsync("/a", ("Range", "bytes=100000-"))).StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        (await (await AskAsync("/a", ("Range", "bytes=-10"))).Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(_content[^10..]);
        resource.AcceptsRanges = false;
        (await AskAsync("/a", ("Range", "bytes=10-"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_in_chunks_has_no_length()
    {
        _server.Serve("/a", _content).Chunked = true;

        using HttpResponseMessage response = await _client.GetAsync(_server.At("/a"), HttpCompletionOption.ResponseHeadersRead, Cancel);

        response.Headers.TransferEncodingChunked.ShouldBe(true);
        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(_content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_is_cut_at_each_tenth_and_every_byte_before_the_cut_arrives(bool chunked)
    {
        LoopbackResource resource = _server.Serve("/a", _content).CutAtEveryTenth();
        resource.Chunked = chunked;
        var received = new MemoryStream();
        int cuts = 0;
        while (received.Length < _content.Length)
        {
            try
            {
                using HttpResponseMessage response = await StreamAsync("/a", ("Range", $"bytes={received.Length}-"));
                await response.Content.CopyToAsync(received, Cancel);
            }
            catch (HttpRequestException)
            {
                cuts++;
            }
        }

        cuts.ShouldBe(10);
        received.ToArray().ShouldBe(_content);
        _server.BytesSent.ShouldBe(_content.Length);
    }

    [Fact]
    public async Task A_length_that_is_not_true_is_declared_all_the_same()
    {
        LoopbackResource resource = _server.Serve("/a", _content);
        resource.DeclaredLength = 50_000;
        (await (await AskAsync("/a")).Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(_content[..50_000]);

        resource.DeclaredLength = 200_000;
        await Should.ThrowAsync<HttpRequestException>(() => AskAsync("/a"));
        _server.Requests[^1].BytesSent.ShouldBe(100_000);
    }

    [Fact]
    public async Task A_wrong_part_can_be_sent()
    {
        LoopbackResource resource = _server.Serve("/a", _content);
        (resource.PartBegin, resource.DeclaredTotal) = (7, 5);

        using HttpResponseMessage response = await AskAsync("/a", ("Range", "bytes=10-"));

        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(_content[7..]);
        response.Content.Headers.NonValidated["Content-Range"].ToString().ShouldBe("bytes 7-99999/5");
    }

    [Fact]
    public async Task Answers_of_their_own_come_in_order_and_then_the_content()
    {
        _server.Serve("/a", _content).Then(
            LoopbackAnswer.Busy(429, TimeSpan.FromSeconds(7)), LoopbackAnswer.Busy(503, Noon), LoopbackAnswer.Page("<h1>no", 500));

        (await AskAsync("/a")).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await AskAsync("/a")).Headers.RetryAfter!.Date.ShouldBe(Noon);
        (await (await AskAsync("/a")).Content.ReadAsStringAsync(Cancel)).ShouldBe("<h1>no");
        (await AskAsync("/a")).StatusCode.ShouldBe(HttpStatusCode.OK);
        _server.RequestsFor("/a").Select(request => request.Status).ShouldBe([429, 503, 500, 200]);
    }

    [Theory]
    [InlineData("/b")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("http://[not an address")]
    public async Task A_redirect_goes_anywhere(string location)
    {
        _server.Redirect("/a", location, 307);

        using HttpResponseMessage response = await AskAsync("/a");

        ((int)response.StatusCode, response.Headers.NonValidated["Location"].ToString()).ShouldBe((307, location));
    }

    [Fact]
    public async Task Content_may_change_while_it_is_sent_and_the_request_goes_on_with_what_it_had()
    {
        LoopbackResource resource = _server.Serve("/a", _content);
        resource.ETag = "\"1\"";
        resource.Sending = (_, _) =>
        {
            resource.Replace([1, 2, 3], "\"2\"", Noon);
            return Task.CompletedTask;
        };

        (await (await AskAsync("/a")).Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(_content);
        using HttpResponseMessage second = await AskAsync("/a");
        (second.Headers.ETag!.Tag, second.Content.Headers.ContentLength).ShouldBe(("\"2\"", 3));
    }

    [Fact]
    public async Task A_body_without_an_end_goes_on_until_nobody_reads_and_does_not_hold_up_the_server()
    {
        _server.Serve("/a", _content).Endless = true;
        using HttpResponseMessage response = await StreamAsync("/a");
        await using Stream body = await response.Content.ReadAsStreamAsync(Cancel);

        await body.ReadExactlyAsync(new byte[3 * _content.Length], Cancel);

        _server.BytesSent.ShouldBeGreaterThanOrEqualTo(2 * _content.Length);
    }

    [Fact]
    public async Task A_slow_body_comes_in_pieces_with_pauses()
    {
        LoopbackResource resource = _server.Serve("/a", [1, 2, 3]);
        (resource.ChunkBytes, resource.Pause) = (1, TimeSpan.FromMilliseconds(1));
        var offsets = new List<long>();
        resource.Sending = (offset, _) =>
        {
            offsets.Add(offset);
            return Task.CompletedTask;
        };

        (await (await AskAsync("/a")).Content.ReadAsByteArrayAsync(Cancel)).ShouldBe([1, 2, 3]);
        offsets.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Compressed_bodies_are_what_they_say_even_a_bomb()
    {
        LoopbackResource resource = _server.Serve("/a", Gzip.Compress(_content));
        resource.Headers["Content-Encoding"] = "gzip";
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip });
        (await client.GetByteArrayAsync(_server.At("/a"), Cancel)).ShouldBe(_content);

        byte[] bomb = Gzip.Bomb(50 << 20);

        bomb.Length.ShouldBeLessThan(100 << 10);
        await using var inflated = new GZipStream(new MemoryStream(bomb), CompressionMode.Decompress);
        var sink = new MemoryStream();
        await inflated.CopyToAsync(sink, Cancel);
        sink.Length.ShouldBe(50 << 20);
    }

    [Fact]
    public async Task A_head_request_has_the_headers_alone()
    {
        LoopbackResource resource = _server.Serve("/a", _content);
        resource.Headers["Content-Disposition"] = "attachment; filename=\"../../etc/passwd\"";

        using HttpResponseMessage response = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, _server.At("/a")), Cancel);

        response.Content.Headers.ContentLength.ShouldBe(100_000);
        response.Content.Headers.NonValidated["Content-Disposition"].ToString().ShouldContain("../../etc/passwd");
        _server.BytesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Its_certificate_is_trusted_by_nobody()
    {
        await using LoopbackServer secure = await LoopbackServer.StartAsync(secure: true);
        secure.Serve("/a", _content);
        secure.Address.Scheme.ShouldBe("https");

        HttpRequestException error = await Should.ThrowAsync<HttpRequestException>(() => _client.GetAsync(secure.At("/a"), Cancel));

        error.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
        using var careless = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        (await careless.GetByteArrayAsync(secure.At("/a"), Cancel)).ShouldBe(_content);
    }

    [Fact]
    public async Task It_can_stand_where_a_proxy_is_expected()
    {
        _server.Serve("/a", _content);
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(_server.Address) });

        (await client.GetByteArrayAsync(new Uri("http://recordings.example/a"), Cancel)).ShouldBe(_content);

        (_server.Requests[0].Target, _server.Requests[0].Header("Host")).ShouldBe(("http://recordings.example/a", "recordings.example"));
    }

    private Task<HttpResponseMessage> AskAsync(string path, params (string Name, string Value)[] headers) =>
        AskAsync(path, HttpCompletionOption.ResponseContentRead, headers);

    private Task<HttpResponseMessage> StreamAsync(string path, params (string Name, string Value)[] headers) =>
        AskAsync(path, HttpCompletionOption.ResponseHeadersRead, headers);

    private Task<HttpResponseMessage> AskAsync(string path, HttpCompletionOption option, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _server.At(path));
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _client.SendAsync(request, option, Cancel);
    }
}
