using System.Management.Automation;
using CesarPS.Engine;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Transcripts;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Export-CesarTranscript</c>: transcripts into files, each as it comes.</summary>
[Cmdlet(VerbsData.Export, "CesarTranscript", DefaultParameterSetName = FolderSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Transcript))]
public sealed class ExportCesarTranscriptCommand : TranscriptWritingCommand
{
    private const string FolderSet = "OutputDirectory";
    private const string FileSet = "Path";

    private TranscriptFiles? _files;
    private IReadOnlyList<string> _formats = [];
    private string? _file;
    private SpeakerNames _names = SpeakerNames.None;

    /// <summary>The transcripts.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [TranscriptCopy]
    public Transcript[] Transcript { get; set; } = [];

    /// <summary>The folder to write to, made where it is missing; the current location when not given. Files are named after the recordings.</summary>
    [Parameter(ParameterSetName = FolderSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string OutputDirectory { get; set; } = ".";

    /// <summary>The file to write one transcript to, the name taken as it is. Its extension says the format where that is not given.</summary>
    [Parameter(ParameterSetName = FileSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath", "FilePath")]
    public string? Path { get; set; }

    /// <summary>Replaces files that are protected against writing, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Passes the transcripts on as they came.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Checks what is asked for, once for all transcripts.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            _names = Names;
            if (Path is null)
            {
                _formats = Formats;
                _files = new TranscriptFiles(Paths.Place(OutputDirectory), _formats, Layout, KeepsExisting, Force);
            }
            else
            {
                _file = Paths.Place(Path);
                _formats = Format.Length > 0 ? Format : [TranscriptFormats.OfFile(_file)];
                _files = new TranscriptFiles(System.IO.Path.GetDirectoryName(_file)!, _formats, Layout, KeepsExisting, Force);
            }
        }
        catch (CesarException error)
        {
            Terminate(error, Path);
        }
    }

    /// <summary>Writes the transcripts that came.</summary>
    protected override void ProcessRecord()
    {
        foreach (Transcript transcript in Transcript)
        {
            try
            {
                Write(transcript);
            }
            catch (CesarException error)
            {
                if (ErrorRecords.EndsBatch(error))
                {
                    Terminate(error, transcript);
                }

                WriteError(ErrorRecords.Of(error, transcript));
            }

            // What was worked out goes on, whatever became of its files.
            if (PassThru)
            {
                WriteObject(transcript);
            }
        }
    }

    private void Write(Transcript transcript)
    {
        SpeakerFormats.Check(transcript, _formats);
        TranscriptTarget target = _file is null ? _files!.Reserve(transcript) : _files!.ReserveAs(transcript.Source, _file);
        if (ShouldProcess(string.Join(", ", target.Paths), "Write transcript"))
        {
            Transcript named = _names.Apply(transcript);
            // By itself: with -WarningAction Stop, nothing is written.
            Run(_ =>
            {
                new PipelineLoggers(Pump, this).UnknownSpeakers(_names, transcript);
                return Task.FromResult(true);
            });
            Run(cancel =>
            {
                _files.Write(target, named, cancel);
                return Task.FromResult(true);
            });
        }
    }
}
