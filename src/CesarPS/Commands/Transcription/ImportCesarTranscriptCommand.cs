using System.Management.Automation;
using CesarPS.Engine;
using CesarPS.Engine.Transcripts;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Import-CesarTranscript</c>: JSON files of transcripts back as transcripts.</summary>
[Cmdlet(VerbsData.Import, "CesarTranscript", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Transcript))]
public sealed class ImportCesarTranscriptCommand : CesarCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, their names taken as they are. Files in the pipeline bind here.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Reads the files that this object of the pipeline names.</summary>
    protected override void ProcessRecord()
    {
        foreach (string file in ParameterSetName == LiteralPathSet ? LiteralPath.SelectMany(Paths.Literal) : Path.SelectMany(Paths.Matching))
        {
            try
            {
                WriteObject(TranscriptJson.ReadFile(file));
            }
            catch (CesarException error)
            {
                WriteError(ErrorRecords.Of(error, file));
            }
        }
    }
}
