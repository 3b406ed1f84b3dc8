using System.Diagnostics.CodeAnalysis;

namespace CesarPS.Engine.Downloads;

/// <summary>
/// Fetches a file as often as it takes: what is transient is tried again with growing pauses, a server's wish to wait
/// is obeyed, and what has arrived is never asked for twice where the server can send the rest.
/// </summary>
internal sealed class Download(DownloadPolicy policy)
{
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int DiskFullUnix = 28;
    private const int MostTriesWithProgress = 20;

    /// <summary>Whether an error says that the disk is full.</summary>
    public static bool IsDiskFull(IOException error) => error.HResult is DiskFullWindows or DiskFullUnix;

    /// <summary>Fetches a file, or the rest of it. Bytes of no use are removed, others are kept for the next time.</summary>
    /// <param name="question">What is asked of the server.</param>
    /// <param name="part">What has arrived, and where more goes.</param>
    /// <param name="meter">Told how far it is.</param>
    /// <param name="cancel">Stops within a second; what has arrived stays.</param>
    /// <returns>How it ended; <see cref="TransferEnd.Interrupted"/> where it was given up on.</returns>
    /// <exception cref="IOException">The disk cannot be written to.</exception>
    public async Task<TransferResult> RunAsync(DownloadQuestion question, PartFile part, DownloadMeter meter, CancellationToken cancel)
    {
        using HttpClient client = Client();
        var transfer = new Transfer(client, question, part, meter, policy);
        int failures = 0;
        long most = part.Bytes;
        meter.Start(part.Bytes);
        while (true)
        {
            TransferResult result = await transfer.RunAsync(cancel).ConfigureAwait(false);
            switch (result.End)
            {
                case TransferEnd.Complete:
                    meter.Finish(part.Bytes);
                    return result;
                case TransferEnd.Damaged or TransferEnd.TooLarge or TransferEnd.NoRoom:
                    part.Discard();
                    return result;
                case TransferEnd.Interrupted:
                    // What comes a second time, since it cannot be continued, is no progress: that may go on for ever.
                    failures = part.Bytes - most >= RealProgress(meter.Total) ? 1 : failures + 1;
                    most = Math.Max(most, part.Bytes);
                    if (failures >= policy.Attempts || result.RetryAfter > policy.LongestPause)
                    {
                        return result;
                    }

                    await policy.PauseAsync(policy.PauseAfter(failures, result.RetryAfter), cancel).ConfigureAwait(false);
                    break;
                default:
                    return result;
            }
        }
    }

    // Of a small file a part of it is enough: a line that breaks ten times brings it all the same.
    private long RealProgress(long? total) => total is { } bytes ? Math.Clamp(bytes / MostTriesWithProgress, 1, policy.ProgressBytes) : policy.ProgressBytes;

    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of its handler.")]
    private static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15), UseCookies = false })
    {
        // A large file takes as long as it takes; silence is what ends a try.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
