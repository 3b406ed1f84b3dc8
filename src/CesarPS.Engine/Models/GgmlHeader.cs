namespace CesarPS.Engine.Models;

/// <summary>
/// The hyperparameters at the head of a Whisper model in the ggml format, in the order of the file
/// (<c>whisper_model_load</c> of whisper.cpp).
/// </summary>
internal sealed record GgmlHeader(
    int Vocabulary,
    int AudioContext,
    int AudioState,
    int AudioHeads,
    int AudioLayers,
    int TextContext,
    int TextState,
    int TextHeads,
    int TextLayers,
    int Mels,
    int FileType)
{
    /// <summary>The vocabulary of the English-only models; the multilingual ones have one or two tokens more.</summary>
    private const int EnglishVocabulary = 51864;

    private const int LargestVocabulary = 51866;

    /// <summary>Quantisation writes its version into the file type, multiplied by this (<c>GGML_QNT_VERSION_FACTOR</c>).</summary>
    private const int QuantisationVersionFactor = 1000;

    /// <summary>Whether the model knows languages other than English.</summary>
    public bool Multilingual => Vocabulary > EnglishVocabulary;

    /// <summary>How many languages the model knows besides being English-only; 0 for an English-only one.</summary>
    public int Languages => Multilingual ? Vocabulary - EnglishVocabulary + 98 : 0;

    /// <summary>How the large tensors are stored.</summary>
    public GgmlTensorType WeightType => GgmlTensorType.OfFile(FileType)!;

    /// <summary>The size of the network by its encoder layers, as whisper.cpp tells it.</summary>
    public string Size => AudioLayers switch
    {
        4 => "tiny",
        6 => "base",
        12 => "small",
        24 => "medium",
        32 => "large",
        _ => "unknown",
    };

    /// <summary>Reads the fields after the magic number and refuses what whisper.cpp could not run.</summary>
    /// <exception cref="CesarException">The file is too short, damaged, or a model of another kind.</exception>
    public static GgmlHeader Read(GgmlReader reader)
    {
        int[] fields = new int[11];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.ReadInt32("the header");
        }

        var header = new GgmlHeader(
            fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7], fields[8], fields[9],
            fields[10] % QuantisationVersionFactor);
        return header.Objection() is { } objection ? throw reader.Unsupported(objection) : header;
    }

    // Token numbers are fixed by the vocabulary's size: with another size whisper.cpp would read past its tables.
    private string? Objection() => this switch
    {
        { Vocabulary: < EnglishVocabulary or > LargestVocabulary } => $"it has a vocabulary of {Vocabulary} tokens, a Whisper model has {EnglishVocabulary} to {LargestVocabulary}",
        { AudioContext: < 1 or > 1 << 14 } => $"its audio context is {AudioContext}",
        { TextContext: < 8 or > 1 << 14 } => $"its text context is {TextContext}",
        { AudioState: < 1 or > 1 << 13 } => $"its width is {AudioState}",
        { TextState: var text } when text != AudioState => $"encoder and decoder differ in width ({AudioState} and {text})",
        { AudioLayers: < 1 or > 64 } => $"it has {AudioLayers} encoder layers",
        { TextLayers: < 1 or > 64 } => $"it has {TextLayers} decoder layers",
        { AudioHeads: var heads } when heads < 1 || AudioState % heads != 0 => $"it has {heads} encoder heads for a width of {AudioState}",
        { TextHeads: var heads } when heads < 1 || TextState % heads != 0 => $"it has {heads} decoder heads for a width of {TextState}",
        { Mels: < 1 or > 1024 } => $"it has {Mels} mel bands",
        _ => WeightObjection(),
    };

    private string? WeightObjection() => GgmlTensorType.OfFile(FileType) switch
    {
        null => $"its weights are stored in the unknown way {FileType}",
        { BlockSize: var block } type when AudioState % block != 0 => $"a width of {AudioState} cannot be stored as {type.Name}",
        _ => null,
    };
}
