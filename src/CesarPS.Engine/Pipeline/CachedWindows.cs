using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Files;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Pipeline;

/// <summary>Windows in the stage cache: each is kept as it is finished, so that a run that is cut off goes on where it was.</summary>
/// <remarks>
/// No lock is taken for a window: the lock of the whole transcript is held by whoever works on it. A power cut may take
/// the last few; they are found out by their seal.
/// </remarks>
internal sealed class CachedWindows(StageCache cache, SpeechModels models, SpeechOptions options, RecordingRun run) : IWindowMemory
{
    private readonly bool _mayRead = run.Mode != CacheMode.Bypass;

    /// <inheritdoc/>
    public IReadOnlyList<Segment>? Find(SpeechWindow window, string language) => cache.Find(Request(window, language)).Result?.Value;

    /// <inheritdoc/>
    public void Keep(SpeechWindow window, string language, IReadOnlyList<Segment> segments, TimeSpan elapsed) =>
        cache.TryAdd(Request(window, language), segments, elapsed);

    /// <inheritdoc/>
    public RememberedLanguage? FindLanguage(IReadOnlyList<SpeechWindow> first) => cache.Find(Request(first)).Result?.Value;

    /// <inheritdoc/>
    public void KeepLanguage(IReadOnlyList<SpeechWindow> first, RememberedLanguage language, TimeSpan elapsed) =>
        cache.TryAdd(Request(first), language, elapsed);

    private CacheRequest<IReadOnlyList<Segment>> Request(SpeechWindow window, string language)
    {
        CacheKey key = new KeyBuilder(StageId.Window.Name, StageId.Window.Version, Identify([window]))
            .Add("language", language)
            .AddDecoding(models, options)
            .Build();
        return new CacheRequest<IReadOnlyList<Segment>>(key, new SegmentsCodec(PcmFormat.Duration(window.Range.Start))) { Origin = run.Origin, MayRead = _mayRead, IsDurable = false };
    }

    private CacheRequest<RememberedLanguage> Request(IReadOnlyList<SpeechWindow> first)
    {
        CacheKey key = new KeyBuilder(StageId.Language.Name, StageId.Language.Version, Identify(first))
            .AddDecoding(models, options)
            .Build();
        return new CacheRequest<RememberedLanguage>(key, new LanguageCodec()) { Origin = run.Origin, MayRead = _mayRead, IsDurable = false };
    }

    // The samples, and where speech is in them: both decide what is written.
    private static string Identify(IReadOnlyList<SpeechWindow> windows)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SpeechWindow window in windows)
        {
            Append(window.Samples.Length);
            hash.AppendData(MemoryMarshal.AsBytes(window.Samples.Span));
            Append(window.Speech.Count);
            foreach (SampleRange speech in window.Speech)
            {
                Append(speech.Start - window.Range.Start);
                Append(speech.End - window.Range.Start);
            }
        }

        return "pcm_window:" + hash.Finish();

        void Append(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }

    private sealed class SegmentsCodec(TimeSpan origin) : ICacheCodec<IReadOnlyList<Segment>>
    {
        public void Write(IReadOnlyList<Segment> value, IBufferWriter<byte> json)
        {
            using Utf8JsonWriter writer = new(json);
            SegmentJson.Write(writer, value, origin);
        }

        public IReadOnlyList<Segment> Read(ReadOnlyMemory<byte> json) => CacheJson.Scan(json, (ref Utf8JsonReader reader) => SegmentJson.Read(ref reader, origin));
    }

    private sealed class LanguageCodec : ICacheCodec<RememberedLanguage>
    {
        public void Write(RememberedLanguage value, IBufferWriter<byte> json)
        {
            using Utf8JsonWriter writer = new(json);
            writer.WriteStartObject();
            writer.WriteString("language", value.Language);
            writer.WriteNumber("probability", value.Probability);
            writer.WriteEndObject();
        }

        public RememberedLanguage Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root =>
            new RememberedLanguage(root.GetProperty("language").GetString()!, root.GetProperty("probability").GetDouble()));
    }
}
