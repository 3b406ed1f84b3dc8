using System.Text;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Audio;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tests.Speech;
using CesarPS.Engine.Transcripts;
using CesarPS.Testing.Http;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>The whole pipeline with the real model, from an address to a transcript.</summary>
[Collection(WithEngines.Name)]
public sealed class RemoteTranscriptTests(WhisperLab lab, Recordings recordings) : IAsyncLifetime
{
    private static readonly TranscriptionOptions s_short = new() { Language = "en", BeamSize = 1, Workers = 1 };
    private readonly ScratchFolder _scratch = new();
    private readonly List<string> _log = [];
    private LoopbackServer _server = null!;
    private LoopbackResource _talk = null!;
    private string _file = "";

    public async ValueTask InitializeAsync()
    {
        _file = await recordings.MakeAsync("remote.mp3", "-i", WhisperLab.Conversation, "-t", "9", "-c:a", "libmp3lame");
        _server = await LoopbackServer.StartAsync();
        _talk = _server.Serve("/talk.mp3", await File.ReadAllBytesAsync(_file), "audio/mpeg");
        _talk.ETag = "\"one\"";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Dispose();
    }

    private string Address => _server.At("/talk.mp3").AbsoluteUri;

    [Fact]
    public async Task The_second_time_nothing_is_asked_or_worked_on()
    {
        Transcript first = await RunAsync(Address);
        Transcript second = await RunAsync(Address);

        Outcomes(first).ShouldBe(["acquire Miss", "transcode Miss", "transcribe Miss"]);
        Outcomes(second).ShouldBe(["acquire Hit", "transcode Hit", "transcribe Hit"]);
        _server.Requests.Count.ShouldBe(1);
        Text(second).ShouldBe(Text(first));
        first.Text.ShouldNotBeEmpty();
        (second.Source, second.Origin!.Link, second.Origin.Retrieved).ShouldBe((Address, Address, first.Origin!.Retrieved));
    }

    [Fact]
    public async Task When_its_time_is_over_one_conditional_request_is_all()
    {
        await RunAsync(Address);
        _server.ForgetRequests();

        Transcript second = await RunAsync(Address, s_short with { MaxCacheAge = TimeSpan.Zero });

        LoopbackRequest asked = _server.Requests.ShouldHaveSingleItem();
        (asked.Status, asked.IsConditional, asked.BytesSent).ShouldBe((304, true, 0));
        Outcomes(second).ShouldBe(["acquire Hit", "transcode Hit", "transcribe Hit"]);
    }

    [Fact]
    public async Task What_came_in_the_place_of_a_recording_is_not_served_again()
    {
        byte[] recording = await File.ReadAllBytesAsync(_file, TestContext.Current.CancellationToken);
        _talk.Replace(Encoding.UTF8.GetBytes("Service busy, please come back later."), "\"busy\"");
        _talk.ContentType = "application/octet-stream";
        (await Should.ThrowAsync<CesarException>(() => RunAsync(Address))).Kind.ShouldBe(CesarErrorKind.Input);

        _talk.Replace(recording, "\"one\"");
        Transcript transcript = await RunAsync(Address);

        Outcomes(transcript).ShouldBe(["acquire Miss", "transcode Miss", "transcribe Miss"]);
    }

    [Fact]
    public async Task A_recording_that_is_known_as_a_file_is_a_hit_from_an_address()
    {
        Transcript file = await RunAsync(_file);
        Transcript fetched = await RunAsync(Address);

        Outcomes(fetched).ShouldBe(["acquire Miss", "transcode Hit", "transcribe Hit"]);
        Text(fetched).ShouldBe(Text(file));
    }

    [Fact]
    public async Task New_content_with_the_old_sound_costs_no_transcription_and_other_sound_does()
    {
        await RunAsync(Address);
        byte[] tagged = await File.ReadAllBytesAsync(await recordings.MakeAsync("remote tagged.mp3", "-i", _file, "-c", "copy", "-metadata", "title=Other"), TestContext.Current.CancellationToken);
        byte[] other = await File.ReadAllBytesAsync(await recordings.MakeAsync("remote other.mp3", "-i", WhisperLab.Conversation, "-ss", "9", "-t", "9", "-c:a", "libmp3lame"), TestContext.Current.CancellationToken);
        TranscriptionOptions refresh = s_short with { Cache = CacheMode.Refresh };

        _talk.Replace(tagged, "\"two\"");
        Outcomes(await RunAsync(Address, refresh)).ShouldBe(["acquire Refreshed", "transcode Miss", "transcribe Hit"]);
        _talk.Replace(other, "\"three\"");
        Outcomes(await RunAsync(Address, refresh)).ShouldBe(["acquire Refreshed", "transcode Miss", "transcribe Miss"]);
    }

