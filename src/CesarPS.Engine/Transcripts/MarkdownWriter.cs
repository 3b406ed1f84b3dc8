using System.Buffers;
using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Markdown (CommonMark with tables) for reading: the file's name, a table of facts, one of the speakers where they
/// are known, then paragraphs with the time they begin at and who speaks (see <see cref="Paragraph"/>).
/// </summary>
public sealed class MarkdownWriter : ITranscriptWriter
{
    internal const string Name = "md";

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
        WriteSpeakers(transcript.Speakers, output);
        foreach (Paragraph paragraph in Paragraph.Of(transcript.Segments))
        {
            string name = paragraph.Speaker is { } shown ? $"**{Escape(shown)}:** " : "";
            output.Write($"\n`{Timestamps.Readable(paragraph.Start)}` {name}{Escape(paragraph.Text)}\n");
        }
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
        output.Write($"| {Timestamps.ReadableLength(transcript.Duration)} | {language} | {Escape(transcript.Model.Name)} |\n");
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

    private static void WriteSpeakers(IReadOnlyList<Speaker> speakers, TextWriter output)
    {
        if (speakers.Count == 0)
        {
            return;
        }

        output.Write("\n| Speaker | Time | Share | Turns |\n|---|--:|--:|--:|\n");
        foreach (Speaker speaker in speakers)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $"| {Escape(speaker.Name)} | {Timestamps.ReadableLength(speaker.SpeakingTime)} | {Math.Round(speaker.Share * 100)} % | {speaker.TurnCount} |\n"));
        }
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
