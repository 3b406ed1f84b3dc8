using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Pipeline;

/// <summary>Samples to segments, on the clock of the samples.</summary>
/// <param name="cache">Where windows are kept.</param>
internal sealed class TranscribeStage(StageCache cache) : IStage<TranscribeInput, SpeechResult>, ICacheCodec<SpeechResult>
{
    /// <inheritdoc/>
    public StageId Id => StageId.Transcribe;

    /// <inheritdoc/>
    public ICacheCodec<SpeechResult> Codec => this;

    /// <inheritdoc/>
    public string Identify(TranscribeInput input) => input.Pcm.Identity;

    /// <inheritdoc/>
    public void Describe(TranscribeInput input, KeyBuilder key) => key
        .Add("language", input.Options.Language?.Code)
        .AddDecoding(input.Models, input.Options)
        .AddCut(input.Models, input.Options.Cut);

    /// <inheritdoc/>
    public async Task<SpeechResult> RunAsync(TranscribeInput input, CacheWork work, CancellationToken cancel)
    {
        await using IPcmReader pcm = await input.OpenAsync(cancel).ConfigureAwait(false);
        ITranscriber transcriber = await input.LoadAsync(cancel).ConfigureAwait(false);
        CachedWindows windows = new(cache, input.Models, input.Options, input.Run);
        return await transcriber.TranscribeAsync(pcm, input.Options, windows, input.Clock, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Write(SpeechResult value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteStartObject();
        writer.WriteNumber("duration", value.Duration.Ticks);
        writer.WriteString("language", value.Language);
        if (value.LanguageProbability is { } probability)
        {
            writer.WriteNumber("languageProbability", probability);
        }

        writer.WritePropertyName("segments");
        SegmentJson.Write(writer, value.Segments, TimeSpan.Zero);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public SpeechResult Read(ReadOnlyMemory<byte> json) => CacheJson.Scan(json, ReadResult);

    private static SpeechResult ReadResult(ref Utf8JsonReader json)
    {
        IReadOnlyList<Segment>? segments = null;
        TimeSpan? duration = null;
        string? language = null;
        double? probability = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            switch (name)
            {
                case "duration": duration = TimeSpan.FromTicks(json.GetInt64()); break;
                case "language": language = json.GetString(); break;
                case "languageProbability": probability = json.GetDouble(); break;
                case "segments": segments = SegmentJson.Read(ref json, TimeSpan.Zero); break;
                default: json.Skip(); break;
            }
        }

        return segments is null || language is null
            ? throw new FormatException("A transcript without segments or a language.")
            : new SpeechResult(segments, duration!.Value, language, probability);
    }
}

/// <summary>What is transcribed.</summary>
/// <param name="Run">The recording.</param>
/// <param name="Pcm">Its samples.</param>
/// <param name="Models">The models.</param>
/// <param name="Options">What is asked for.</param>
/// <param name="Clock">Told of segments as they become final.</param>
/// <param name="OpenAsync">Opens the samples.</param>
/// <param name="LoadAsync">Loads the model.</param>
internal sealed record TranscribeInput(
    RecordingRun Run, PcmRecording Pcm, SpeechModels Models, SpeechOptions Options, IProgress<SpeechProgress> Clock,
    Func<CancellationToken, Task<IPcmReader>> OpenAsync, Func<CancellationToken, Task<ITranscriber>> LoadAsync);
