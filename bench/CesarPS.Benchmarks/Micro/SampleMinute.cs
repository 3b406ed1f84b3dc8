using CesarPS.Benchmarks.Measuring;
using CesarPS.Benchmarks.Memory;
using CesarPS.Engine.Audio;

namespace CesarPS.Benchmarks.Micro;

/// <summary>A minute of real speech: the sample recording, from its beginning again where it is shorter.</summary>
internal static class SampleMinute
{
    public const int Seconds = 60;

    /// <summary>Writes the minute as a wave file of 16 kHz mono.</summary>
    public static string Write(TemporaryFolder folder)
    {
        string once = Path.Combine(folder.Root, "once.wav"), minute = Path.Combine(folder.Root, "minute.wav");
        Ffmpeg.JoinAsync([Checkout.Find().Sample], once, CancellationToken.None).GetAwaiter().GetResult();
        RepeatedWave.WriteAsync(once, minute, TimeSpan.FromSeconds(Seconds), CancellationToken.None).GetAwaiter().GetResult();
        return minute;
    }

    /// <summary>The minute's samples.</summary>
    public static float[] Read()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(Write(folder));
        float[] samples = new float[Seconds * PcmFormat.SampleRate];
        Pcm16.ToFloat(bytes.AsSpan(^(samples.Length * Pcm16.BytesPerSample)..), samples);
        return samples;
    }
}
