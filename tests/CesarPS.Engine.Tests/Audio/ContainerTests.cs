using CesarPS.Engine.Audio;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Audio;

public sealed class ContainerTests(Recordings recordings)
{
    // Codecs that do not say how long their start-up delay is: the recording itself is late by it.
    private const double UnstatedDelay = 0.05;
    private const double Exact = 0.03;

    public static TheoryData<string, string, double> AudioFiles => new()
    {
        { "burst_s16.wav", "-c:a pcm_s16le -ar 44100", Exact },
        { "burst_s24.wav", "-c:a pcm_s24le -ar 192000 -ac 2", Exact },
        { "burst_f32.wav", "-c:a pcm_f32le -ar 8000", Exact },
        { "burst_alaw.wav", "-c:a pcm_alaw -ar 8000", Exact },
        { "burst_16k_stereo.wav", "-ar 16000 -ac 2", Exact },
        { "burst.aiff", "-ar 22050", Exact },
        { "burst.mp3", "-b:a 96k", Exact },
        { "burst_vbr.mp3", "-q:a 4 -ac 2 -ar 44100", Exact },
        { "burst.m4a", "-c:a aac", Exact },
        { "burst_stereo.m4a", "-c:a aac -ac 2 -ar 96000", Exact },
        { "burst.aac", "-c:a aac", Exact },
        { "burst.flac", "-ar 96000 -ac 2", Exact },
        { "burst_5.1.flac", "-ac 6", Exact },
        { "burst.ogg", "-c:a libvorbis", Exact },
        { "burst.opus", "-c:a libopus", Exact },
        { "burst.webm", "-c:a libopus -ac 2", Exact },
        { "burst.wma", "-c:a wmav2 -ar 44100", UnstatedDelay },
        { "burst.mka", "-c:a ac3 -ac 6", Exact },
        { "burst.ts", "-c:a aac", Exact },
        { "burst_mp3_called.wav", "-c:a libmp3lame -f mp3", Exact },
        { "burst_flac_called.mp3", "-c:a flac -f flac", Exact },
        { "burst_mp4_called.ogg", "-c:a aac -f mp4", Exact },
    };

    public static TheoryData<string, string> Videos => new()
    {
        { "burst.mp4", "-c:v mpeg4 -c:a aac" },
        { "burst.mkv", "-c:v mpeg4 -c:a flac" },
        { "burst.mov", "-c:v mpeg4 -c:a pcm_s16le" },
        { "burst.avi", "-c:v mpeg4 -c:a libmp3lame" },
        { "burst_video.webm", "-c:v libvpx -c:a libvorbis" },
        { "burst_video.wmv", "-c:v msmpeg4 -c:a aac" },
    };

    [Theory]
    [MemberData(nameof(AudioFiles))]
    public async Task Every_audio_file_becomes_the_same_sound_at_the_same_time(string name, string codec, double tolerance)
    {
        string path = await recordings.BurstAsync(name, codec.Split(' '));

        Samples samples = await Samples.DecodeAsync(path);

        ShouldBeTheBurst(samples, tolerance);
        samples.Seconds.ShouldBe(4.0, 0.1);
    }

    [Theory]
    [MemberData(nameof(Videos))]
    public async Task The_sound_of_every_video_is_read(string name, string codec)
    {
        string path = await VideoAsync(name, codec);

        Samples samples = await Samples.DecodeAsync(path);

        ShouldBeTheBurst(samples, Exact);
        MediaInfo media = await new MediaProbe(new ToolLocator()).ProbeAsync(path, TestContext.Current.CancellationToken);
        media.HasVideo.ShouldBeTrue();
        media.Duration!.Value.TotalSeconds.ShouldBe(6.0, 0.2);
    }

    [Theory]
    [InlineData("burst.mp3", "-b:a 96k")]
    [InlineData("burst_vbr.mp3", "-q:a 4 -ac 2 -ar 44100")]
    [InlineData("burst.m4a", "-c:a aac")]
    [InlineData("burst.aac", "-c:a aac")]
    [InlineData("burst.ogg", "-c:a libvorbis")]
    [InlineData("burst.opus", "-c:a libopus")]
    [InlineData("burst.webm", "-c:a libopus -ac 2")]
    [InlineData("burst.wma", "-c:a wmav2 -ar 44100", UnstatedDelay)]
    [InlineData("burst.ts", "-c:a aac")]
    [InlineData("burst.flac", "-ar 96000 -ac 2")]
    public async Task A_start_and_an_end_cut_at_that_sample(string name, string codec, double tolerance = Exact)
    {
        string path = await recordings.BurstAsync(name, codec.Split(' '));
        var selection = new AudioSelection { Start = TimeSpan.FromSeconds(1.7), End = TimeSpan.FromSeconds(2.9) };

        Samples samples = await Samples.DecodeAsync(path, selection);

        samples.Values.Length.ShouldBe(19_200);
        samples.Onset.ShouldBe(0.3, tolerance);
        samples.Offset.ShouldBe(0.8, tolerance);
    }

