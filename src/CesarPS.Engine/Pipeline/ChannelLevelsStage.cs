using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>The samples of all channels to how loud each is over time, and whether they are all the same.</summary>
internal sealed class ChannelLevelsStage : IStage<ChannelLevelsInput, ChannelLevels>, ICacheCodec<ChannelLevels>
{
    private const int FramesInBlock = 20;

    // What two channels of one mono recording differ by after coding: a thousandth of their power.
    private const double SamePower = 1e-3;

    private static readonly int s_frameSamples = (int)PcmFormat.Samples(ChannelLevels.Frame);

    /// <inheritdoc/>
    public StageId Id => StageId.Levels;

    /// <inheritdoc/>
    public ICacheCodec<ChannelLevels> Codec => this;

    /// <inheritdoc/>
    public string Identify(ChannelLevelsInput input) => input.Channels[0].Identity;

    /// <inheritdoc/>
    public void Describe(ChannelLevelsInput input, KeyBuilder key)
    {
        for (int i = 1; i < input.Channels.Count; i++)
        {
            key.Add(string.Create(CultureInfo.InvariantCulture, $"channel-{i + 1}"), input.Channels[i].Identity);
        }
    }

    /// <inheritdoc/>
    public async Task<ChannelLevels> RunAsync(ChannelLevelsInput input, CacheWork work, CancellationToken cancel)
    {
        List<IPcmReader> readers = [];
        try
        {
            foreach (PcmRecording channel in input.Channels)
            {
                readers.Add(await input.OpenAsync(channel, cancel).ConfigureAwait(false));
            }

            return await MeasureAsync(readers, cancel).ConfigureAwait(false);
        }
        finally
        {
            foreach (IPcmReader reader in readers)
            {
                await reader.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Write(ChannelLevels value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteStartObject();
        writer.WriteBoolean("same", value.AreSame);
        writer.WriteStartArray("below");
        foreach (byte[] channel in value.Below)
        {
            writer.WriteBase64StringValue(channel);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public ChannelLevels Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => new ChannelLevels(
        [.. root.GetProperty("below").EnumerateArray().Select(channel => channel.GetBytesFromBase64())],
        root.GetProperty("same").GetBoolean()));

    /// <summary>Measures the channels, which are equally long.</summary>
    public static async Task<ChannelLevels> MeasureAsync(IReadOnlyList<IPcmReader> readers, CancellationToken cancel)
    {
        float[][] blocks = [.. readers.Select(_ => new float[FramesInBlock * s_frameSamples])];
        List<byte>[] below = [.. readers.Select(_ => new List<byte>())];
        double[] power = new double[readers.Count];
        double[] difference = new double[readers.Count];
        double[] sum = new double[readers.Count];
        int read = blocks[0].Length;
        while (read == blocks[0].Length)
        {
            read = 0;
            for (int c = 0; c < readers.Count; c++)
            {
                // All channels of a track are equally long.
                int filled = await readers[c].FillAsync(blocks[c], cancel).ConfigureAwait(false);
                blocks[c].AsSpan(filled).Clear();
                read = Math.Max(read, filled);
            }

            for (int c = 0; c < readers.Count; c++)
            {
                for (int from = 0; from < read; from += s_frameSamples)
                {
                    below[c].Add(Below(blocks[c].AsSpan(from, s_frameSamples)));
                }

                for (int i = 0; i < read; i++)
                {
                    (float first, float own) = (blocks[0][i], blocks[c][i]);
                    power[c] += own * own;
                    difference[c] += (first - own) * (first - own);
                    sum[c] += (first + own) * (first + own);
                }
            }
        }

        // A channel with its poles changed is the same sound, too.
        bool same = Enumerable.Range(1, readers.Count - 1).All(c => Math.Min(difference[c], sum[c]) <= SamePower * (power[0] + power[c]));
        bool opposite = readers.Count == 2 && power[0] > 0 && sum[1] <= SamePower * (power[0] + power[1]);
        return new ChannelLevels([.. below.Select(levels => levels.ToArray())], same) { AreOpposite = opposite };
    }

    private static byte Below(ReadOnlySpan<float> frame)
    {
        double power = 0;
        foreach (float sample in frame)
        {
            power += sample * sample;
        }

        return (byte)Math.Clamp(Math.Round(-10 * Math.Log10(Math.Max(power / frame.Length, double.Epsilon))), 0, ChannelLevels.Silence);
    }
}

/// <summary>What is measured.</summary>
/// <param name="Channels">The samples of each channel.</param>
/// <param name="OpenAsync">Opens them.</param>
internal sealed record ChannelLevelsInput(IReadOnlyList<PcmRecording> Channels, Func<PcmRecording, CancellationToken, Task<IPcmReader>> OpenAsync);
