using CesarPS.Engine.Audio;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Audio;

/// <summary>Sound that begins 1.5 s after the picture: the burst is at 3.5 s on the recording's own clock.</summary>
public sealed class ClockTests(Recordings recordings)
{
    public static TheoryData<string, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, double>();
            foreach (string codec in (string[])["late.mp4 aac", "late.mkv flac", "late.ts mp2"])
            {
                foreach (double start in (double[])[0, 1, 1.5, 2])
                {
                    cases.Add(codec, start);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Late_sound_stays_in_its_place(string file, double start)
    {
        string path = await LateAsync(file);

        Samples samples = await Samples.DecodeAsync(path, new AudioSelection { Start = TimeSpan.FromSeconds(start) });

        samples.Onset.ShouldBe(3.5 - start, 0.03);
        samples.Offset.ShouldBe(4.0 - start, 0.03);
        samples.Seconds.ShouldBe(5.5 - start, 0.06);
    }

    [Fact]
    public async Task A_part_before_the_sound_is_silent_and_as_long_as_asked()
    {
        string path = await LateAsync("late.mp4 aac");
        var selection = new AudioSelection { Start = TimeSpan.FromSeconds(0.2), MaxDuration = TimeSpan.FromSeconds(1) };

        Samples samples = await Samples.DecodeAsync(path, selection);

        samples.Values.Length.ShouldBe(16_000);
        samples.Values.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public async Task The_probe_says_where_the_sound_begins_and_the_reader_how_long_it_is()
    {
        string path = await LateAsync("late.mkv flac");
        CancellationToken cancel = TestContext.Current.CancellationToken;

        MediaInfo media = await new MediaProbe(new ToolLocator()).ProbeAsync(path, cancel);
        await using IPcmReader reader = await new AudioDecoder(new ToolLocator())
            .OpenAsync(path, new AudioSelection { Start = TimeSpan.FromSeconds(1) }, cancel);

        media.AudioStreams[0].Start.TotalSeconds.ShouldBe(1.5, 0.01);
        reader.ExpectedDuration!.Value.TotalSeconds.ShouldBe(4.5, 1.6);
    }

    private Task<string> LateAsync(string file)
    {
        string[] parts = file.Split(' ');
        return recordings.MakeAsync(
            parts[0], "-f", "lavfi", "-i", Recordings.Picture, "-itsoffset", "1.5", "-f", "lavfi", "-i",
            Recordings.Burst + "48000", "-c:v", "mpeg4", "-c:a", parts[1]);
    }
}
