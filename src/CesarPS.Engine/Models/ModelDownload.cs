using CesarPS.Engine.Downloads;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Models;

/// <summary>
/// Downloads catalogue models: one process at a time, continued after an interruption, checked against the published
/// digest, and under its final name only when it is whole.
/// </summary>
internal sealed class ModelDownload(Uri location, DownloadPolicy policy)
{
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
        var part = new PartFile(target);
        var meter = new DownloadMeter(model.Name, model.Bytes, progress, policy.Time);
        try
        {
            Directory.CreateDirectory(folder);
            using IDisposable held = await FileLock.AcquireAsync(target + ".lock", () => meter.Report(part.Bytes), cancel).ConfigureAwait(false);
            if (!File.Exists(target))
            {
                await FetchAsync(model, target, part, meter, cancel).ConfigureAwait(false);
            }
        }
        catch (IOException error) when (Download.IsDiskFull(error))
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

        // What is whole, though perhaps not right, needs no network: its digest decides.
        if (part.Bytes != model.Bytes)
        {
            CheckSpace(model, target, part);
            var question = new DownloadQuestion(address) { Bytes = model.Bytes };
            TransferResult result = await new Download(policy).RunAsync(question, part, meter, cancel).ConfigureAwait(false);
            switch (result.End)
            {
                case TransferEnd.Complete:
                    break;
                case TransferEnd.Damaged:
                    throw ModelErrors.DownloadDamaged(model, address, result.Reason);
                case TransferEnd.NoRoom:
                    throw ModelErrors.DiskFull(model, Path.GetDirectoryName(target)!, model.Bytes, free: null);
                default:
                    throw ModelErrors.DownloadFailed(model, address, target, result.Reason, kept: part.Bytes > 0);
            }
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
}
