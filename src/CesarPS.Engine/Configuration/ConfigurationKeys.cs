using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Configuration;

/// <summary>Every setting there is. Front ends make their options and their help from this list.</summary>
public static class ConfigurationKeys
{
    private const string What = "What to write";
    private const string Who = "Who speaks";
    private const string Part = "Which part of a recording";
    private const string Output = "Output";
    private const string Decoding = "Fine tuning";
    private const string Web = "What is on the web";
    private const string Cache = "Cache";
    private const string Places = "Places";

    /// <summary>All settings, in the order of help.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("model", ConfigurationKind.Text, What, "NAME|FILE", "The model: a name of 'cesar models list' (downloaded on first use), or a ggml file.", "base"),
        new("language", ConfigurationKind.Text, What, "LANG", "The spoken language as a code or English name (de, German); detected where it is not given."),
        new("task", ConfigurationKind.Text, What, "TASK", "transcribe: text in the spoken language. translate: text in English.", "transcribe"),
        new("words", ConfigurationKind.Flag, What, "", "Work out the time of every word.", "false"),
        new("prompt", ConfigurationKind.Text, What, "TEXT", "Text that the model takes for what was said before: it steers style and spelling."),
        new("vocabulary", ConfigurationKind.List, What, "TERMS", "Names and terms that may occur, separated by commas; @FILE has one a line. May be repeated."),

        new("diarize", ConfigurationKind.Flag, Who, "", "Find out who says what: Speaker 1 is the first to be heard.", "false"),
        new("speakers", ConfigurationKind.WholeNumber, Who, "N", "How many speakers there are, where you know it. This and the next two turn on diarization.") { OncePerRun = true },
        new("min-speakers", ConfigurationKind.WholeNumber, Who, "N", "The fewest speakers that there may be.") { OncePerRun = true },
        new("max-speakers", ConfigurationKind.WholeNumber, Who, "N", "The most speakers that there may be.") { OncePerRun = true },
        new("speaker-per-channel", ConfigurationKind.Flag, Who, "", "Each channel of the recording is one speaker, as with two microphones: Speaker 1 is the first (left) channel. Not with --diarize or a number of speakers.", "false"),
        new("speaker-name", ConfigurationKind.Texts, Who, "N=NAME", "What to call a speaker: 1=Anna or \"Speaker 1=Anna\". May be repeated.") { OncePerRun = true },

        new("start", ConfigurationKind.Time, Part, "TIME", "Begin here: 90, 90s, 2m, 1:30 or 00:01:30.5.") { OncePerRun = true },
        new("end", ConfigurationKind.Time, Part, "TIME", "Stop here.") { OncePerRun = true },
        new("max-duration", ConfigurationKind.Time, Part, "TIME", "Read no more than this from the start on.") { OncePerRun = true },
        new("audio-track", ConfigurationKind.WholeNumber, Part, "N", "The audio track, counted from 1; the recording's default track where it is not given.") { OncePerRun = true },

        new("format", ConfigurationKind.List, Output, "F[,F]", "Formats: txt, srt, vtt, json, md, csv, tsv, rttm; rttm needs --diarize or --speaker-per-channel.", "txt"),
        new("output-dir", ConfigurationKind.Path, Output, "DIR", "Write files into this folder; without it the first format goes to standard output."),
        new("no-clobber", ConfigurationKind.Flag, Output, "", "Keep files that are there already; writing over one is then an error.", "false"),
        new("max-line-length", ConfigurationKind.WholeNumber, Output, "N", "The longest line of a subtitle, in columns.", "42"),
        new("max-lines", ConfigurationKind.WholeNumber, Output, "N", "The most lines that a subtitle shows at a time.", "2"),
        new("word-cues", ConfigurationKind.Flag, Output, "", "Subtitles show one word at a time.", "false"),

