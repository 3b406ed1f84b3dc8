using System.Net;
using CesarPS.Engine.Downloads;

namespace CesarPS.Engine.Sources.Web;

/// <summary>
/// Fetches what is at an address and looks whether it is a recording. A page is not fetched: who asked is told that it
/// is one.
/// </summary>
internal sealed class WebFetch(DownloadPolicy policy)
{
    private const string FileName = "content";

    private static readonly string[] s_pages = ["text/html", "application/xhtml+xml"];
    private static readonly string[] s_manifests =
        ["application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl", "audio/x-mpegurl", "application/dash+xml"];

    // Kinds that never are recordings, unless their first bytes say that they are called so by mistake.
    private static readonly string[] s_otherKinds = ["text/", "image/", "font/", "application/json", "application/xml", "application/pdf", "application/zip", "application/javascript"];

    /// <summary>Asks a server for a recording.</summary>
    /// <param name="source">The recording.</param>
    /// <param name="folder">Where it goes; what an earlier try left there is continued.</param>
    /// <param name="known">The version that is there already; null for none.</param>
    /// <param name="mostBytes">The most bytes that are taken.</param>
    /// <param name="progress">Told how far it is, some times a second.</param>
    /// <param name="cancel">Stops within a second; what has arrived stays.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public async Task<FetchAnswer> AskAsync(
        WebResource source, string folder, ResponseHead? known, long mostBytes, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        string target = Path.Combine(folder, FileName);
        PartFile part = new(target);
        part.DiscardFromBeforeStart(policy.Time);
        if (part.Bytes > 0 && part.Bytes == part.Head?.Length)
        {
            part.Reopen();
        }

        bool isPage = false;
        DownloadQuestion question = new(source.Address)
        {
            Authorization = source.Authorization,
            MostBytes = mostBytes,
            Known = known,
            Judge = (head, first) =>
            {
                isPage = IsPage(head, first.Span);
                return Objection(head, first.Span);
            },
        };
        DownloadMeter meter = new(source.Name, total: null, progress, policy.Time);
        TransferResult result = await new Download(policy).RunAsync(question, part, meter, cancel).ConfigureAwait(false);
        return result.End switch
        {
            TransferEnd.Complete => await FinishAsync(source, part, result.Head!, target, mostBytes, cancel).ConfigureAwait(false),
            TransferEnd.NotModified => new FetchAnswer(SourceAnswer.Unchanged) { Head = result.Head },
            TransferEnd.NotWanted when isPage => Unusable(source, result.Reason) with { IsPage = true },
            TransferEnd.NotWanted or TransferEnd.Damaged => Unusable(source, result.Reason),
            TransferEnd.TooLarge => TooLarge(source, result.Reason, mostBytes),
            TransferEnd.NoRoom => FetchAnswer.Of(SourceAnswer.Unavailable, "DiskFull", $"{source.Name} cannot be fetched: {result.Reason}. {FetchAnswer.MoreRoom}"),
            TransferEnd.Refused => Refused(source, result),
            _ => Interrupted(source, result, part.Bytes > 0),
        };
    }

    private async Task<FetchAnswer> FinishAsync(
        WebResource source, PartFile part, ResponseHead head, string target, long mostBytes, CancellationToken cancel)
    {
        string? wrong = null;
        if (head.ContentEncoding is { } coding)
        {
            wrong = ContentCoding.IsKnown(coding)
                ? await ContentCoding.UnpackAsync(part.Path, coding, mostBytes, policy, cancel).ConfigureAwait(false)
                : $"it is packed as {coding}, which is not known here";
            wrong ??= Objection(head with { ContentEncoding = null }, FirstOf(part.Path));
        }

        // Something may have come of which nothing is left when it is unpacked.
        wrong ??= part.Bytes == 0 ? "it is empty (0 bytes)" : null;
        if (wrong is not null)
        {
            part.Discard();
            return Unusable(source, wrong);
        }

        part.Publish();
        return new FetchAnswer(SourceAnswer.Changed) { Path = target, Head = head, Details = new RecordingDetails { Title = TitleOf(head.FileName) } };
    }

    // A server that names the file names the recording: better than what stands in most links.
    private static string? TitleOf(string? fileName) =>
        MetadataText.Clean(RecordingNames.IsRecording(fileName) ? Path.GetFileNameWithoutExtension(fileName) : fileName);

    private static byte[] FirstOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] first = new byte[(int)Math.Min(stream.Length, 1024)];
        stream.ReadExactly(first);
        return first;
    }

    private static bool IsPage(ResponseHead head, ReadOnlySpan<byte> first) => MediaSigns.Of(first) switch
    {
        MediaSign.Page or MediaSign.Manifest => true,
        MediaSign.Recording => false,
        _ => s_pages.Contains(head.ContentType) || s_manifests.Contains(head.ContentType),
    };

    private static string? Objection(ResponseHead head, ReadOnlySpan<byte> first)
    {
        // What is packed shows itself when it is unpacked.
        MediaSign sign = head.ContentEncoding is null ? MediaSigns.Of(first) : MediaSign.Unknown;
        return sign switch
        {
            MediaSign.Recording => null,
            MediaSign.Page => "the server sends a web page",
            MediaSign.Manifest => "the server sends a list of pieces",
            _ when s_manifests.Contains(head.ContentType) => "the server sends a list of pieces",
            _ when head.ContentType is { } type && (s_pages.Contains(type) || s_otherKinds.Any(kind => type.StartsWith(kind, StringComparison.Ordinal))) => $"the server sends {type}",
            _ => null,
        };
    }

    private static FetchAnswer Unusable(WebResource source, string reason) =>
        FetchAnswer.Of(SourceAnswer.Unavailable, "SourceNotMedia", $"{source.Name} is no recording: {reason}. Open the address in a browser to see what is there.");

    private static FetchAnswer TooLarge(WebResource source, string reason, long mostBytes) => FetchAnswer.Of(
        SourceAnswer.Unavailable, "SourceTooLarge", FormattableString.Invariant($"{source.Name} is not fetched: {reason}, and {mostBytes} are the limit. --max-download (-MaximumDownloadSize) sets another one."));

    private static FetchAnswer Refused(WebResource source, TransferResult result) => result.Status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => FetchAnswer.Of(
            SourceAnswer.Gone, "SourceGone", $"{source.Name} is not there (any more): {result.Reason}. What was kept of it is not served; check the address."),
        { } status when (int)status is >= 400 and < 500 => FetchAnswer.Of(
            SourceAnswer.Denied, "SourceDenied", $"{source.Name} is not given to you: {result.Reason}. A link with a signature may have run out: get a new one."),
        _ => FetchAnswer.Of(SourceAnswer.Unavailable, "SourceUnavailable", $"{source.Name} cannot be fetched: {result.Reason}."),
    };

    private static FetchAnswer Interrupted(WebResource source, TransferResult result, bool kept) => FetchAnswer.Of(
        SourceAnswer.Unavailable, "SourceUnavailable", $"{source.Name} cannot be fetched: {result.Reason}. {(kept ? "What has arrived is kept: try again to go on from there." : "Try again later.")}");
}
