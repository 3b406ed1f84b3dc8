using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources.Web;

namespace CesarPS.Engine.Sources;

/// <summary>Asks a source in the way that fits it: a recording by HTTP, a video or a page through yt-dlp.</summary>
internal sealed class SourceFetch(WebFetch web, PageFetch pages)
{
    /// <summary>Asks a source whether it is still what is known of it, and fetches what is new.</summary>
    /// <param name="source">The source.</param>
    /// <param name="folder">Where files go; what an earlier try left there is continued.</param>
    /// <param name="head">What its server said of the version that is there; null for none.</param>
    /// <param name="marks">What told that version from others, where it is a video; null for none.</param>
    /// <param name="options">How it is fetched.</param>
    /// <param name="progress">Told how far it is, some times a second.</param>
    /// <param name="cancel">Stops within a second; what has arrived stays.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public async Task<FetchAnswer> AskAsync(
        SourceReference source, string folder, ResponseHead? head, VideoMarks? marks, FetchOptions options, IProgress<DownloadProgress> progress, CancellationToken cancel)
    {
        if (source is WebResource resource)
        {
            // What was a page the last time most likely still is.
            FetchAnswer? direct = marks is null ? await web.AskAsync(resource, folder, head, options.MostBytes, progress, cancel).ConfigureAwait(false) : null;
            if (direct is { IsPage: false })
            {
                return direct;
            }

            FetchAnswer answer = await pages.AskAsync(resource.TypedAddress, resource.Name, resource.Censor, folder, marks, options, progress, cancel).ConfigureAwait(false);
            return direct is not null && answer.Error is { } error ? answer with { Error = OfPage(resource, error) } : answer;
        }

        return source switch
        {
            YouTubeVideo video => await pages.AskAsync(video.Link, video.Name, text => text, folder, marks, options, progress, cancel).ConfigureAwait(false),
            VideoList list => throw list.NotAsked(),
            _ => throw new ArgumentException("A file on this machine is not fetched.", nameof(source)),
        };
    }

    // Who expected a recording learns that it is a page before he learns what is wrong with that.
    private static CesarException OfPage(WebResource page, CesarException error) =>
        new(error.Kind, error.ErrorId, $"{page.Name} is a web page, not a recording. {error.Message}");
}
