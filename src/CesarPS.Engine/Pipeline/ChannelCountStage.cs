using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Pipeline;

/// <summary>A recording to the number of channels of the chosen track. What is kept spares asking ffprobe again.</summary>
internal sealed class ChannelCountStage(ToolLocator tools) : IStage<TranscodeInput, int>, ICacheCodec<int>
{
    /// <inheritdoc/>
    public StageId Id => StageId.Channels;

    /// <inheritdoc/>
    public ICacheCodec<int> Codec => this;

    /// <inheritdoc/>
    public string Identify(TranscodeInput input) => input.Recording.Content;

    /// <inheritdoc/>
    public void Describe(TranscodeInput input, KeyBuilder key) => key.Add("track", input.Selection.Track?.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public async Task<int> RunAsync(TranscodeInput input, CacheWork work, CancellationToken cancel)
    {
        int count = await CountAsync(input, cancel).ConfigureAwait(false);
        await work.KeepOnlyIfHeldAsync(input, cancel).ConfigureAwait(false);
        return count;
    }

    /// <summary>Counts the channels.</summary>
    public async Task<int> CountAsync(TranscodeInput input, CancellationToken cancel)
    {
        using OpenRecording recording = await input.Recording.OpenAsync(cancel).ConfigureAwait(false);
        MediaInfo media = WaveHeader.Read(recording.File)?.Describe() ?? await new MediaProbe(tools).ProbeAsync(recording.File, cancel).ConfigureAwait(false);
        return input.Selection.ChooseTrack(media, input.Run.Name).Channels;
    }

    /// <inheritdoc/>
    public void Write(int value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteNumberValue(value);
    }

    /// <inheritdoc/>
    public int Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => root.GetInt32());
}
