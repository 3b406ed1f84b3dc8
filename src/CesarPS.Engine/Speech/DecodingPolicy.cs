namespace CesarPS.Engine.Speech;

/// <summary>How hard to try for the text of a window, and when to believe it.</summary>
internal sealed record DecodingPolicy
{
    /// <summary>Beam of the first pass.</summary>
    public int NarrowBeam { get; init; } = 1;

    /// <summary>Beam of the second pass, for windows whose first is in doubt.</summary>
    public int WideBeam { get; init; } = 5;

    /// <summary>Mean log probability below which the first pass is in doubt.</summary>
    public float DoubtThreshold { get; init; } = -0.35f;

    /// <summary>Mean log probability below which a text counts as failed.</summary>
    public float LogProbabilityThreshold { get; init; } = -1.0f;

    /// <summary>Entropy of the last tokens, in nats, below which a text counts as a loop.</summary>
    public float EntropyThreshold { get; init; } = 2.4f;

    /// <summary>Probability of no speech above which a text that failed is dropped.</summary>
    public float NoSpeechThreshold { get; init; } = 0.6f;

    /// <summary>Step from one temperature to the next when a text has failed; 0 for none.</summary>
    public float TemperatureStep { get; init; } = 0.2f;

    /// <summary>Texts drawn at each temperature, of which the best counts.</summary>
    public int Samples { get; init; } = 5;

    /// <summary>Encoder positions, of 20 ms, computed beyond the end of the sound.</summary>
    public int AudioContextMargin { get; init; } = 256;

    /// <summary>The fewest encoder positions: with fewer the model, trained on 30 s, loses its way.</summary>
    public int AudioContextMinimum { get; init; } = 1024;

    /// <summary>Encoder positions are a multiple of this.</summary>
    public int AudioContextStep { get; init; } = 64;

    /// <summary>Speech that no segment covers is transcribed again when it is longer than this.</summary>
    public TimeSpan Uncovered { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often speech that stays uncovered is tried again.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Text, in bytes of UTF-8 for each second of speech, below which a segment is taken to leave something out. People say about 15.</summary>
    public double SparseText { get; init; } = 5;

    /// <summary>The least speech in a segment for which that is asked.</summary>
    public TimeSpan SparseSpeech { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Speech before the first word of a window that is transcribed on its own when it is at least this long.</summary>
    public TimeSpan SkippedStart { get; init; } = TimeSpan.FromSeconds(0.7);

    /// <summary>The encoder positions for a window.</summary>
    public int AudioContext(int samples, int full)
    {
        int needed = ((samples + 319) / 320) + AudioContextMargin;
        int rounded = (Math.Max(needed, AudioContextMinimum) + AudioContextStep - 1) / AudioContextStep * AudioContextStep;
        return Math.Min(rounded, full);
    }
}
