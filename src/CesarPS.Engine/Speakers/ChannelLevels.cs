namespace CesarPS.Engine.Speakers;

/// <summary>How loud each channel of a recording is over time.</summary>
/// <param name="Below">For each channel one byte a frame: the mean power in decibels below full scale, 0 to 127.</param>
/// <param name="AreSame">Whether all channels hold the same sound, so that none tells who speaks.</param>
internal sealed record ChannelLevels(IReadOnlyList<byte[]> Below, bool AreSame)
{
    /// <summary>The level of silence.</summary>
    public const byte Silence = 127;

    // Microphones are set differently; a channel in which nobody speaks but others are heard must not be made as loud as theirs.
    private const double MostCorrection = 9;
    private const double LoudShare = 0.1;
    private const byte Faint = 70;

    // The levels of one sound in two channels rise and fall together (0.98 and more in stereo recordings of speech and
    // music), those of two people who talk do not (0.3 and less).
    private const double MostLikeness = 0.5;

    // Who is at most so many decibels below their loud moments is heard; for a second, and a twentieth of all that is heard.
    private const double Heard = 20;
    private const int LeastFrames = 20;
    private const double LeastShare = 0.05;

    // What does not vary by so many decibels (standard deviation) is noise; speech has twice that and more.
    private const double LeastVariation = 3;

    private double[]? _usual;

    /// <summary>The length of a frame.</summary>
    public static TimeSpan Frame { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How much louder, in decibels, one channel is than another in a time, each beside how loud it usually is.</summary>
    public double Difference(int one, int other, TimeSpan start, TimeSpan end)
    {
        _usual ??= Usual();
        return Level(one, start, end) - _usual[one] - (Level(other, start, end) - _usual[other]);
    }

    /// <summary>How far below its loud moments a channel is in a time, in decibels.</summary>
    public double BelowUsual(int channel, TimeSpan start, TimeSpan end)
    {
        _usual ??= Usual();
        return _usual[channel] - Level(channel, start, end);
    }

    /// <summary>Whether the channels are two, and cancel each other out.</summary>
    public bool AreOpposite { get; init; }

    /// <summary>What two channels are to each other.</summary>
    public ChannelContrast Contrast => AreOpposite ? ChannelContrast.OppositePoles
        : !AreSame && HoldDifferentSpeech ? ChannelContrast.DifferentSpeech
        : ChannelContrast.None;

    // Both are heard at the same time, and not with the same sound.
    private bool HoldDifferentSpeech
    {
        get
        {
            _usual ??= Usual();
            bool IsHeard(int channel, int frame) => Below[channel][frame] < Faint && _usual[channel] + Below[channel][frame] < Heard;
            int[] heard = [.. Enumerable.Range(0, Math.Min(Below[0].Length, Below[1].Length)).Where(frame => IsHeard(0, frame) || IsHeard(1, frame))];
            int both = heard.Count(frame => IsHeard(0, frame) && IsHeard(1, frame));
            return both >= Math.Max(LeastFrames, LeastShare * heard.Length) && Likeness(heard) < MostLikeness;
        }
    }

    // The correlation of the two channels' levels over some frames, in decibels.
    private double Likeness(int[] frames)
    {
        double one = frames.Average(frame => Below[0][frame]), other = frames.Average(frame => Below[1][frame]);
        double product = 0, squareOne = 0, squareOther = 0;
        foreach (int frame in frames)
        {
            (double a, double b) = (Below[0][frame] - one, Below[1][frame] - other);
            product += a * b;
            squareOne += a * a;
            squareOther += b * b;
        }

        // Noise is like no speech, and yet nobody.
        double least = LeastVariation * LeastVariation * frames.Length;
        return squareOne >= least && squareOther >= least ? product / Math.Sqrt(squareOne * squareOther) : 1;
    }

    // The mean power over the frames that a time touches, in decibels of full scale.
    private double Level(int channel, TimeSpan start, TimeSpan end)
    {
        byte[] frames = Below[channel];
        int from = (int)Math.Clamp(start / Frame, 0, Math.Max(0, frames.Length - 1));
        int to = (int)Math.Clamp(Math.Ceiling(end / Frame), from + 1, Math.Max(from + 1, frames.Length));
        double power = 0;
        for (int i = from; i < to && i < frames.Length; i++)
        {
            power += Math.Pow(10, -frames[i] / 10.0);
        }

        return 10 * Math.Log10(Math.Max(power / (to - from), Math.Pow(10, -Silence / 10.0)));
    }

    // The level that the loudest tenth of a channel's sound reaches.
    private double[] Usual()
    {
        double?[] loud = [.. Below.Select(frames =>
        {
            byte[] heard = [.. frames.Where(level => level < Faint).Order()];
            return heard.Length > 0 ? -(double)heard[(int)(heard.Length * LoudShare)] : (double?)null;
        })];
        double loudest = loud.Max() ?? 0;
        return [.. loud.Select(level => Math.Max(level ?? loudest, loudest - MostCorrection))];
    }
}
