using CesarPS.Engine.Audio;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Audio;

public sealed class SelectionTests(Recordings recordings)
{
    public static TheoryData<string, double, double?, double?, int?> Senseless => new()
    {
        { "TimeNegative", -1, null, null, null },
        { "TimeNegative", 0, -1, null, null },
        { "StartAfterEnd", 2, 1, null, null },
        { "StartAfterEnd", 2, 2, null, null },
        { "MaxDurationNotPositive", 0, null, 0, null },
        { "AudioTrackInvalid", 0, null, null, 0 },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public async Task A_selection_without_sense_is_refused_before_the_file_is_looked_at(
        string errorId, double start, double? end, double? maximum, int? track)
    {
        var selection = new AudioSelection
        {
            Start = TimeSpan.FromSeconds(start),
            End = end is { } e ? TimeSpan.FromSeconds(e) : null,
            MaxDuration = maximum is { } m ? TimeSpan.FromSeconds(m) : null,
            Track = track,
        };

        CesarException error = await Should.ThrowAsync<CesarException>(() => Samples.DecodeAsync("nothing.wav", selection));

        (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Option, errorId));
    }

    [Theory]
    [InlineData("stereo.flac", 2, 1)]
    [InlineData("stereo.flac", 2, 2)]
    [InlineData("three.wav", 3, 3)]
    [InlineData("video.mkv", 2, 2)]
    public async Task A_channel_is_read_alone(string name, int channels, int channel)
    {
        // Each channel has a tone of its own: 500 Hz, 1000 Hz, 1500 Hz.
        string tones = string.Join('|', Enumerable.Range(1, channels).Select(number => $"0.5*sin(2*PI*{number * 500}*t)"));
        string path = await recordings.MakeAsync("tones_" + name, "-f", "lavfi", "-i", $"aevalsrc='{tones}':d=1:s=44100");

        Samples samples = await Samples.DecodeAsync(path, new AudioSelection { Channel = channel });

        for (int number = 1; number <= channels; number++)
        {
            samples.Amplitude(number * 500, 0.2, 0.8).ShouldBe(number == channel ? 0.5 : 0, 0.02, $"channel {number}");
        }
    }

    [Theory]
    [InlineData("mono.wav", "-ac 1 -ar 16000")]
    [InlineData("mono.flac", "-ac 1")]
    public async Task A_channel_that_there_is_not_is_refused(string name, string codec)
    {
        string path = await recordings.BurstAsync("channel_" + name, codec.Split(' '));

        CesarException error = await Should.ThrowAsync<CesarException>(() => Samples.DecodeAsync(path, new AudioSelection { Channel = 2 }));

        error.ErrorId.ShouldBe("ChannelNotFound");
        error.Message.ShouldContain("1 ch");
    }

    [Theory]
    [InlineData("direct.wav", "-ar 16000")]
    [InlineData("burst.flac", "-ar 96000 -ac 2")]
    [InlineData("burst.aac", "-c:a aac")]
    public async Task A_start_past_the_end_is_refused(string name, string codec)
    {
        string path = await recordings.BurstAsync("past_" + name, codec.Split(' '));

        CesarException error = await Should.ThrowAsync<CesarException>(
            () => Samples.DecodeAsync(path, new AudioSelection { Start = TimeSpan.FromSeconds(4.5) }));

        error.ErrorId.ShouldBe("StartPastEnd");
        error.Message.ShouldContain("0:00:04.500");
    }

    [Fact]
    public async Task The_error_of_a_start_past_the_end_states_the_length()
    {
        string path = await recordings.BurstAsync("past_burst.flac", "-ar", "96000", "-ac", "2");

        CesarException error = await Should.ThrowAsync<CesarException>(
            () => Samples.DecodeAsync(path, new AudioSelection { Start = TimeSpan.FromHours(1) }));

        error.Message.ShouldContain("lasts 0:00:04.000");
    }

    [Fact]
    public async Task A_track_is_chosen_by_number_and_the_default_by_the_container()
    {
        string path = await TwoTracksAsync();

        Samples first = await Samples.DecodeAsync(path, new AudioSelection { Track = 1 });
        Samples byDefault = await Samples.DecodeAsync(path);

        first.Amplitude(500, 0.2, 0.8).ShouldBeGreaterThan(0.05);
        byDefault.Amplitude(2000, 0.2, 0.8).ShouldBeGreaterThan(0.05);
        byDefault.Amplitude(500, 0.2, 0.8).ShouldBeLessThan(0.01);
    }

    [Fact]
    public async Task The_tracks_are_described()
    {
        MediaInfo media = await new MediaProbe(new ToolLocator())
            .ProbeAsync(await TwoTracksAsync(), TestContext.Current.CancellationToken);

        media.AudioStreams.Select(track => (track.Index, track.Language, track.Title, track.IsDefault, track.Codec, track.Channels))
            .ShouldBe([(1, "ger", null, false, "flac", 1), (2, "eng", "Comments", true, "flac", 1)]);
        media.AudioStreams[0].Duration!.Value.TotalSeconds.ShouldBe(1, 0.05);
    }

    [Fact]
    public async Task A_track_that_is_not_there_is_answered_with_those_that_are()
    {
        string path = await TwoTracksAsync();

        CesarException error = await Should.ThrowAsync<CesarException>(
            () => Samples.DecodeAsync(path, new AudioSelection { Track = 3 }));

        error.ErrorId.ShouldBe("AudioTrackNotFound");
        error.Message.ShouldContain("1: flac, 1 ch, 44100 Hz, ger; 2: flac, 1 ch, 44100 Hz, eng, \"Comments\"");
    }

    private Task<string> TwoTracksAsync() => recordings.MakeAsync(
        "two.mkv", "-f", "lavfi", "-i", "sine=f=500:d=1", "-f", "lavfi", "-i", "sine=f=2000:d=1", "-map", "0", "-map", "1",
        "-c:a", "flac", "-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=eng", "-metadata:s:a:1", "title=Comments",
        "-disposition:a:0", "0", "-disposition:a:1", "default");
}
