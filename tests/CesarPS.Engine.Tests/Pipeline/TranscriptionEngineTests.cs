using CesarPS.Engine.Inference;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Audio;
using CesarPS.Engine.Tests.Speech;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>What an engine does when something goes wrong, and that it goes on.</summary>
[Collection(WithWhisper.Name)]
public sealed class TranscriptionEngineTests(WhisperLab lab, Recordings recordings)
{
    private static readonly TranscriptionOptions s_short = new() { Language = "en", End = TimeSpan.FromSeconds(2.6), Workers = 1 };

    [Fact]
    public async Task A_cancelled_call_ends_with_its_programs_and_the_engine_goes_on()
    {
        // Long enough that ffmpeg still has work when the first samples are there.
        string path = await recordings.MakeAsync($"cancel_{Guid.NewGuid():N}.mp3", "-stream_loop", "9", "-i", WhisperLab.Conversation, "-c", "copy");
        using CancellationTokenSource stop = new();
        int programs = 0;
        Told told = new(progress =>
        {
            if (progress is { Stage: "transcode", Position.Ticks: > 0 } && !stop.IsCancellationRequested)
            {
                programs = ProgramsWith(path);
                stop.Cancel();
            }
        });

        Task<Transcript> call = lab.Engine.TranscribeAsync(path, new TranscriptionOptions { Workers = 1 }, told, stop.Token);
        await Task.WhenAny(call, Task.Delay(Timeout.Infinite, stop.Token));
        // Within a second is the promise; the work itself would take minutes.
        await Should.ThrowAsync<OperationCanceledException>(call.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        ProgramsWith(path).ShouldBe(0);
        if (OperatingSystem.IsLinux())
        {
            programs.ShouldBe(1, "ffmpeg was at work");
        }

        await ShouldWorkAsync();
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_does_nothing()
    {
        List<TranscriptionProgress> told = [];

        await Should.ThrowAsync<OperationCanceledException>(
            lab.Engine.TranscribeAsync(WhisperLab.Conversation, s_short, new Told(told.Add), new CancellationToken(canceled: true)));

        told.SelectMany(progress => progress.Segments).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_does_not_disturb_those_beside_it()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using CancellationTokenSource stop = new();
        Task<Transcript> Start(CancellationToken token) =>
            Task.Run(() => lab.Engine.TranscribeAsync(WhisperLab.Conversation, s_short, cancel: token), CancellationToken.None);
        Task<Transcript>[] kept = [Start(cancel), Start(cancel)];
        Task<Transcript>[] dropped = [Start(stop.Token), Start(stop.Token)];

        // One worker for all: when the first is done, others are at work or wait for their turn.
        await Task.WhenAny(kept);
        await stop.CancelAsync();

        (await Task.WhenAll(kept)).ShouldAllBe(transcript => transcript.Text.Contains("Robert"));
        await ((Task)Task.WhenAll(dropped)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        dropped.ShouldAllBe(call => call.IsCanceled || call.IsCompletedSuccessfully);
        await ShouldWorkAsync();
    }

    [Fact]
    public async Task A_bad_file_fails_alone()
    {
        string bad = await recordings.MakeAsync("no recording.mp3", path => File.WriteAllTextAsync(path, "This is no recording."));
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Task<Transcript> good = lab.Engine.TranscribeAsync(WhisperLab.Conversation, s_short, cancel: cancel);

        CesarException error = await Should.ThrowAsync<CesarException>(lab.Engine.TranscribeAsync(bad, s_short, cancel: cancel));
        CesarException missing = await Should.ThrowAsync<CesarException>(lab.Engine.TranscribeAsync(bad + ".none", s_short, cancel: cancel));

        error.Kind.ShouldBe(CesarErrorKind.Input);
        error.Message.ShouldContain("no recording.mp3");
        missing.ErrorId.ShouldBe("InputNotFound");
        (await good).Text.ShouldContain("Robert");
    }

    [Fact]
    public async Task A_listener_that_fails_ends_the_call_with_its_own_error_and_no_other()
    {
        Told broken = new(progress =>
        {
            if (progress.Segments.Count > 0)
            {
                throw new InvalidDataException("listener");
            }
        });

        (await Should.ThrowAsync<InvalidDataException>(
            lab.Engine.TranscribeAsync(WhisperLab.Conversation, s_short, broken, TestContext.Current.CancellationToken))).Message.ShouldBe("listener");
        await ShouldWorkAsync();
    }

    [Fact]
    public async Task An_unknown_model_is_refused_before_any_file()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        TranscriptionOptions options = s_short with { Model = "bsae" };

        CesarException prepared = await Should.ThrowAsync<CesarException>(lab.Engine.PrepareAsync(options, cancel: cancel));
        CesarException transcribed = await Should.ThrowAsync<CesarException>(lab.Engine.TranscribeAsync("no such file", options, cancel: cancel));

        prepared.Kind.ShouldBe(CesarErrorKind.Model);
        prepared.Message.ShouldContain("'base'");
        transcribed.ErrorId.ShouldBe(prepared.ErrorId);
    }

    [Fact]
    public async Task Bad_options_are_refused_before_the_model()
    {
        TranscriptionOptions options = s_short with { Model = "bsae", BeamSize = 0 };

        (await Should.ThrowAsync<CesarException>(lab.Engine.PrepareAsync(options, cancel: TestContext.Current.CancellationToken)))
            .ErrorId.ShouldBe("BeamSizeInvalid");
    }

    [Fact]
    public async Task Without_native_libraries_an_engine_says_so()
    {
        using TranscriptionEngine engine = new(lab.Settings with { Native = new NativeDirectory(recordings.Folder) });

        (await Should.ThrowAsync<CesarException>(engine.TranscribeAsync(WhisperLab.Conversation, s_short, cancel: TestContext.Current.CancellationToken)))
            .ErrorId.ShouldBe("NativeLibraryMissing");
    }

    [Fact]
    public void The_settings_of_a_staged_program_point_beside_it()
    {
        EngineSettings settings = EngineSettings.Beside(recordings.Folder);

        settings.Native.Path.ShouldBe(Path.Combine(recordings.Folder, "native", NativeDirectory.PlatformName));
        settings.Models.Bundled.ShouldBe(Path.Combine(recordings.Folder, "models"));
        settings.Tools.ShouldBeEmpty();
    }

    [Fact]
    public void An_engine_may_be_disposed_of_unused_and_twice()
    {
        TranscriptionEngine engine = new(lab.Settings);

        engine.Dispose();
        Should.NotThrow(engine.Dispose);
    }

    private async Task ShouldWorkAsync() =>
        (await lab.Engine.TranscribeAsync(WhisperLab.Conversation, s_short, cancel: TestContext.Current.CancellationToken)).Text.ShouldContain("Robert");

    /// <summary>Running programs, other than this one, that were started with a path.</summary>
    private static int ProgramsWith(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        return Directory.EnumerateDirectories("/proc").Count(process =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(path, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false; // it has ended meanwhile
            }
        });
    }
}
