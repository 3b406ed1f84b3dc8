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
