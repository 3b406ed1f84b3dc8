namespace CesarPS.Engine.Audio;

/// <summary>The one audio format that every stage behind the transcoder speaks.</summary>
public static class PcmFormat
{
    /// <summary>Samples per second, in Hz.</summary>
    public const int SampleRate = 16_000;

    /// <summary>The time that a number of samples takes.</summary>
    public static TimeSpan Duration(long samples) => TimeSpan.FromTicks(samples * (TimeSpan.TicksPerSecond / SampleRate));

    /// <summary>The number of whole samples in a time.</summary>
    public static long Samples(TimeSpan duration) => duration.Ticks / (TimeSpan.TicksPerSecond / SampleRate);
}
