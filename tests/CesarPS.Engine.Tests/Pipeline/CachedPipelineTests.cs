using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Audio;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tests.Speech;
using CesarPS.Engine.Transcripts;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>The whole pipeline with the real model over a cache of its own.</summary>
[Collection(WithEngines.Name)]
public sealed class CachedPipelineTests(WhisperLab lab, Recordings recordings) : IDisposable
{
    // As fast as it goes beside other tests: how well it is heard does not matter here.
    private static readonly TranscriptionOptions s_quick = new() { Language = "en", BeamSize = 1, Workers = 1 };
    private static readonly TranscriptionOptions s_short = s_quick with { End = TimeSpan.FromSeconds(9), Words = true };
    private readonly ScratchFolder _scratch = new();

    private CacheSettings Cache => new() { Directory = _scratch.At("cache") };

    [Fact]
    public async Task The_second_time_every_stage_is_a_hit_and_the_transcript_the_same()
    {
        Transcript first = await RunAsync(WhisperLab.Conversation, s_short);
        Transcript second = await RunAsync(WhisperLab.Conversation, s_short);

        Outcomes(first).ShouldBe(["acquire Miss", "transcode Miss", "transcribe Miss"]);
        Outcomes(second).ShouldBe(["acquire Hit", "transcode Hit", "transcribe Hit"]);
        Content(second).ShouldBe(Content(first));
        second.Stages[2].Saved.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_renamed_copy_is_a_hit_but_for_its_digest()
    {
        Transcript first = await RunAsync(WhisperLab.Conversation, s_short);
        string copy = _scratch.Write("another name.bin", await File.ReadAllBytesAsync(WhisperLab.Conversation, TestContext.Current.CancellationToken));

        Transcript second = await RunAsync(copy, s_short);

        Outcomes(second)[1..].ShouldBe(["transcode Hit", "transcribe Hit"]);
        second.Source.ShouldBe(copy);
        Content(second).ShouldBe(Content(first));
    }

    [Fact]
    public async Task The_digest_of_a_file_that_changed_only_just_is_not_remembered()
    {
        string fresh = _scratch.Write("fresh.mp3", await File.ReadAllBytesAsync(WhisperLab.Conversation, TestContext.Current.CancellationToken));
        // It stays so, however long the test takes.
        File.SetLastWriteTimeUtc(fresh, DateTime.UtcNow.AddHours(1));

        Transcript first = await RunAsync(fresh, s_short);

        Outcomes(first).ShouldBe(["acquire Uncached", "transcode Miss", "transcribe Miss"]);
        new CacheAdministration(Cache).List(new CacheFilter { Stage = "acquire" }).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_leaves_nothing_under_its_old_content()
    {
        string first = await recordings.MakeAsync("first sentence.wav", "-i", WhisperLab.Conversation, "-t", "5", "-ar", "16000", "-ac", "1", "-c:a", "pcm_s16le");
        string other = await recordings.MakeAsync("other sentence.wav", "-ss", "5", "-i", WhisperLab.Conversation, "-t", "5", "-ar", "16000", "-ac", "1", "-c:a", "pcm_s16le");
        string changing = _scratch.Write("changing.wav", await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken));
        bool changed = false;
        List<string> log = [];

        // Its digest is known, its samples are not read yet.
        Transcript torn = await RunAsync(changing, s_quick, new Told(progress => Change(progress.Stage)), loggers: new ListedMessages(log, LogLevel.Warning));
        Transcript whole = await RunAsync(first, s_quick);

        Outcomes(torn)[1].ShouldBe("transcode Uncached");
        log.ShouldContain(line => line.Contains("changing.wav changed while it was read", StringComparison.Ordinal));
        Outcomes(whole)[1].ShouldBe("transcode Miss");
        whole.Text.ShouldContain("Good morning");
        torn.Text.ShouldNotContain("Good morning");

        void Change(string stage)
        {
            if (stage == "transcode" && !changed)
            {
                changed = true;
                File.Copy(other, changing, overwrite: true);
            }
        }
    }

    [Fact]
    public async Task The_same_sound_in_another_container_is_transcribed_once()
    {
        string wave = await recordings.MakeAsync("same.wav", "-i", WhisperLab.Conversation, "-t", "9", "-ar", "16000", "-ac", "1", "-c:a", "pcm_s16le");
        string flac = await recordings.MakeAsync("same.flac", "-i", await recordings.MakeAsync("same.wav", _ => Task.CompletedTask), "-c:a", "flac");

        Transcript first = await RunAsync(wave, s_quick);
        Transcript second = await RunAsync(flac, s_quick);

        Outcomes(first)[1..].ShouldBe(["transcode Miss", "transcribe Miss"]);
        Outcomes(second)[1..].ShouldBe(["transcode Miss", "transcribe Hit"]);
    }

    [Fact]
    public async Task Another_option_is_another_transcript_of_the_same_samples()
    {
        await RunAsync(WhisperLab.Conversation, s_short);

        Transcript second = await RunAsync(WhisperLab.Conversation, s_short with { Words = false });

        Outcomes(second).ShouldBe(["acquire Hit", "transcode Hit", "transcribe Miss"]);
        second.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_log_says_what_was_found_and_which_option_differs()
    {
        List<string> first = [], second = [];
        await RunAsync(WhisperLab.Conversation, s_short, loggers: new ListedMessages(first, LogLevel.Information));

        await RunAsync(WhisperLab.Conversation, s_short with { Words = false }, loggers: new ListedMessages(second, LogLevel.Information));

        first.ShouldContain(line => line.StartsWith("[CACHE MISS] local_file:21033ee8… transcode (absent; took ", StringComparison.Ordinal));
        second.ShouldContain(line => line.StartsWith("[CACHE HIT] local_file:21033ee8… transcode (", StringComparison.Ordinal));
        second.ShouldContain(line => line.StartsWith("[CACHE MISS] local_file:21033ee8… transcribe (option differs: words; took ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_end_reuses_the_windows_that_are_the_same()
    {
        await RunAsync(WhisperLab.Conversation, s_quick with { End = TimeSpan.FromSeconds(31) });
        Dictionary<string, string> before = Windows();

        TranscriptionOptions options = s_quick with { End = TimeSpan.FromSeconds(36) };
        Transcript longer = await RunAsync(WhisperLab.Conversation, options);

        Windows().Count(window => before.Contains(window)).ShouldBeGreaterThan(0);
        Windows().Keys.Except(before.Keys).Count().ShouldBeLessThan(before.Count + 2, "only the last window of the first run ended otherwise");
        Content(longer).ShouldBe(Content(await UncachedAsync(options)));
    }

    [Fact]
    public async Task A_run_that_was_cut_off_goes_on_with_the_windows_it_has()
    {
        TranscriptionOptions options = s_quick with { End = TimeSpan.FromSeconds(31) };
        using CancellationTokenSource stop = new();
        await Should.ThrowAsync<OperationCanceledException>(RunAsync(
            WhisperLab.Conversation, options, new Told(progress => Stop(progress, stop)), stop));
        Dictionary<string, string> kept = Windows();
        kept.ShouldNotBeEmpty();

        Transcript resumed = await RunAsync(WhisperLab.Conversation, options);

        // A window that is worked out again gets another record.
        Windows().Count(window => kept.Contains(window)).ShouldBe(kept.Count);
        Content(resumed).ShouldBe(Content(await UncachedAsync(options)));

        static void Stop(TranscriptionProgress progress, CancellationTokenSource stop)
        {
            if (progress.Segments.Count > 0)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task Bypassing_serves_nothing_and_replaces_what_is_there()
    {
        await RunAsync(WhisperLab.Conversation, s_short);

        Outcomes(await RunAsync(WhisperLab.Conversation, s_short with { Cache = CacheMode.Bypass })).ShouldBe(["acquire Bypassed", "transcode Bypassed", "transcribe Bypassed"]);
        Outcomes(await RunAsync(WhisperLab.Conversation, s_short)).ShouldBe(["acquire Hit", "transcode Hit", "transcribe Hit"]);
    }

    [Fact]
    public async Task Refreshing_looks_at_the_file_and_works_only_on_what_changed()
    {
        await RunAsync(WhisperLab.Conversation, s_short);

        Outcomes(await RunAsync(WhisperLab.Conversation, s_short with { Cache = CacheMode.Refresh })).ShouldBe(["acquire Refreshed", "transcode Hit", "transcribe Hit"]);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Audio_is_dropped_after_its_transcript_unless_it_is_to_be_kept(bool keep, int files)
    {
        await RunAsync(WhisperLab.Conversation, s_short with { KeepAudio = keep });

        Files("cas").ShouldBe(files);
        Files("tmp").ShouldBe(0);
    }

    [Fact]
    public async Task Dropped_audio_is_decoded_again_when_another_transcript_needs_it()
    {
        await RunAsync(WhisperLab.Conversation, s_short);

        Transcript translated = await RunAsync(WhisperLab.Conversation, s_short with { Task = TranscriptionTask.Translate });

        translated.Text.ShouldNotBeEmpty();
        Files("cas").ShouldBe(0);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_costs_no_result()
    {
        string file = _scratch.Write("cache", [1]);

        Transcript transcript = await RunAsync(WhisperLab.Conversation, s_short);

        transcript.Stages.ShouldAllBe(stage => stage.Outcome == StageOutcome.Uncached);
        transcript.Text.ShouldNotBeEmpty();
        File.ReadAllBytes(file).ShouldBe([1]);
    }

    [Fact]
    public async Task What_was_wrong_with_a_recording_is_said_on_a_hit_too()
    {
        string wave = await recordings.MakeAsync("to cut.wav", "-i", WhisperLab.Conversation, "-t", "8", "-ar", "16000", "-ac", "1");
        string cut = _scratch.Write("cut.wav", (await File.ReadAllBytesAsync(wave, TestContext.Current.CancellationToken))[..150_000]);

        List<string> first = [], second = [];
        await RunAsync(cut, s_quick, loggers: new ListedMessages(first));
        await RunAsync(cut, s_quick, loggers: new ListedMessages(second));

        first.ShouldHaveSingleItem().ShouldContain("is cut off");
        second.ShouldBe(first);
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<Transcript> RunAsync(
        string path, TranscriptionOptions options, IProgress<TranscriptionProgress>? progress = null, CancellationTokenSource? stop = null,
        ILoggerFactory? loggers = null)
    {
        using TranscriptionEngine engine = new(lab.Settings with { Cache = Cache }, loggers);
        return await engine.TranscribeAsync(path, options, progress, stop?.Token ?? TestContext.Current.CancellationToken);
    }

    private Task<Transcript> UncachedAsync(TranscriptionOptions options) =>
        lab.Engine.TranscribeAsync(WhisperLab.Conversation, options, cancel: TestContext.Current.CancellationToken);

    private static string[] Outcomes(Transcript transcript) => [.. transcript.Stages.Select(stage => $"{stage.Stage} {stage.Outcome}")];

    private static string Content(Transcript transcript) =>
        TranscriptJson.Write(transcript with { Source = "", Stages = [], Elapsed = TimeSpan.Zero });

    // The records of windows by their files' names.
    private Dictionary<string, string> Windows() => Directory.EnumerateFiles(_scratch.At("cache", "v1", "act"), "*.json", SearchOption.AllDirectories)
        .Select(file => KeyValuePair.Create(Path.GetFileName(file), File.ReadAllText(file)))
        .Where(record => record.Value.Contains("\"stage\":\"window\"", StringComparison.Ordinal))
        .ToDictionary();

    private int Files(string folder) => Directory.Exists(_scratch.At("cache", "v1", folder))
        ? Directory.EnumerateFiles(_scratch.At("cache", "v1", folder), "*", SearchOption.AllDirectories).Count()
        : 0;
}
