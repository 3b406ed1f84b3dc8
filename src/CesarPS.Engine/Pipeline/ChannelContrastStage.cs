using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// A recording of two channels to what they are to each other, and so to whether a mix of them has all that is said. The
/// first two minutes are looked at.
/// </summary>
internal sealed class ChannelContrastStage(ToolLocator tools) : IStage<TranscodeInput, ChannelContrast>, ICacheCodec<ChannelContrast>
{
    /// <summary>
    /// How many channels a recording has that is looked at: more are mostly those of a film, where music is beside the speech.
    /// </summary>
    public const int Channels = 2;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public StageId Id => StageId.Contrast;

    /// <inheritdoc/>
    public ICacheCodec<ChannelContrast> Codec => this;

    /// <inheritdoc/>
    public string Identify(TranscodeInput input) => input.Recording.Content;

    /// <inheritdoc/>
    public void Describe(TranscodeInput input, KeyBuilder key) => key.AddSelection(Beginning(input.Selection));

    /// <inheritdoc/>
    public async Task<ChannelContrast> RunAsync(TranscodeInput input, CacheWork work, CancellationToken cancel)
    {
        using OpenRecording recording = await input.Recording.OpenAsync(cancel).ConfigureAwait(false);
        AudioDecoder decoder = new(tools);
        await using IPcmReader left = await decoder.OpenAsync(recording.File, Beginning(input.Selection) with { Channel = 1 }, cancel).ConfigureAwait(false);
        await using IPcmReader right = await decoder.OpenAsync(recording.File, Beginning(input.Selection) with { Channel = 2 }, cancel).ConfigureAwait(false);
        ChannelLevels levels = await ChannelLevelsStage.MeasureAsync([left, right], cancel).ConfigureAwait(false);
        await work.KeepOnlyIfHeldAsync(input, cancel).ConfigureAwait(false);
        return levels.Contrast;
    }

    /// <inheritdoc/>
    public void Write(ChannelContrast value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteStringValue(value.ToString());
    }

    /// <inheritdoc/>
    public ChannelContrast Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root =>
        Enum.TryParse(root.GetString(), out ChannelContrast contrast) ? contrast : throw new FormatException("No contrast of channels."));

    private static AudioSelection Beginning(AudioSelection selection) =>
        selection with { MaxDuration = selection.Limit() is { } limit && limit < s_longest ? limit : s_longest };
}
