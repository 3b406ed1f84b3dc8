using CesarPS.Engine.Downloads;
using CesarPS.Engine.Files;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Sources.Video;

/// <summary>
/// The program yt-dlp: asked what is at an address, or to fetch the sound of it. It is run without a shell, its own
/// settings have no say, and what it says never shows a signed link.
/// </summary>
/// <param name="tools">Where the program is found.</param>
internal sealed class YtDlp(ToolLocator tools)
{
    // The metadata of a video take one or two, those of a long playlist ten.
    private const int MostMetadata = 64 << 20;

    /// <summary>How long the program may say nothing. It tries again on its own after 20 s without an answer of the site.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Free bytes on the volume of a folder; null where the system does not tell.</summary>
    public Func<string, long?> FreeBytes { get; init; } = FreeSpace.Of;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Asks what is at an address. A playlist that was not asked for is described as one, with its first entry alone.</summary>
    /// <param name="address">An http or https address; it may hold secrets.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="cancel">Kills the program.</param>
    /// <exception cref="CesarException">There is none to be had: an id of <see cref="VideoRefusal"/>, or of yt-dlp's own troubles.</exception>
    public async Task<VideoMetadata> DescribeAsync(string address, YtDlpOptions options, CancellationToken cancel)
    {
        (LocatedTool tool, YtDlpErrors errors) = await LocateAsync(address, cancel).ConfigureAwait(false);
        using var cookies = CookieCopy.Of(options.Cookies);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        int exitCode;
        byte[] output;
        string said;
        try
        {
            (exitCode, output, said) = await ToolProcess.RunAsync(tool, YtDlpArguments.Describe(options, cookies.Path), MostMetadata, limit.Token, address).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw errors.Silent(Patience);
        }

        if (output.Length > MostMetadata)
        {
            throw errors.Unreadable("does not come to an end");
        }

        VideoMetadata video = exitCode == 0
            ? VideoMetadataReader.Read(output) ?? throw errors.Unreadable("said nothing that can be read")
            : throw errors.Of(exitCode, said);
        return errors.OfLive(video) is { } live ? throw live : video;
    }

    /// <summary>Fetches the sound at an address, or the whole recording where it does not come apart.</summary>
    /// <param name="address">An http or https address; it may hold secrets.</param>
    /// <param name="folder">Where the file goes; what an earlier, interrupted run left there is continued where it is surely the same.</param>
    /// <param name="options">How to fetch.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Kills the program; what has arrived stays.</param>
    /// <returns>The finished file.</returns>
    /// <exception cref="CesarException">As of <see cref="DescribeAsync"/>.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public async Task<string> DownloadAsync(string address, string folder, YtDlpOptions options, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        (LocatedTool tool, YtDlpErrors errors) = await LocateAsync(address, cancel).ConfigureAwait(false);
        var files = new VideoFiles(folder);
        files.RemoveDoubtful();
        using var cookies = CookieCopy.Of(options.Cookies);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var lines = new OutputLines();
        ToolProcess process = ToolProcess.Start(tool, YtDlpArguments.Download(options, cookies.Path), silence.Token, folder, address);
        await using (process.ConfigureAwait(false))
        {
            try
            {
                CesarException? objection = await WatchAsync(process, lines, Name(address), folder, options, errors, progress, silence).ConfigureAwait(false);
                int exitCode = await process.WaitForExitAsync(silence.Token).ConfigureAwait(false);
                if (objection is not null)
                {
                    throw objection;
                }

                if (exitCode != 0)
                {
                    throw errors.Of(exitCode, process.Errors);
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw errors.Silent(Patience);
            }
        }

        // Where a server has told the size, a file that is too large is passed over without an error or a name.
        return files.TakeFinished(lines.Finished) ?? throw (lines.Finished is not null ? errors.Unreadable("ended well, and the file that it named is empty or not there,")
            : options.MaxBytes is { } most ? errors.TooLarge(most)
            : errors.Unreadable("ended well without a file"));
    }

    /// <summary>Reads on to the end of the output; ends the program, and says why, where more comes than is taken or there is room for.</summary>
    private async Task<CesarException?> WatchAsync(
        ToolProcess process, OutputLines lines, string name, string folder, YtDlpOptions options, YtDlpErrors errors, IProgress<DownloadProgress>? progress, CancellationTokenSource silence)
    {
        DownloadMeter? meter = null;
        long done = 0;
        byte[] chunk = new byte[4096];
        while (true)
        {
            silence.CancelAfter(Patience);
            int read = await process.ReadAsync(chunk, silence.Token).ConfigureAwait(false);
            if (read == 0)
            {
                meter?.Finish(done);
                return null;
            }

            if (lines.Read(chunk.AsSpan(0, read)) is not { } said)
            {
                continue;
            }

            done = said.Done;
            if (done > options.MaxBytes)
            {
                process.Kill();
                return errors.TooLarge(options.MaxBytes.Value);
            }

            if (meter is null)
            {
                // The first to say how much there is going to be: an estimate for some, and better than a full disk.
                if (said.Total is { } total && total - done > FreeBytes(folder) - DownloadPolicy.SpareBytes)
                {
                    process.Kill();
                    return errors.NoRoom(total);
                }

                meter = new DownloadMeter(name, said.Total, progress, Time);
                meter.Start(done);
            }

            meter.Total = said.Total;
            meter.Report(done);
        }
    }

    private async Task<(LocatedTool Tool, YtDlpErrors Errors)> LocateAsync(string address, CancellationToken cancel)
    {
        // Anything else would be a search, a local file or a program of the system for yt-dlp, or a second address.
        if (AddressText.SchemeOf(address) is not ("http" or "https") || address.Any(char.IsWhiteSpace))
        {
            throw new ArgumentException("yt-dlp is asked for http and https addresses alone.", nameof(address));
        }

        LocatedTool tool = await tools.LocateAsync(ToolDefinition.YtDlp, cancel).ConfigureAwait(false);
        return (tool, new YtDlpErrors(tool, Name(address), Time));
    }

    // The query of a video's page is what names it there.
    private static string Name(string address) => SourceReference.Parse(address).Name;
}
