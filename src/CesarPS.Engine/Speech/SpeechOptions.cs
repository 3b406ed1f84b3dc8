namespace CesarPS.Engine.Speech;

/// <summary>What a transcriber is asked for, with names resolved and defaults filled in.</summary>
internal sealed record SpeechOptions
{
    /// <summary>The spoken language; null to detect it.</summary>
    public Language? Language { get; init; }

    /// <summary>Whether to write English.</summary>
    public bool Translate { get; init; }

    /// <summary>Whether to work out word times.</summary>
    public bool Words { get; init; }

    /// <summary>Text that the model takes for what went before each window; empty for none.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>Where windows begin and end.</summary>
    public CutSettings Cut { get; init; } = new();

    /// <summary>How hard to try for the text of a window.</summary>
    public DecodingPolicy Decoding { get; init; } = new();

    /// <summary>Windows worked on at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Threads for each of them.</summary>
    public int Threads { get; init; } = 1;
}
