using System.Text.Json;
using CesarPS.Testing.Http;

namespace CesarPS.Console.Tests;

/// <summary>Addresses on the command line, between the real program and a real server.</summary>
public sealed class AddressTests : IAsyncLifetime
{
    private readonly Workplace _work = new();
    private LoopbackServer _server = null!;
    private LoopbackResource _talk = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackServer.StartAsync();
        _talk = _server.Serve("/talks/my%20talk.wav", await File.ReadAllBytesAsync(_work.At(_work.Speech())), "audio/wav");
        _talk.ETag = "\"one\"";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _work.Dispose();
    }

    private string Address => _server.At("/talks/my%20talk.wav").AbsoluteUri;

    [Fact]
    public async Task A_recording_on_the_web_is_transcribed_once_and_its_file_named_after_it()
    {
        string[] line = ["transcribe", Address, Address + "?utm_source=mail", "-f", "txt,json", "-o", "texts"];
        Ended first = await CesarProgram.RunAsync(_work.Cached, line);
        Ended second = await CesarProgram.RunAsync(_work.Cached, line);

        first.ExitCode.ShouldBe(0, first.ToString());
        second.ExitCode.ShouldBe(0, second.ToString());
        _server.Requests.Count.ShouldBe(1);
        _work.Files("texts").ShouldBe(["my talk.json", "my talk.txt"]);
        File.ReadAllText(_work.At("texts", "my talk.txt")).ShouldStartWith("Good morning, Robert.");
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_work.At("texts", "my talk.json")));
        json.RootElement.GetProperty("origin").GetProperty("link").GetString().ShouldBe(Address);
        second.Errors.ShouldContain(", as of ");
    }

    [Fact]
    public async Task What_is_stale_is_served_only_on_request_and_says_so()
    {
        string address = Address;
        await CesarProgram.RunAsync(_work.Cached, "transcribe", address, "--quiet");
        // Longer than anybody waits: who is told so gives up at once.
        _talk.Always = LoopbackAnswer.Busy(503, TimeSpan.FromDays(1));

        Ended refused = await CesarProgram.RunAsync(_work.Cached, "transcribe", address, "--max-cache-age", "0");
        Ended served = await CesarProgram.RunAsync(_work.Cached, "transcribe", address, "--max-cache-age", "0", "--allow-stale");

        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("503");
        served.ExitCode.ShouldBe(0, served.ToString());
        served.Output.ShouldStartWith("Good morning, Robert.");
        served.Errors.ShouldContain("stale, as of ");
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_asked_in_the_place_of_the_server()
    {
        Ended run = await CesarProgram.RunAsync(
            _work.Cached.With("http_proxy", _server.Address.AbsoluteUri), "transcribe", "http://recordings.invalid/talks/my%20talk.wav", "--quiet");

        run.ExitCode.ShouldBe(0, run.ToString());
        _server.Requests.ShouldHaveSingleItem().Target.ShouldBe("http://recordings.invalid/talks/my%20talk.wav");
    }

    [Theory]
    [InlineData("--json-log")]
    [InlineData("--verbose")]
    public async Task No_secret_of_an_address_reaches_the_screen_or_the_log(string reporting)
    {
        string address = Address.Replace("://", "://alice:hunter2@", StringComparison.Ordinal) + "?token=hunter2";
        Ended good = await CesarProgram.RunAsync(_work.Cached, "transcribe", address, reporting, "-f", "json");
        _talk.Always = LoopbackAnswer.Status(403);
        Ended bad = await CesarProgram.RunAsync(_work.Cached, "transcribe", address, address + "2", "ftp://alice:hunter2@example.org/x", reporting, "--refresh");

        good.ExitCode.ShouldBe(0, good.ToString());
        bad.ExitCode.ShouldBe(1, bad.ToString());
        foreach (Ended run in (Ended[])[good, bad])
        {
            run.ToString().ShouldNotContain("hunter2");
            run.ToString().ShouldNotContain("alice");
        }
    }

    [Fact]
    public async Task A_list_of_recordings_is_refused_with_the_option_that_takes_it()
    {
        Ended run = await CesarProgram.RunAsync(_work.Cached, "transcribe", "https://www.youtube.com/playlist?list=PL0123456789", _work.Speech("one.wav"), "--end", "1");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("--playlist");
        run.Output.ShouldNotBeEmpty("the file beside it is transcribed all the same");
    }

    [Theory]
    [InlineData("--max-cache-age", "soon")]
    [InlineData("--max-cache-age", "-1h")]
    [InlineData("--max-download", "0")]
    [InlineData("--cookies", "missing.txt")]
    public async Task Values_that_make_no_sense_are_refused_before_anything_is_asked(string option, string value)
    {
        Ended run = await CesarProgram.RunAsync(_work.Cached, "transcribe", Address, $"{option}={value}");

        run.ExitCode.ShouldBe(2, run.ToString());
        _server.Requests.ShouldBeEmpty();
    }
}
