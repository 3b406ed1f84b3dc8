using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Pipeline;

/// <summary>What is asked of the engine: what a transcript says, and how it is worked out. The defaults are those of every front end.</summary>
public sealed record TranscriptionOptions
{
    /// <summary>A name of the model catalogue, or the path of a ggml file.</summary>
    public string Model { get; init; } = "base";

    /// <summary>The spoken language as a code or an English name; null to detect it.</summary>
    public string? Language { get; init; }

    /// <summary>Whether to write the spoken language or translate it to English.</summary>
    public TranscriptionTask Task { get; init; }

    /// <summary>Whether to work out word timestamps.</summary>
    public bool Words { get; init; }

    /// <summary>Whether to find out who says what.</summary>
    public bool Diarize { get; init; }

    /// <summary>How many speakers there are; null to find out.</summary>
    public int? Speakers { get; init; }

    /// <summary>The fewest speakers that there may be; null for one.</summary>
    public int? MinSpeakers { get; init; }

    /// <summary>The most speakers that there may be; null for as many as are found.</summary>
    public int? MaxSpeakers { get; init; }

    /// <summary>Whether each channel of the track is one speaker: transcribed apart and merged by time.</summary>
    public bool SpeakerPerChannel { get; init; }

    /// <summary>What speakers are called in the transcript.</summary>
    public SpeakerNames SpeakerNames { get; init; } = SpeakerNames.None;

    /// <summary>Where in the recording to begin.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>Where in the recording to stop; null for its end.</summary>
    public TimeSpan? End { get; init; }

    /// <summary>The most audio to read from <see cref="Start"/> on; null for no limit.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>The audio track, counted from 1; null for the container's default.</summary>
    public int? AudioTrack { get; init; }

    /// <summary>Text that the model takes for what was said before each window: it steers style and spelling.</summary>
    public string? InitialPrompt { get; init; }

    /// <summary>Names and terms that may occur, given to the model as a hint.</summary>
    public IReadOnlyList<string> Vocabulary { get; init; } = [];

    /// <summary>Widest beam, used where the narrow first pass is in doubt, 1 to 8; 1 is greedy throughout.</summary>
    public int BeamSize { get; init; } = 5;

    /// <summary>Step from one sampling temperature to the next when decoding fails its checks; 0 turns fallback off.</summary>
    public float TemperatureStep { get; init; } = 0.2f;

    /// <summary>Token entropy (nats, over the last 32 tokens) below which text counts as repetition.</summary>
    public float EntropyThreshold { get; init; } = 2.4f;

    /// <summary>Mean log probability below which decoding counts as failed.</summary>
    public float LogProbabilityThreshold { get; init; } = -1.0f;

    /// <summary>Probability of no speech above which a doubtful window is taken as silent.</summary>
    public float NoSpeechThreshold { get; init; } = 0.6f;

    /// <summary>Voice activity probability at which speech begins, 0 to 1.</summary>
    public float SpeechThreshold { get; init; } = 0.5f;

    /// <summary>From one window in which speakers are told apart to the next, 0.1 s to 5 s: the longer, the quicker and the less exact.</summary>
    public TimeSpan SpeakerWindowShift { get; init; } = TimeSpan.FromSeconds(1.01);

    /// <summary>Threads for each worker; null for one.</summary>
    public int? Threads { get; init; }

    /// <summary>Windows worked on at the same time; null to share the processors among workers.</summary>
    public int? Workers { get; init; }

    /// <summary>What the cache is asked for.</summary>
    public CacheMode Cache { get; init; }

    /// <summary>How long what was fetched is served before its source is asked whether it is still the same; 0 asks always.</summary>
    public TimeSpan MaxCacheAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether what was fetched is served, and the transcript marked as stale, when its source does not answer.</summary>
    public bool AllowStale { get; init; }

    /// <summary>The most bytes that are fetched for one recording.</summary>
    public long MaxDownload { get; init; } = 10_000_000_000;

    /// <summary>A file of cookies in Netscape's form for sites that ask who reads them; null for none.</summary>
    public string? Cookies { get; init; }

    /// <summary>Whether the converted audio stays in the cache after its transcript.</summary>
    public bool KeepAudio { get; init; }

    /// <summary>Whether speakers are told, by whichever way; words are needed for that, whether they are shown or not.</summary>
    internal bool TellsSpeakers => Diarize || SpeakerPerChannel;
}
