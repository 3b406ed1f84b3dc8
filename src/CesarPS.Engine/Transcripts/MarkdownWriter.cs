using System.Buffers;
using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Markdown (CommonMark with tables) for reading: the file's name, a table of facts, then paragraphs with the
/// time they begin at. A paragraph ends at a pause of more than two seconds, where the speaker changes, and at
/// the end of a sentence once it has grown long.
/// </summary>
public sealed class MarkdownWriter : ITranscriptWriter
{
    internal const string Name = "md";

    private const long PauseMilliseconds = 2000;
    private const int LongParagraph = 800;

    /// <summary>
    /// What Markdown, its tables and the mathematics of some viewers give a meaning to. Marks that matter only at
    /// the start of a line are left out: every line of ours starts with something else.
    /// </summary>
    private const string Specials = "\\`*_[]<|~$#";

    private static readonly SearchValues<char> EntityLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <inheritdoc/>
    public string Format => Name;

    /// <inheritdoc/>
    public string Extension => ".md";

    /// <inheritdoc/>
    public void Write(Transcript transcript, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(output);
        WriteFacts(transcript, output);
        var paragraph = new StringBuilder();
        TimeSpan start = TimeSpan.Zero;
        Segment? last = null;
        foreach (Segment segment in transcript.Segments)
        {
            string text = SpokenText.Clean(segment.Text);
            if (text.Length == 0)
            {
                continue;
            }

            if (last is null || BeginsParagraph(last, segment, paragraph))
            {
                WriteParagraph(output, start, last?.Speaker, paragraph);
                start = segment.Start;
            }

            SpokenText.Append(paragraph, text);
            last = segment;
        }

        WriteParagraph(output, start, last?.Speaker, paragraph);
    }

    private static void WriteFacts(Transcript transcript, TextWriter output)
    {
        string language = Escape(transcript.Language.Length > 0 ? transcript.Language : "–");
        if (transcript.LanguageProbability is { } probability && double.IsFinite(probability))
        {
            language += string.Create(CultureInfo.InvariantCulture, $" ({Math.Round(probability * 100)} %)");
        }

        if (transcript.Task == TranscriptionTask.Translate)
        {
            language += ", translated to English";
        }

        output.Write($"# {Escape(transcript.Origin?.Title ?? Title(transcript.Source))}\n\n");
        WriteOrigin(transcript.Origin, output);
        output.Write("| Duration | Language | Model |\n|---|---|---|\n");
        output.Write($"| {Timestamps.Readable(transcript.Duration)} | {language} | {Escape(transcript.Model.Name)} |\n");
    }

    private static void WriteOrigin(RecordingOrigin? origin, TextWriter output)
    {
        if (origin is null)
        {
            return;
        }

        // A link in angle brackets ends at the first of them.
        string link = origin.Link.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal);
        string?[] facts =
        [
            SpokenText.CleanName(origin.Uploader) is { } uploader ? Escape(uploader) : null,
            origin.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            $"<{link}>",
            origin.IsStale ? string.Create(CultureInfo.InvariantCulture, $"as of {origin.Checked.UtcDateTime:yyyy-MM-dd HH:mm} UTC: the source could not be asked since") : null,
        ];
        output.Write(string.Join(" · ", facts.OfType<string>()) + "\n\n");
    }

    private static string Title(string source)
    {
        string name = source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFileName(source);
        return name.Length > 0 ? name : source;
    }

    private static bool BeginsParagraph(Segment last, Segment next, StringBuilder paragraph) =>
        SpokenText.CleanName(last.Speaker) != SpokenText.CleanName(next.Speaker)
        || Timestamps.Milliseconds(next.Start) - Timestamps.Milliseconds(last.End) > PauseMilliseconds
        || (paragraph.Length > LongParagraph && WritingSystem.EndsSentence(paragraph[^1].ToString()));

    private static void WriteParagraph(TextWriter output, TimeSpan start, string? speaker, StringBuilder paragraph)
    {
        if (paragraph.Length == 0)
        {
            return;
        }

        string name = SpokenText.CleanName(speaker) is { } shown ? $"**{Escape(shown)}:** " : "";
        output.Write($"\n`{Timestamps.Readable(start)}` {name}{Escape(paragraph.ToString())}\n");
        paragraph.Clear();
    }

    private static string Escape(string text)
    {
        text = SpokenText.Clean(text);
        var escaped = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (Specials.Contains(text[i], StringComparison.Ordinal) || (text[i] == '&' && BeginsEntity(text.AsSpan(i + 1))))
            {
                escaped.Append('\\');
            }

            escaped.Append(text[i]);
        }

        return escaped.ToString();
    }

    /// <summary>Whether a viewer would read an ampersand before this as an entity such as <c>&amp;lt;</c>; "R&amp;B" stays as it is.</summary>
    private static bool BeginsEntity(ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOf(';');
        return end > 0 && (rest[0] == '#' || !rest[..end].ContainsAnyExcept(EntityLetters));
    }
}
