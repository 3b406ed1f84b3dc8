using System.Text.Json;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Audio;

/// <summary>
/// Says what a file holds before it is decoded, by its content and not by its name. It asks ffprobe, which may read
/// this one file and nothing else; a wave file that is 16 kHz mono 16-bit already needs no program.
/// </summary>
/// <param name="tools">Where ffprobe is found.</param>
public sealed class MediaProbe(ToolLocator tools)
{
    private const int MaximumReport = 16 << 20;

    // ffprobe says so on the level of warnings and nowhere else.
    private const string EstimateWarning = "Estimating duration from bitrate";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Describes a recording.</summary>
    /// <param name="path">The file; whatever it looks like, it is a path and never an address or a pattern.</param>
    /// <param name="cancel">Stops the work and any program behind it.</param>
    /// <exception cref="CesarException">
    /// InputNotFound, InputIsDirectory, InputNotFile, InputUnreadable, InputEmpty, InputDamaged or InputNotMedia; or
    /// ffprobe is missing, too old or fails: ToolMissing, ToolTooOld, ToolBroken, ToolFailed.
    /// </exception>
    public async Task<MediaInfo> ProbeAsync(string path, CancellationToken cancel)
    {
        InputFile file = InputFile.Check(path);
        return WaveHeader.Read(file)?.Describe() ?? await ProbeAsync(file, cancel);
    }

    /// <summary>Asks ffprobe about a file that has been checked.</summary>
    internal async Task<MediaInfo> ProbeAsync(InputFile file, CancellationToken cancel)
    {
        LocatedTool ffprobe = await tools.LocateAsync(ToolDefinition.Ffprobe, cancel);
        string[] arguments =
            ["-v", "warning", "-of", "json", "-show_entries", ProbeReport.Entries, .. MediaFormats.InputArguments(file)];

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Timeout);
        int exitCode;
        byte[] report;
        string errors;
        try
        {
            (exitCode, report, errors) = await ToolProcess.RunAsync(ffprobe, arguments, MaximumReport, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw NotMedia(file, $"ffprobe found nothing in it within {Timeout.TotalSeconds:0} s");
        }

        if (exitCode is not (0 or 1))
        {
            throw new CesarException(
                CesarErrorKind.Tool, "ToolFailed",
                $"ffprobe failed on {file.Name}: {Reason(errors, file) ?? ToolProcess.Describe(exitCode)}. Try again; "
                + "if it stays so, check the installation of ffmpeg.");
        }

        return exitCode == 0 ? Read(report, file, errors) : throw Refuse(file, errors);
    }

    private static MediaInfo Read(byte[] report, InputFile file, string errors)
    {
        try
        {
            MediaInfo media = ProbeReport.Parse(report) ?? throw Refuse(file, errors);
            bool estimate = media.DurationIsEstimate || errors.Contains(EstimateWarning, StringComparison.Ordinal);
            return media with { DurationIsEstimate = estimate };
        }
        catch (JsonException e)
        {
            throw new CesarException(
                CesarErrorKind.Tool, "ToolFailed", $"ffprobe said nothing that can be read about {file.Name}.", e);
        }
    }

    private static CesarException Refuse(InputFile file, string errors)
    {
        if (errors.Contains("Format not on whitelist", StringComparison.Ordinal))
        {
            return NotMedia(file, "it is text, a picture or a list of other files");
        }

        return errors.Contains("moov atom not found", StringComparison.Ordinal)
            ? new CesarException(
                CesarErrorKind.Input, "InputDamaged",
                $"{file.Name} is cut off: the index at its end (moov) is missing, so nothing in it can be found. "
                + "Copy or download it again.")
            : NotMedia(file, Reason(errors, file) ?? "no sound and no picture in it");
    }

    private static CesarException NotMedia(InputFile file, string reason) => new(
        CesarErrorKind.Input, "InputNotMedia",
        $"{file.Name} is not a recording that ffmpeg knows, whatever its name ends with ({reason}).");

    /// <summary>The last line that a program said about a file, with the name as the user gave it; null if it said nothing.</summary>
    internal static string? Reason(string errors, InputFile file)
    {
        string line = ToolProcess.LastLine(errors.Replace(file.Url, file.Name, StringComparison.Ordinal));
        string ownName = file.Name + ": ";
        line = line.StartsWith(ownName, StringComparison.Ordinal) ? line[ownName.Length..] : line;
        return line.Length == 0 ? null : line;
    }
}
