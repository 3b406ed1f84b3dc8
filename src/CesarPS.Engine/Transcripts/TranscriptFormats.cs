using System.Text;

namespace CesarPS.Engine.Transcripts;

/// <summary>The formats that transcripts are written in.</summary>
public static class TranscriptFormats
{
    private static readonly Dictionary<string, Func<TranscriptWriterOptions, ITranscriptWriter>> Writers =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [PlainTextWriter.Name] = _ => new PlainTextWriter(),
            [SubRipWriter.Name] = options => new SubRipWriter(options),
            [WebVttWriter.Name] = options => new WebVttWriter(options),
            [JsonTranscriptWriter.Name] = _ => new JsonTranscriptWriter(),
            [MarkdownWriter.Name] = _ => new MarkdownWriter(),
            [CsvWriter.Name] = _ => new CsvWriter(),
            [TsvWriter.Name] = _ => new TsvWriter(),
            [RttmWriter.Name] = _ => new RttmWriter(),
        };

    /// <summary>The names of all formats, the most common first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Writers.Keys];

    /// <summary>What a format is for, in a few words.</summary>
    /// <param name="format">One of <see cref="Names"/>.</param>
    public static string Describe(string format) => format switch
    {
        PlainTextWriter.Name => "Plain text",
        SubRipWriter.Name => "Subtitles: SubRip",
        WebVttWriter.Name => "Subtitles: WebVTT, for the web",
        JsonTranscriptWriter.Name => "Everything, for programs; can be read back",
        MarkdownWriter.Name => "Paragraphs with times, for reading",
        CsvWriter.Name => "A table for spreadsheets",
        TsvWriter.Name => "A table with tabs, the text exactly as spoken",
        RttmWriter.Name => "Turns of speakers, for scoring tools",
        _ => format,
    };

    /// <summary>The encoding of transcript files: UTF-8 without a byte order mark.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The format that a file's extension stands for.</summary>
    /// <exception cref="CesarException">It stands for none (<c>UnknownFormat</c>).</exception>
    public static string OfFile(string path)
    {
        string extension = Path.GetExtension(path);
        return Names.FirstOrDefault(name => Create(name).Extension.Equals(extension, StringComparison.OrdinalIgnoreCase))
            ?? throw new CesarException(CesarErrorKind.Option, "UnknownFormat",
                $"The name '{Path.GetFileName(path)}' does not say which format is meant. Name the format, or end the name in one of: {string.Join(", ", Names.Select(name => Create(name).Extension))}.");
    }

    /// <summary>Makes the writer of a format.</summary>
    /// <param name="format">One of <see cref="Names"/>, in capitals or not.</param>
    /// <param name="options">The layout; null for the defaults.</param>
    /// <exception cref="CesarException">There is no such format, or an option is out of its range.</exception>
    public static ITranscriptWriter Create(string format, TranscriptWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        return Writers.TryGetValue(format.Trim(), out var create)
            ? create((options ?? new TranscriptWriterOptions()).Checked())
            : throw new CesarException(CesarErrorKind.Option, "UnknownFormat",
                $"There is no format '{format}'.{NearestName.Suggestion(format, Names)} Formats: {string.Join(", ", Names)}.");
    }
}