        new("beam-size", ConfigurationKind.WholeNumber, Decoding, "N", "The widest beam, used where the first pass is in doubt, 1 to 8; 1 is greedy.", "5"),
        new("temperature-step", ConfigurationKind.Number, Decoding, "X", "The step from one sampling temperature to the next where decoding fails its checks; 0 for no fallback.", "0.2"),
        new("entropy-threshold", ConfigurationKind.Number, Decoding, "X", "Token entropy below which text counts as repetition.", "2.4"),
        new("log-probability-threshold", ConfigurationKind.Number, Decoding, "X", "Mean log probability below which decoding counts as failed.", "-1"),
        new("no-speech-threshold", ConfigurationKind.Number, Decoding, "X", "Probability of no speech above which a doubtful window is taken as silent.", "0.6"),
        new("speech-threshold", ConfigurationKind.Number, Decoding, "X", "Voice activity probability at which speech begins.", "0.5"),
        new("speaker-window-shift", ConfigurationKind.Time, Decoding, "TIME", "From one window in which speakers are told apart to the next, 0.1 s to 5 s: the longer, the quicker and the less exact.", "1.01"),
        new("threads", ConfigurationKind.WholeNumber, Decoding, "N", "Threads for each worker; 1 where it is not given."),
        new("workers", ConfigurationKind.WholeNumber, Decoding, "N", "Windows worked on at the same time; the processors are shared among them where it is not given."),

        new("max-cache-age", ConfigurationKind.Age, Web, "AGE", "How long what was fetched is served before its source is asked again: 24h, 30d, 90m; 0 asks always.", "24h"),
        new("allow-stale", ConfigurationKind.Flag, Web, "", "Serve what was fetched, marked as stale, when its source does not answer.", "false") { OncePerRun = true },
        new("playlist", ConfigurationKind.Flag, Web, "", "Transcribe every recording of a playlist or channel that is named.", "false") { OncePerRun = true },
        new("cookies", ConfigurationKind.Path, Web, "FILE", "Cookies (Netscape format) for sites that ask who reads them; none are sent otherwise."),
        new("max-download", ConfigurationKind.Size, Web, "SIZE", "The most that is fetched for one recording.", "10GB"),

        new("no-cache", ConfigurationKind.Flag, Cache, "", "Read nothing from the cache; replace what is there.", "false") { OncePerRun = true },
        new("refresh", ConfigurationKind.Flag, Cache, "", "Look at the recording again, or ask its source now; redo only what changed.", "false") { OncePerRun = true },
        new("cache-dir", ConfigurationKind.Path, Cache, "DIR", "The folder of the cache.", CacheSettings.DefaultDirectory()),
        new("cache-limit", ConfigurationKind.Size, Cache, "SIZE", "The most that the cache may take: 5GB, 500MB, 1.5GiB, or bytes; 0 keeps nothing.", "10GB"),
        new("keep-audio", ConfigurationKind.Flag, Cache, "", "Keep the converted audio after its transcript.", "false"),

        new("models", ConfigurationKind.Path, Places, "DIR", "The folder of downloaded models."),
        new("model-base-url", ConfigurationKind.Text, Places, "URL", "A mirror that models are downloaded from."),
        new("ffmpeg", ConfigurationKind.Program, Places, "FILE", "The ffmpeg program, or the folder it is in; found on PATH where it is not given."),
        new("ffprobe", ConfigurationKind.Program, Places, "FILE", "The ffprobe program, or the folder it is in."),
        new("yt-dlp", ConfigurationKind.Program, Places, "FILE", "The yt-dlp program, or the folder it is in; for YouTube and web pages."),
        new("native", ConfigurationKind.Path, Places, "DIR", "The folder of the native libraries; beside the program where it is not given."),
    ];

    /// <summary>The setting of this name, regardless of case.</summary>
    /// <exception cref="CesarException">There is none (<c>ConfigurationUnknown</c>); the nearest name is suggested.</exception>
    public static ConfigurationKey Find(string name) =>
        TryFind(name) ?? throw Unknown(name);

    /// <summary>The error of a name that no setting has.</summary>
    internal static CesarException Unknown(string name) => new(CesarErrorKind.Option, "ConfigurationUnknown",
        $"There is no setting '{name}'.{NearestName.Suggestion(name, All.Select(key => key.Name))}");

    /// <summary>The setting of this name, regardless of case; null where there is none.</summary>
    public static ConfigurationKey? TryFind(string name) =>
        All.FirstOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
