using System.Management.Automation;
using CesarPS.Engine;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Transcripts;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary>
/// <c>Invoke-CesarTranscription</c>: recordings in, a <see cref="Transcript"/> for each out, each as soon as it is done.
/// </summary>
/// <remarks>
/// What is wrong with one recording is a non-terminating error, and the next one follows. What is wrong with an
/// option, the model or a native library would be wrong for all of them, and ends the command.
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "CesarTranscription", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Transcript))]
public sealed class InvokeCesarTranscriptionCommand : TranscriptionCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string UriSet = "Uri";

    private readonly ProgressDisplay _display;
    private TranscriptionOptions _options = new();
    private TranscriptionEngine? _engine;
    private TranscriptFiles? _files;

    /// <summary>Creates the cmdlet; PowerShell does.</summary>
    public InvokeCesarTranscriptionCommand()
    {
        _display = new ProgressDisplay(this, "Transcribing");
    }

    /// <summary>The recordings; wildcards are allowed, and an address such as <c>https://…</c> is one.</summary>
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

    /// <summary>
    /// The addresses of recordings on the web: of the recording itself, of a video, of a page that has one; as text or
    /// <see cref="System.Uri"/>, which has the property <c>OriginalString</c>.
    /// </summary>
    [Parameter(ParameterSetName = UriSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Url", "OriginalString")]
    [AddressText]
    public string[] Uri { get; set; } = [];

    /// <summary>Transcribes every recording of a playlist or channel that is named.</summary>
    [Parameter]
    public SwitchParameter Playlist { get; set; }

    /// <summary>A folder to write files into, in each <see cref="TranscriptWritingCommand.Format"/>. Transcripts come out all the same.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputDirectory { get; set; }

    /// <summary>
    /// How many recordings are worked on side by side. They share the workers; with more than one, transcripts come in
    /// the order in which they are done.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>Checks the options and finds the model, once for all recordings of the pipeline.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            _options = Options();
            _files = OutputFiles();
            _engine = new TranscriptionEngine(Configuration.Engine(ModuleFolder.Path), new PipelineLoggers(Pump, this));
            if (!IsWhatIf)
            {
                Prepare(_engine);
            }
        }
        catch (CesarException error)
        {
            _display.Abandon();
            Terminate(error, error.Kind == CesarErrorKind.Model ? Model : null);
        }
    }

    /// <summary>Transcribes the recordings that this object of the pipeline names.</summary>
    protected override void ProcessRecord()
    {
        foreach (BatchInput recording in Playlist ? Expanded() : Recordings())
        {
            if (recording.Failure is { } failure)
            {
                Tell(failure, recording.Path);
            }
            else if (IsWhatIf)
            {
                ShowPlan(recording);
            }
            else if (ShouldProcess(recording.Path, "Transcribe"))
            {
                Begin(recording);
                WaitFor(ThrottleLimit - 1);
            }
        }
    }

    /// <summary>Waits for the recordings that are still worked on.</summary>
    protected override void EndProcessing()
    {
        WaitFor(0);
        _display.Complete();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The work ends first: it uses the engine.
        base.Dispose(disposing);
        if (disposing)
        {
            _engine?.Dispose();
        }
    }

    private IEnumerable<BatchInput> Recordings() => ParameterSetName switch
    {
        UriSet => Addressed(Uri),
        LiteralPathSet => LiteralPath.SelectMany(path => Paths.IsUrl(path) ? Addressed(path) : Files(Paths.Literal(path))),
        _ => Path.SelectMany(path => Paths.IsUrl(path) ? Addressed(path) : Files(Paths.Matching(path))),
    };

    private IReadOnlyList<BatchInput> Expanded()
    {
        BatchInput[] named = [.. Recordings()];
        try
        {
            return Run(cancel => _engine!.ExpandPlaylistsAsync(named, _options, cancel));
        }
        catch (CesarException error)
        {
            Tell(error, string.Join(", ", named.Select(recording => recording.Path)));
            return [];
        }
    }

    private static IEnumerable<BatchInput> Addressed(params string[] addresses) => InputList.Expand(addresses, patterns: false);

    private static IEnumerable<BatchInput> Files(IEnumerable<string> paths) => paths.Select(path => new BatchInput(path));

    private TranscriptFiles? OutputFiles()
    {
        if (OutputDirectory is null)
        {
            return !IsGiven(nameof(Format)) ? null : throw new CesarException(CesarErrorKind.Option, "FormatWithoutFolder",
                "-Format says how files are written. Give -OutputDirectory with it, or pipe the transcripts to Export-CesarTranscript.");
        }

        SpeakerFormats.Check(_options, Formats);
        return new TranscriptFiles(Paths.Place(OutputDirectory), Formats, Layout, KeepsExisting);
    }

    private void Prepare(TranscriptionEngine engine)
    {
        var download = new DownloadDisplay(Pump, _display);
        Run(async cancel =>
        {
            await engine.PrepareAsync(_options, download, cancel).ConfigureAwait(false);
            return true;
        });
        download.Finish();
    }

    private void ShowPlan(BatchInput recording)
    {
        try
        {
            string plan = Run(cancel => _engine!.PlanAsync(recording.Source, _options, cancel)).ToString();
            ShouldProcess(plan, plan, "Transcribe");
        }
        catch (CesarException error)
        {
            Tell(error, recording.Path);
        }
    }

    private void Begin(BatchInput recording)
    {
        var progress = new RecordingProgress(Pump, _display, recording.Path);

        // What is on the web is named by its title, which nobody knows yet.
        TranscriptTarget? target = recording.Source.IsRemote ? null : _files?.Reserve([recording.Path])[0];
        Pump.Begin(async cancel =>
        {
            Transcript? transcript = null;
            CesarException? failure = null;
            try
            {
                transcript = await _engine!.TranscribeAsync(recording.Source, _options, progress, cancel).ConfigureAwait(false);
                _files?.Write(target ?? _files.Reserve(transcript), transcript, cancel);
            }
            catch (CesarException error)
            {
                failure = error;
            }

            Pump.Post(() => Finish(recording.Path, progress, transcript, failure));
        });
    }

    // A transcript whose files could not be written comes out all the same: it is the work of minutes.
    private void Finish(string recording, RecordingProgress progress, Transcript? transcript, CesarException? failure)
    {
        progress.Finish(failed: failure is not null);
        if (failure is not null)
        {
            Tell(failure, recording);
        }

        if (transcript is not null)
        {
            WriteVerbose($"{recording}: {string.Join(", ", transcript.Stages)}");
            WriteObject(transcript);
        }
    }

    private void Tell(CesarException failure, string recording)
    {
        if (ErrorRecords.EndsBatch(failure))
        {
            Terminate(failure, recording);
        }

        WriteError(ErrorRecords.Of(failure, recording));
    }

    private void WaitFor(int most)
    {
        try
        {
            Wait(() => Pump.WaitFor(most));
        }
        catch
        {
            _display.Abandon();
            throw;
        }
    }
}
