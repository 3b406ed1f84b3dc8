using System.Diagnostics.CodeAnalysis;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Models;

/// <summary>
/// Downloads catalogue models: one process at a time, continued after an interruption, checked against the published
/// digest, and under its final name only when it is whole.
/// </summary>
internal sealed class ModelDownload(Uri location, DownloadPolicy policy)
{
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int DiskFullUnix = 28;

    /// <summary>Downloads a model, unless another process just did.</summary>
    /// <param name="model">The model.</param>
    /// <param name="target">The file that it becomes.</param>
    /// <param name="progress">Told how far it is, some times a second.</param>
    /// <param name="cancel">Stops within a second; what has arrived is kept for the next time.</param>
    /// <exception cref="CesarException">
    /// <c>ModelDownloadFailed</c>, <c>ModelDownloadDamaged</c>, <c>ModelDiskFull</c> or <c>ModelFolderUnwritable</c>.
    /// </exception>
    public async Task RunAsync(CatalogueModel model, string target, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        string folder = Path.GetDirectoryName(target)!;
        var part = new PartFile(target, model.Bytes);
        var meter = new DownloadMeter(model, progress, policy.Time);
        try
        {
            Directory.CreateDirectory(folder);
            using IDisposable held = await FileLock.AcquireAsync(target + ".lock", () => meter.Report(part.Bytes), cancel).ConfigureAwait(false);
            if (!File.Exists(target))
            {
                await FetchAsync(model, target, part, meter, cancel).ConfigureAwait(false);
            }
        }
        catch (IOException error) when (error.HResult is DiskFullWindows or DiskFullUnix)
        {
            throw ModelErrors.DiskFull(model, folder, model.Bytes - part.Bytes, free: null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.FolderUnwritable(folder, error);
        }
    }

    private async Task FetchAsync(CatalogueModel model, string target, PartFile part, DownloadMeter meter, CancellationToken cancel)
    {
        var address = new Uri(location, Uri.EscapeDataString(model.FileName));
        if (!part.IsComplete)
        {
            CheckSpace(model, target, part);
            meter.Start(part.Bytes);
            await TransferAsync(model, address, target, part, meter, cancel).ConfigureAwait(false);
        }

        meter.Finish(part.Bytes);
        FileDigests digests = await FileDigests.OfAsync(part.Path, cancel).ConfigureAwait(false);
        if (!model.Matches(digests))
        {
            part.Discard();
            throw ModelErrors.DownloadDamaged(model, address, ModelErrors.Comparison(model, digests));
        }

        part.Publish();
    }

    private void CheckSpace(CatalogueModel model, string target, PartFile part)
    {
        string folder = Path.GetDirectoryName(target)!;
        long needed = model.Bytes - Math.Min(part.Bytes, model.Bytes);
        if (policy.FreeBytes(folder) is { } free && free < needed + DownloadPolicy.SpareBytes)
        {
            throw ModelErrors.DiskFull(model, folder, needed, free);
        }
    }

    private async Task TransferAsync(CatalogueModel model, Uri address, string target, PartFile part, DownloadMeter meter, CancellationToken cancel)
    {
        using HttpClient client = Client();
        var transfer = new ModelTransfer(client, address, part, model.Bytes, policy);
        int failures = 0;
        while (true)
        {
            long before = part.Bytes;
            TransferResult result = await transfer.RunAsync(meter.Report, cancel).ConfigureAwait(false);
            switch (result.End)
            {
                case TransferEnd.Complete:
                    return;
                case TransferEnd.Damaged:
                    part.Discard();
                    throw ModelErrors.DownloadDamaged(model, address, result.Reason);
                case TransferEnd.Interrupted:
                    failures = part.Bytes - before >= policy.ProgressBytes ? 1 : failures + 1;
                    if (failures < policy.Attempts && !(result.RetryAfter > policy.LongestPause))
                    {
                        await policy.PauseAsync(policy.PauseAfter(failures, result.RetryAfter), cancel).ConfigureAwait(false);
                        continue;
                    }

                    break;
            }

            throw ModelErrors.DownloadFailed(model, address, target, result.Reason, kept: part.Bytes > 0);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of its handler.")]
    private static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
        // A large model takes as long as it takes; silence is what ends a try.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
