using CesarPS.Engine.Audio;
using CesarPS.Engine.Tests.Tools;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Audio;

/// <summary>What only a stand-in can do on demand: each is a shell script in ffmpeg's place; ffprobe is the real one.</summary>
public sealed class FailingFfmpegTests(Recordings recordings)
{
    [Theory]
    [InlineData("kill -SEGV $$", "signal 11")]
    [InlineData("kill -KILL $$", "signal 9")]
    [InlineData("exit 1", "exit code 1")]
    [InlineData("exit 255", "exit code 255")]
    [InlineData("echo '[flac @ 0x1] out of memory' >&2; exit 1", "(out of memory)")]
    [InlineData("echo 'x: Input/output error' >&2; exit 0", "Input/output error")]
    public async Task A_stand_in_that_crashes_half_way_is_an_error_and_not_a_short_recording(string end, string reason)
    {
        CesarException error = await FailAsync($"head -c 32000 /dev/zero; {end}");

        (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Tool, "DecodeFailed"));
        error.Message.ShouldContain(reason);
        error.Message.ShouldContain("after 0:00:01.000");
    }

    [Fact]
    public async Task A_stand_in_that_decodes_nothing_means_a_track_without_sound() =>
        (await FailAsync("exit 0")).ErrorId.ShouldBe("InputNoAudio");

    [Fact]
    public async Task A_stand_in_that_hands_over_half_samples_loses_none()
    {
        ToolLocator tools = StandIn.Ffmpeg(recordings.Folder, "printf 'a'; sleep 0.1; printf 'bc'; sleep 0.1; printf 'd'");

        Samples samples = await Samples.DecodeAsync(await SoundAsync(), tools: tools);

        samples.Values.ShouldBe([0x6261 / 32768f, 0x6463 / 32768f]);
    }

    [Fact]
    public async Task A_cancel_ends_a_waiting_read_and_the_program()
    {
        ToolLocator tools = StandIn.Ffmpeg(recordings.Folder, "sleep 1234.5 & echo $! > \"$0.pid\"; printf 'ab'; wait");
        using var cancel = new CancellationTokenSource();
        await using IPcmReader reader = await new AudioDecoder(tools).OpenAsync(await SoundAsync(), AudioSelection.Whole, cancel.Token);
        (await reader.ReadAsync(new float[10], cancel.Token)).ShouldBe(1);

        Task<int> waiting = reader.ReadAsync(new float[10], cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await Running.ShouldBeGoneAsync(int.Parse(await File.ReadAllTextAsync(
            Directory.GetFiles(recordings.Folder, "*.pid").Single(), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_reader_that_is_left_early_leaves_no_ffmpeg_behind()
    {
        string path = await recordings.MakeAsync("hour.flac", "-f", "lavfi", "-i", "sine=d=3600:r=8000");
        IPcmReader reader = await new AudioDecoder(new ToolLocator())
            .OpenAsync(path, AudioSelection.Whole, TestContext.Current.CancellationToken);
        await reader.ReadAsync(new float[10], TestContext.Current.CancellationToken);
        int id = Running.With(path).ShouldHaveSingleItem();

        await reader.DisposeAsync();

        await Running.ShouldBeGoneAsync(id);
    }

    private async Task<CesarException> FailAsync(string script)
    {
        ToolLocator tools = StandIn.Ffmpeg(recordings.Folder, script);
        string path = await SoundAsync();
        return await Should.ThrowAsync<CesarException>(() => Samples.DecodeAsync(path, tools: tools));
    }

    private Task<string> SoundAsync() => recordings.BurstAsync("burst.flac", "-ar", "96000", "-ac", "2");
}
