using System.Globalization;
using System.Management.Automation;
using CesarPS.Engine;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary>
/// <c>Invoke-CesarTranscription</c>: recordings in, a <see cref="Transcript"/> for each out, each as soon as it is done.
/// </summary>
/// <remarks>
/// What is wrong with one recording is a non-terminating error, and the next one follows. What is wrong with an
/// option, the model or a native library would be wrong for all of them, and ends the command.
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "CesarTranscription", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Transcript))]
public sealed class InvokeCesarTranscriptionCommand : CesarCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly ProgressDisplay _display;
    private readonly RecordingPaths _paths;
    private TranscriptionOptions _options = new();
    private TranscriptionEngine? _engine;

    /// <summary>Creates the cmdlet; PowerShell does.</summary>
    public InvokeCesarTranscriptionCommand()
    {
        _display = new ProgressDisplay(this);
        _paths = new RecordingPaths(this);
    }

    /// <summary>The recordings; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>
    /// The recordings, their names taken as they are. Files in the pipeline bind here, so that <c>[1]</c> in a name is
    /// part of the name.
    /// </summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A name of the model catalogue, or the path of a ggml file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>The spoken language as a code or an English name; detected when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <summary>Translates to English.</summary>
    [Parameter]
    public SwitchParameter Translate { get; set; }

    /// <summary>Works out when each word is spoken.</summary>
    [Parameter]
    public SwitchParameter WordTimestamp { get; set; }

    /// <summary>Where in the recording to begin; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Start { get; set; }

    /// <summary>Where in the recording to stop; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? End { get; set; }

    /// <summary>The most audio to read from <see cref="Start"/> on; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? MaximumDuration { get; set; }

    /// <summary>The audio track, counted from 1; the container's default when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? AudioTrack { get; set; }

    /// <summary>Text that the model takes for what was said before: it steers style and spelling.</summary>
    [Parameter]
    public string? Prompt { get; set; }

    /// <summary>Names and terms that may occur.</summary>
    [Parameter]
    public string[] Vocabulary { get; set; } = [];

    /// <summary>The widest beam, used where the narrow first pass is in doubt; 1 is greedy throughout.</summary>
    [Parameter]
    [ValidateRange(1, 8)]
    public int? BeamSize { get; set; }

    /// <summary>Parts of a recording worked on at the same time; shares the processors when not given.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int? WorkerCount { get; set; }

    /// <summary>Threads for each worker; one when not given.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int? ThreadCount { get; set; }

    /// <summary>Read nothing from the cache, and replace what is there.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>Look at each recording again instead of remembering its digest, and redo only what changed.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>Keep the converted audio in the cache after its transcript.</summary>
    [Parameter]
    public SwitchParameter KeepAudio { get; set; }

    /// <summary>Checks the options and finds the model, once for all recordings of the pipeline.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            _engine = new TranscriptionEngine(Configuration.Load().Engine(ModuleFolder), new PipelineLoggers(Pump, this));
            _options = Options(_engine.Store.Catalogue);
            var progress = new PostedProgress<DownloadProgress>(Pump, _display.Show);
            Run(async cancel =>
            {
                await _engine.PrepareAsync(_options, progress, cancel).ConfigureAwait(false);
                return true;
            });
            _display.Complete();
        }
        catch (CesarException error)
        {
            Terminate(error, error.Kind == CesarErrorKind.Model ? Model : null);
        }
    }

    /// <summary>Transcribes the recordings that this object of the pipeline names.</summary>
    protected override void ProcessRecord()
    {
        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string given in literal ? LiteralPath : Path)
        {
            foreach (string file in literal ? _paths.Literal(given) : _paths.Matching(given))
            {
                Transcribe(file);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _engine?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Transcribe(string file)
    {
        var progress = new PostedProgress<TranscriptionProgress>(Pump, report => _display.Show(file, report));
        Transcript transcript;
        try
        {
            transcript = Run(cancel => _engine!.TranscribeAsync(file, _options, progress, cancel));
        }
        catch (CesarException error)
        {
            _display.Complete();
            if (ErrorRecords.EndsBatch(error))
            {
                Terminate(error, file);
            }

            WriteError(ErrorRecords.Of(error, file));
            return;
        }

        // Before the output: what comes after this in the pipeline may end it there and then.
        _display.Complete();
        WriteVerbose($"{file}: {string.Join(", ", transcript.Stages.Select(Timing))}");
        WriteObject(transcript);
    }

    private TranscriptionOptions Options(ModelCatalogue catalogue)
    {
        TranscriptionOptions defaults = new();
        return defaults with
        {
            Model = Model is null ? defaults.Model : ModelFile(Model, catalogue),
            Language = Language,
            Task = Translate ? TranscriptionTask.Translate : TranscriptionTask.Transcribe,
            Words = WordTimestamp,
            Start = Start,
            End = End,
            MaxDuration = MaximumDuration,
            AudioTrack = AudioTrack,
            InitialPrompt = Prompt,
            Vocabulary = Vocabulary,
            BeamSize = BeamSize ?? defaults.BeamSize,
            Workers = WorkerCount,
            Threads = ThreadCount,
            Cache = NoCache ? CacheMode.Bypass : Refresh ? CacheMode.Refresh : CacheMode.Use,
            KeepAudio = KeepAudio,
        };
    }

    // PowerShell's location is not the working directory of the process, which the engine would go by.
    private string ModelFile(string model, ModelCatalogue catalogue)
    {
        if (catalogue.TryFind(model) is not null)
        {
            return model;
        }

        string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(model, out _, out _);
        return File.Exists(file) || ModelStore.LooksLikePath(model) ? file : model;
    }

    private static string Timing(StageReport stage) =>
        string.Create(CultureInfo.InvariantCulture, $"{stage.Stage} {stage.Elapsed.TotalSeconds:0.00} s");
}
