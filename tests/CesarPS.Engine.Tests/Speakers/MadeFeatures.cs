using CesarPS.Engine.Audio;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>
/// Features as the models would give them of a conversation that is made up: windows that tell people apart, in an
/// order of their own each, and voices that scatter around each speaker's.
/// </summary>
internal sealed class MadeFeatures
{
    private static readonly SpeakerFeatureSettings s_settings = SpeakerLab.Settings;
    private readonly Random _random;
    private readonly float[][] _voices;

    public MadeFeatures(int speakers, int seed = 7)
    {
        _random = new Random(seed);
        _voices = [.. Enumerable.Range(0, speakers).Select(_ => Unit(_ => 1))];
    }

    /// <summary>How much a piece scatters around its speaker's voice: 1.1 makes a mean cosine of two pieces of 0.45.</summary>
    public double Scatter { get; init; } = 1.1;

    /// <summary>The features of turns.</summary>
    /// <param name="seconds">The length of the recording.</param>
    /// <param name="turns">Who speaks when, in seconds; at most three people within ten seconds.</param>
    public SpeakerFeatures Of(double seconds, IReadOnlyList<(double Start, double End, int Speaker)> turns)
    {
        long samples = (long)(seconds * PcmFormat.SampleRate);
        int total = (int)(samples / SegmentationModel.FrameShift);
        var windows = new List<SegmentedWindow>();
        var pieces = new List<VoicePiece>();
        int last = Math.Max(0, total - SegmentationModel.Frames);
        int firstTurn = 0;
        for (int start = 0; ; start = Math.Min(start + s_settings.WindowShift, last))
        {
            while (firstTurn < turns.Count && SpeechFrames.In(turns[firstTurn].End) < start)
            {
                firstTurn++;
            }

            (SegmentedWindow window, int[] people) = Window(start, turns.Skip(firstTurn).TakeWhile(turn => SpeechFrames.In(turn.Start) < start + SegmentationModel.Frames));
            int from = start == 0 ? 0 : (SegmentationModel.Frames - s_settings.WindowShift) / 2;
            int to = start == last ? SegmentationModel.Frames : from + s_settings.WindowShift + (start == 0 ? (SegmentationModel.Frames - s_settings.WindowShift) / 2 : 0);
            for (int person = 0; person < people.Length; person++)
            {
                pieces.AddRange(VoicePieces.Cut(window, person, from, to, s_settings)
                    .Select(centre => new VoicePiece(windows.Count, person, centre, Near(_voices[people[person]]))));
            }

            windows.Add(window);
            if (start == last)
            {
                return new SpeakerFeatures(samples, windows, pieces);
            }
        }
    }

    /// <summary>Turns of one speaker after the other.</summary>
    public static List<(double Start, double End, int Speaker)> TakeTurns(double seconds, int speakers, double length, double pause = 1)
    {
        var turns = new List<(double, double, int)>();
        for (double start = 0; start + length <= seconds; start += length + pause)
        {
            turns.Add((start, start + length, turns.Count % speakers));
        }

        return turns;
    }

    private (SegmentedWindow Window, int[] People) Window(int start, IEnumerable<(double Start, double End, int Speaker)> turns)
    {
        (double Start, double End, int Speaker)[] heard = [.. turns];
        int[] people = [.. heard.Select(turn => turn.Speaker).Distinct()];
        _random.Shuffle(people);
        people = people[..Math.Min(3, people.Length)];
        byte[] levels = new byte[SegmentationModel.Frames * SegmentationModel.Speakers];
        foreach ((double begin, double end, int speaker) in heard.Where(turn => people.Contains(turn.Speaker)))
        {
            for (int frame = Math.Max(0, SpeechFrames.In(begin) - start); frame < Math.Min(SegmentationModel.Frames, SpeechFrames.In(end) - start); frame++)
            {
                levels[(frame * SegmentationModel.Speakers) + Array.IndexOf(people, speaker)] = SegmentedWindow.Highest;
            }
        }

        return (new SegmentedWindow(start, levels), people);
    }

    private float[] Near(float[] voice)
    {
        // In 16 bits, as the extractor gives them.
        float[] noise = Unit(_ => 1);
        return Array.ConvertAll(Unit(i => voice[i] + (Scatter * noise[i]), _ => 0), value => (float)(Half)value);
    }

    private float[] Unit(Func<int, double> scale) => Unit(_ => 0, scale);

    private float[] Unit(Func<int, double> value, Func<int, double> noise)
    {
        double[] numbers = [.. Enumerable.Range(0, EmbeddingModel.Size).Select(i => value(i) + (noise(i) * Gaussian()))];
        double length = Math.Sqrt(numbers.Sum(number => number * number));
        return Array.ConvertAll(numbers, number => (float)(number / length));
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
