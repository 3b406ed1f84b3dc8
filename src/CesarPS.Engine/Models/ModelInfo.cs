namespace CesarPS;

/// <summary>What a model is for.</summary>
public enum ModelKind
{
    /// <summary>A Whisper model in a ggml file: it writes what is said.</summary>
    Speech,

    /// <summary>A voice activity model in an ONNX file: it says where somebody speaks.</summary>
    VoiceActivity,

    /// <summary>A segmentation model in an ONNX file: it tells who of a few people talks when, within some seconds.</summary>
    Segmentation,

    /// <summary>A speaker embedding model in an ONNX file: it says what a voice is like.</summary>
    SpeakerEmbedding,
}

/// <summary>Where the file of a catalogue model is, judged by its size alone: nothing is hashed.</summary>
public enum ModelPresence
{
    /// <summary>Neither bundled nor downloaded.</summary>
    Absent,

    /// <summary>It came with the program.</summary>
    Bundled,

    /// <summary>It is in the user's model folder.</summary>
    Downloaded,

    /// <summary>A file is there but has the wrong size.</summary>
    Damaged,
}

/// <summary>A model of the catalogue and where its file is.</summary>
public sealed record ModelInfo
{
    /// <summary>The name that users type, such as <c>small</c> or <c>medium.en-q5_0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is for.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>The exact size of the file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whether a speech model knows all languages of Whisper, or English only.</summary>
    public required bool Multilingual { get; init; }

    /// <summary>How the weights are stored: <c>f32</c>, <c>f16</c>, or a ggml quantisation such as <c>q5_1</c>.</summary>
    public required string Quantisation { get; init; }

    /// <summary>The number of weights, rounded as published; 0 where that is not known.</summary>
    public required long Parameters { get; init; }

    /// <summary>Whether its file is there.</summary>
    public required ModelPresence Presence { get; init; }

    /// <summary>Whether it comes with the program. Such a model is never downloaded and never removed.</summary>
    public required bool Bundled { get; init; }

    /// <summary>The full path at which its file is, or would be.</summary>
    public required string Path { get; init; }

    /// <summary>The published SHA-256 of the file in lower-case hexadecimal; null where none was published.</summary>
    public string? Sha256 { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
