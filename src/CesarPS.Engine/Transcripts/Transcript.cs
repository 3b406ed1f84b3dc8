using CesarPS.Engine;

namespace CesarPS;

/// <summary>What was said in a recording, when, and how we know.</summary>
public sealed record Transcript
{
    /// <summary>The recording as the user named it: a path for a local file, a link without secrets for what is on the web.</summary>
    public required string Source { get; init; }

    /// <summary>Where the recording came from, and what is said of it there; null for a file.</summary>
    public RecordingOrigin? Origin { get; init; }

    /// <summary>The length of the audio that was read, after any start and end limits.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The spoken language as an ISO 639 code of Whisper's set, such as <c>en</c>; empty where nothing was said.</summary>
    public required string Language { get; init; }

    /// <summary>The confidence of language detection, 0 to 1; null when the language was given.</summary>
    public double? LanguageProbability { get; init; }

    /// <summary>Whether the text is in the spoken language or translated to English.</summary>
    public TranscriptionTask Task { get; init; }

    /// <summary>The model that wrote the text.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>The segments in order of time.</summary>
    public required IReadOnlyList<Segment> Segments { get; init => field = ItemList<Segment>.Of(value); }

    /// <summary>Who speaks when, in order of time; empty unless speakers were asked for.</summary>
    public IReadOnlyList<SpeakerTurn> Turns { get; init => field = ItemList<SpeakerTurn>.Of(value); } = ItemList<SpeakerTurn>.Of([]);

    /// <summary>The speakers in order of appearance; empty unless speakers were asked for.</summary>
    public IReadOnlyList<Speaker> Speakers => ItemList<Speaker>.Of(Speaker.Of(Turns));

    /// <summary>What each stage of the pipeline did.</summary>
    public IReadOnlyList<StageReport> Stages { get; init => field = ItemList<StageReport>.Of(value); } = ItemList<StageReport>.Of([]);

    /// <summary>Wall-clock time from the request to this transcript.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Working time that results in the cache spared.</summary>
    public TimeSpan TimeSaved => TimeSpan.FromTicks(Stages.Sum(stage => stage.Saved.Ticks));

    /// <summary>The text of all segments, joined by spaces.</summary>
    public string Text => string.Join(' ', Segments.Select(segment => segment.Text));

    /// <summary>The words of all segments; empty unless word timestamps were asked for.</summary>
    public IReadOnlyList<Word> Words => ItemList<Word>.Of(Segments.SelectMany(segment => segment.Words));

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>What is asked of the model.</summary>
public enum TranscriptionTask
{
    /// <summary>Text in the spoken language.</summary>
    Transcribe,

    /// <summary>Text in English, whatever the spoken language.</summary>
    Translate,
}

/// <summary>Which model wrote a transcript.</summary>
/// <param name="Name">The catalogue's name, such as <c>base</c>, or the file name of a model from elsewhere.</param>
/// <param name="Digest">The SHA-256 of the model file, in lower-case hexadecimal.</param>
public sealed record ModelIdentity(string Name, string Digest)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
