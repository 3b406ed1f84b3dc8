using CesarPS.Engine.Sources.Video;

namespace CesarPS.Engine.Sources.Web;

/// <summary>Puts the recordings of playlists and channels in their place.</summary>
internal sealed class PlaylistExpansion(YtDlp program)
{
    /// <summary>The inputs with every list expanded, each recording once. A list that cannot be read is a failed input.</summary>
    public async Task<IReadOnlyList<BatchInput>> ExpandAsync(IReadOnlyList<BatchInput> inputs, FetchOptions options, CancellationToken cancel)
    {
        List<BatchInput> expanded = [];
        foreach (BatchInput input in inputs)
        {
            expanded.AddRange(input.Failure is null && ListOf(input.Source) is { } address ? await ReadAsync(input, address, options, cancel).ConfigureAwait(false) : [input]);
        }

        return InputList.Once(expanded);
    }

    // The address of a list, or of a page that may be one.
    private static string? ListOf(SourceReference source) => source switch
    {
        VideoList list => list.Link,
        YouTubeVideo { List: { } list } => list.Link,
        WebResource page when !RecordingNames.IsRecording(page.Address.AbsolutePath) => page.TypedAddress,
        _ => null,
    };

    private async Task<IReadOnlyList<BatchInput>> ReadAsync(BatchInput input, string address, FetchOptions options, CancellationToken cancel)
    {
        try
        {
            VideoMetadata found = await program.DescribeAsync(address, PageFetch.Asked(options) with { Playlist = true }, cancel).ConfigureAwait(false);
            return found.IsPlaylist ? [.. found.Entries.Select(Entry)] : [input];
        }
        // Not every address is one of yt-dlp's: a recording itself need not be.
        catch (CesarException) when (input.Source is WebResource)
        {
            return [input];
        }
        catch (CesarException error)
        {
            return [input with { Failure = error }];
        }
    }

    private static BatchInput Entry(VideoMetadata entry)
    {
        string address = entry.WebpageUrl ?? "";
        try
        {
            return AddressText.SchemeOf(address) is "http" or "https"
                ? BatchInput.Of(SourceReference.Parse(address))
                : throw new CesarException(CesarErrorKind.Input, "AddressInvalid", $"An entry of the playlist has no address: {MetadataText.Clean(entry.Title) ?? "without a title"}.");
        }
        catch (CesarException error)
        {
            return new BatchInput(AddressText.WithoutSecrets(address), error);
        }
    }
}