    [Theory]
    [InlineData("cover.mp3", "burst.mp3", "-b:a 96k")]
    [InlineData("cover.flac", "burst.flac", "-ar 96000 -ac 2")]
    [InlineData("cover.m4a", "burst.m4a", "-c:a aac")]
    public async Task Cover_art_is_neither_video_nor_sound(string name, string audio, string codec)
    {
        string sound = await recordings.BurstAsync(audio, codec.Split(' '));
        string picture = await recordings.MakeAsync("cover.png", "-f", "lavfi", "-i", Recordings.Picture, "-frames:v", "1");
        string path = await recordings.MakeAsync(
            name, "-i", sound, "-i", picture, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v", "attached_pic");

        MediaInfo media = await new MediaProbe(new ToolLocator()).ProbeAsync(path, TestContext.Current.CancellationToken);
        Samples samples = await Samples.DecodeAsync(path);

        media.HasVideo.ShouldBeFalse();
        media.AudioStreams.Count.ShouldBe(1);
        ShouldBeTheBurst(samples, Exact);
    }

    // No encoder for it is at hand: frames of the lowest rate with arbitrary content decode to arbitrary sound.
    [Fact]
    public async Task An_amr_file_is_read()
    {
        string path = await recordings.MakeAsync("noise.amr", async file =>
        {
            var random = new Random(1);
            await using FileStream stream = File.Create(file);
            stream.Write("#!AMR\n"u8);
            for (int frame = 0; frame < 100; frame++)
            {
                var bytes = new byte[13];
                random.NextBytes(bytes);
                bytes[0] = 0x04;
                stream.Write(bytes);
            }
        });

        Samples samples = await Samples.DecodeAsync(path);

        samples.Seconds.ShouldBe(2.0, 0.03);
        samples.Values.Max().ShouldBeGreaterThan(0.001f);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 6)]
    [InlineData(10, 11)]
    public async Task A_voice_on_any_one_channel_is_heard(int channel, int channels)
    {
        string[] sounds = [.. Enumerable.Repeat("0", channels)];
        sounds[channel] = "0.5*sin(2*PI*1000*t)";
        string path = await recordings.MakeAsync(
            $"channel_{channel}_of_{channels}.wav", "-f", "lavfi", "-i", $"aevalsrc='{string.Join('|', sounds)}':d=0.5:s=16000");

        Samples samples = await Samples.DecodeAsync(path);

        samples.Amplitude(1000, 0.1, 0.4).ShouldBeGreaterThan(0.03);
    }

    [Fact]
    public async Task Loud_channels_together_do_not_clip()
    {
        string path = await recordings.MakeAsync(
            "loud.mka", "-f", "lavfi", "-i", $"aevalsrc='{string.Join('|', Enumerable.Repeat("0.9*sin(2*PI*1000*t)", 6))}':d=1:s=48000:c=5.1",
            "-c:a", "pcm_f32le");

        Samples samples = await Samples.DecodeAsync(path);

        samples.Values.Max().ShouldBeLessThan(0.95f);
        samples.Amplitude(1000, 0.2, 0.8).ShouldBe(0.9, 0.03);
    }

    [Fact]
    public async Task A_file_of_three_microphones_from_the_speech_set_is_read_whole()
    {
        string path = SpeechSet.Find("audio/three_channels.wav");

        Samples samples = await Samples.DecodeAsync(path);
        MediaInfo media = await new MediaProbe(new ToolLocator()).ProbeAsync(path, TestContext.Current.CancellationToken);

        media.AudioStreams[0].Channels.ShouldBe(3);
        samples.Seconds.ShouldBe(media.Duration!.Value.TotalSeconds, 0.01);
        samples.Values.Max().ShouldBeGreaterThan(0.01f);
    }

    private Task<string> VideoAsync(string name, string codec) => recordings.MakeAsync(
        name, ["-f", "lavfi", "-i", Recordings.Picture, "-f", "lavfi", "-i", Recordings.Burst + "48000", .. codec.Split(' ')]);

    private static void ShouldBeTheBurst(Samples samples, double tolerance)
    {
        samples.Onset.ShouldBe(2.0, tolerance);
        samples.Offset.ShouldBe(2.5, tolerance);
        samples.Amplitude(1000, 2.1, 2.4).ShouldBeInRange(0.08, 0.75);
        samples.Amplitude(1500, 2.1, 2.4).ShouldBeLessThan(0.02);
        samples.Amplitude(1000, 0.5, 1.5).ShouldBeLessThan(0.01);
    }
}
