using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>
/// Music without a singer: chords and a melody on plucked strings (Karplus and Strong, Digital synthesis of plucked-string
/// and drum timbres, 1983) over drums of noise, 120 beats a minute. The same each time.
/// </summary>
internal static class MadeMusic
{
    private const int Beat = PcmFormat.SampleRate / 2;
    private static readonly int[][] s_chords = [[48, 52, 55], [45, 48, 52], [41, 45, 48], [43, 47, 50]];
    private static readonly int[] s_melody = [72, 76, 79, 76, 69, 72, 76, 74, 65, 69, 72, 69, 67, 71, 74, 79];

    /// <summary>Samples of so many beats, -1 to 1.</summary>
    public static float[] Play(int beats)
    {
        Random random = new(7);
        float[] samples = new float[beats * Beat];
        for (int beat = 0; beat < beats; beat++)
        {
            foreach (int note in s_chords[beat / 4 % s_chords.Length])
            {
                Pluck(samples.AsSpan(beat * Beat), note, 0.15f, random);
            }

            Pluck(samples.AsSpan(beat * Beat), s_melody[beat % s_melody.Length], 0.3f, random);
            Drum(samples.AsSpan(beat * Beat), beat % 2 == 0 ? 0.05f : 0.2f, random);
        }

        return samples;
    }

    private static void Pluck(Span<float> samples, int note, float loudness, Random random)
    {
        float[] wave = new float[(int)(PcmFormat.SampleRate / (440 * Math.Pow(2, (note - 69) / 12.0)))];
        for (int i = 0; i < wave.Length; i++)
        {
            wave[i] = loudness * ((2 * random.NextSingle()) - 1);
        }

        for (int i = 0; i < Math.Min(samples.Length, 2 * Beat); i++)
        {
            int at = i % wave.Length;
            samples[i] += wave[at];
            wave[at] = 0.498f * (wave[at] + wave[(at + 1) % wave.Length]);
        }
    }

    private static void Drum(Span<float> samples, float loudness, Random random)
    {
        for (int i = 0; i < Beat / 3; i++)
        {
            samples[i] += loudness * ((2 * random.NextSingle()) - 1) * MathF.Exp(-i / 400f);
        }
    }
}