    [Fact]
    public async Task Bytes_that_were_evicted_and_are_others_now_are_worked_on_as_such()
    {
        await RunAsync(Address);
        Directory.Delete(_scratch.At("cache", "v1", "cas"), recursive: true);
        _talk.Replace(await File.ReadAllBytesAsync(await recordings.MakeAsync("remote changed.mp3", "-i", WhisperLab.Conversation, "-ss", "20", "-t", "9", "-c:a", "libmp3lame"), TestContext.Current.CancellationToken), "\"two\"");

        // Another part of the recording needs its bytes.
        Transcript again = await RunAsync(Address, s_short with { End = TimeSpan.FromSeconds(5) });

        Outcomes(again).ShouldBe(["acquire Hit", "transcode Miss", "transcribe Miss"]);
        Text(again).ShouldBe(Text(await RunAsync(Address, s_short with { End = TimeSpan.FromSeconds(5) })));
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task No_secret_is_in_the_cache_the_log_the_progress_or_the_outputs()
    {
        const string User = "alice", Password = "hunter2secret", Token = "tok3nOfAlice", Signature = "s1gnatureOfAlice99";
        string address = $"{Address.Replace("://", $"://{User}:{Password}@", StringComparison.Ordinal)}?access_token={Token}&X-Amz-Signature={Signature}&X-Amz-Credential={Signature}&id=7#{Token}";
        List<string> told = [];
        Transcript transcript = await RunAsync(address, progress: new Told(progress => told.Add($"{progress} {progress.Download}")));
        _talk.Always = LoopbackAnswer.Status(403);
        CesarException error = await Should.ThrowAsync<CesarException>(() => RunAsync(address, s_short with { MaxCacheAge = TimeSpan.Zero }));
        _talk.Always = LoopbackAnswer.Redirect($"file:///{Token}");
        CesarException detour = await Should.ThrowAsync<CesarException>(() => RunAsync(address, s_short with { MaxCacheAge = TimeSpan.Zero }));

        var files = new TranscriptFiles(_scratch.At("texts"), TranscriptFormats.Names);
        files.Write(files.Reserve(transcript), transcript, TestContext.Current.CancellationToken);
        string[] scanned = [.. Directory.EnumerateFiles(_scratch.Path, "*", SearchOption.AllDirectories)];
        scanned.Length.ShouldBeGreaterThan(10);
        foreach (string secret in (string[])[User, Password, Token, Signature, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))])
        {
            scanned.Where(path => path.Contains(secret, StringComparison.Ordinal) || File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0).ShouldBeEmpty(secret);
            _log.Concat(told).Append($"{error} {detour} {transcript}").Where(line => line.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty(secret);
        }

        transcript.Source.ShouldBe(Address + "?id=7");
        _server.Requests[0].Query.ShouldContain(Token, Case.Sensitive, "and still the server was asked with it");
    }

    private async Task<Transcript> RunAsync(string address, TranscriptionOptions? options = null, IProgress<TranscriptionProgress>? progress = null)
    {
        using TranscriptionEngine engine = new(lab.Settings with { Cache = new CacheSettings { Directory = _scratch.At("cache") } }, new ListedMessages(_log, LogLevel.Trace));
        return await engine.TranscribeAsync(address, options ?? s_short, progress, TestContext.Current.CancellationToken);
    }

    private static string[] Outcomes(Transcript transcript) => [.. transcript.Stages.Select(stage => $"{stage.Stage} {stage.Outcome}")];

    private static string Text(Transcript transcript) => TranscriptJson.Write(transcript with { Source = "", Origin = null, Stages = [], Elapsed = TimeSpan.Zero });
}
