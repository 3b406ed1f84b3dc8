using System.Text.Json;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>Numbers against those that other implementations gave for the same recordings.</summary>
[Collection(WithSpeakerModels.Name)]
public sealed class ReferenceValueTests(SpeakerLab lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int, int> Parts => new()
    {
        { "jfk_wav", "0-3s", 0, 3 },
        { "jfk_wav", "4-10s", 4, 10 },
        { "pyannote_sample", "0-3s", 0, 3 },
        { "pyannote_sample", "4-10s", 4, 10 },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Filterbanks_equal_those_of_kaldi(string recording, string part, int from, int to)
    {
        JsonElement reference = Reference(recording).GetProperty(part);
        float[] values = await FilterbankAsync(recording, from, to);

        (values.Length / MelFilterbank.Bins).ShouldBe(reference.GetProperty("fbank_frames").GetInt32());
        foreach (int frame in new[] { 0, 100 })
        {
            float[] actual = values[(frame * MelFilterbank.Bins)..((frame + 1) * MelFilterbank.Bins)];
            Distance(actual, reference.GetProperty($"fbank_frame_{frame}")).ShouldBeLessThan(1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Embeddings_equal_those_of_the_reference(string recording, string part, int from, int to)
    {
        float[] embedding = lab.Embedding.Run(await FilterbankAsync(recording, from, to), Cancel);

        Distance(embedding, Reference(recording).GetProperty(part).GetProperty("embedding")).ShouldBeLessThan(1e-3);
    }

    [Theory]
    [InlineData("jfk_wav")]
    [InlineData("pyannote_sample")]
    public async Task Segmentation_chooses_the_classes_of_the_reference(string recording)
    {
        float[] samples = await SpeakerLab.DecodeAsync(Speech(recording));

        float[] values = lab.Segmentation.Run(samples.AsMemory(0, SegmentationModel.WindowLength), Cancel);

        var runs = new List<(int Class, int Length)>();
        for (int frame = 0; frame < SegmentationModel.Frames; frame++)
        {
            float[] classes = values[(frame * SegmentationModel.Classes)..((frame + 1) * SegmentationModel.Classes)];
            int best = Array.IndexOf(classes, classes.Max());
            if (runs.Count > 0 && runs[^1].Class == best)
            {
                runs[^1] = (best, runs[^1].Length + 1);
            }
            else
            {
                runs.Add((best, 1));
            }
        }

        runs.ShouldBe(Reference(recording).GetProperty("segmentation_classes_runs").EnumerateArray().Select(run => (run[0].GetInt32(), run[1].GetInt32())));
    }

    private static string Speech(string recording) => TestPaths.Speech(recording + ".wav") ?? TestPaths.Speech("jfk.wav").OrSkip($"The recording {recording}");

    private static async Task<float[]> FilterbankAsync(string recording, int from, int to)
    {
        float[] samples = await SpeakerLab.DecodeAsync(Speech(recording));
        float[] part = samples[(from * 16_000)..(to * 16_000)];
        float[] values = new float[MelFilterbank.Frames(part.Length) * MelFilterbank.Bins];
        new MelFilterbank().Compute(part, values);
        return values;
    }

    private static JsonElement Reference(string recording) =>
        JsonDocument.Parse(File.ReadAllText(TestPaths.Model("reference.json").OrSkip("The reference"))).RootElement.GetProperty("recordings").GetProperty(recording);

    private static double Distance(float[] actual, JsonElement expected) =>
        actual.Zip(expected.EnumerateArray(), (a, b) => Math.Abs(a - b.GetDouble())).Max();
}
