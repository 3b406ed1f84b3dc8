using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>Features to turns, on the clock of the samples.</summary>
internal sealed class DiarizeStage : IStage<DiarizeInput, IReadOnlyList<SpeakerTurn>>, ICacheCodec<IReadOnlyList<SpeakerTurn>>
{
    /// <inheritdoc/>
    public StageId Id => StageId.Diarize;

    /// <inheritdoc/>
    public ICacheCodec<IReadOnlyList<SpeakerTurn>> Codec => this;

    /// <inheritdoc/>
    public string Identify(DiarizeInput input) => input.Speech.Pcm.Identity;

    /// <inheritdoc/>
    public void Describe(DiarizeInput input, KeyBuilder key) => key
        .AddFeatures(input.Speech.Models, input.Speech.Settings)
        .AddDiarization(input.Options);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SpeakerTurn>> RunAsync(DiarizeInput input, CacheWork work, CancellationToken cancel)
    {
        RecordingFeatures features = await input.FindFeaturesAsync(cancel).ConfigureAwait(false);
        return await Task.Run(() => new Diarizer(input.Speech.Settings, input.Speech.Workers).Diarize(features, input.Options, cancel), cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<SpeakerTurn> value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteStartArray();
        foreach (SpeakerTurn turn in value)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start", turn.Start.Ticks);
            writer.WriteNumber("end", turn.End.Ticks);
            writer.WriteString("speaker", turn.Speaker);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <inheritdoc/>
    public IReadOnlyList<SpeakerTurn> Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => root.EnumerateArray().Select(turn => new SpeakerTurn(
        TimeSpan.FromTicks(turn.GetProperty("start").GetInt64()),
        TimeSpan.FromTicks(turn.GetProperty("end").GetInt64()),
        turn.GetProperty("speaker").GetString()!)).ToList());
}

/// <summary>Whose turns are found.</summary>
/// <param name="Speech">The recording, and how its features are made.</param>
/// <param name="Options">What is asked for.</param>
/// <param name="FindFeaturesAsync">Finds the features or has them worked out: only where the turns are not known yet.</param>
internal sealed record DiarizeInput(SpeakerInput Speech, DiarizationOptions Options, Func<CancellationToken, Task<RecordingFeatures>> FindFeaturesAsync);
