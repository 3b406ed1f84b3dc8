using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// Log mel energies as Kaldi's <c>compute-fbank-feats</c> gives them
/// (https://kaldi-asr.org/doc/feat.html): 80 bins from 20 Hz to half the sample rate, frames of 25 ms every 10 ms,
/// none beyond the end (snip_edges), offset removed, pre-emphasis 0.97, Povey's window, no dither. One instance serves
/// one thread.
/// </summary>
internal sealed class MelFilterbank
{
    /// <summary>Values of a frame.</summary>
    public const int Bins = 80;

    /// <summary>Samples of a frame: 25 ms.</summary>
    public const int FrameLength = 400;

    /// <summary>Samples from one frame to the next: 10 ms.</summary>
    public const int FrameShift = 160;

    private const int Padded = 512;
    private const double Preemphasis = 0.97;
    private const double LowestFrequency = 20;
    private const double PoveyExponent = 0.85;

    // Kaldi's floor: the smallest step of 32-bit floating point at 1.
    private const double Floor = 1.1920928955078125e-07;

    private readonly FourierTransform _transform = new(Padded);
    private readonly double[] _window = new double[FrameLength];
    private readonly double[] _frame = new double[Padded];
    private readonly double[] _power = new double[Padded / 2];
    private readonly Filter[] _filters;

    /// <summary>Prepares the window and the filters.</summary>
    public MelFilterbank()
    {
        for (int i = 0; i < FrameLength; i++)
        {
            _window[i] = Math.Pow(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / (FrameLength - 1))), PoveyExponent);
        }

        _filters = [.. Enumerable.Range(0, Bins).Select(Triangle)];
    }

    /// <summary>How many frames there are in a number of samples.</summary>
    public static int Frames(int samples) => samples < FrameLength ? 0 : 1 + ((samples - FrameLength) / FrameShift);

    /// <summary>Works out frames.</summary>
    /// <param name="samples">16 kHz, mono, -1 to 1.</param>
    /// <param name="values">Receives <see cref="Bins"/> values for each of <see cref="Frames"/> frames.</param>
    public void Compute(ReadOnlySpan<float> samples, Span<float> values)
    {
        for (int i = 0; i < Frames(samples.Length); i++)
        {
            Compute(samples.Slice(i * FrameShift, FrameLength), values.Slice(i * Bins, Bins), _frame);
        }
    }

    private void Compute(ReadOnlySpan<float> samples, Span<float> values, double[] frame)
    {
        double sum = 0;
        foreach (float sample in samples)
        {
            sum += sample;
        }

        double offset = sum / FrameLength;
        // The first sample has none before it and is its own predecessor.
        double before = samples[0] - offset;
        for (int i = 0; i < FrameLength; i++)
        {
            double sample = samples[i] - offset;
            frame[i] = (sample - (Preemphasis * before)) * _window[i];
            before = sample;
        }

        _transform.Power(frame, _power);
        for (int bin = 0; bin < Bins; bin++)
        {
            (int first, double[] weights) = _filters[bin];
            double energy = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                energy += weights[i] * _power[first + i];
            }

            values[bin] = (float)Math.Log(Math.Max(energy, Floor));
        }
    }

    // A triangle in mel, which takes in its neighbours' peaks on either side at zero.
    private static Filter Triangle(int bin)
    {
        double lowest = Mel(LowestFrequency);
        double step = (Mel(PcmFormat.SampleRate / 2.0) - lowest) / (Bins + 1);
        double left = lowest + (bin * step);
        double centre = left + step;
        double right = centre + step;
        var weights = new List<double>();
        int first = 0;
        for (int i = 0; i < Padded / 2; i++)
        {
            double mel = Mel((double)i * PcmFormat.SampleRate / Padded);
            if (mel > left && mel < right)
            {
                first = weights.Count == 0 ? i : first;
                weights.Add(mel <= centre ? (mel - left) / step : (right - mel) / step);
            }
        }

        return new Filter(first, [.. weights]);
    }

    private static double Mel(double frequency) => 1127 * Math.Log(1 + (frequency / 700));

    private readonly record struct Filter(int First, double[] Weights);
}
