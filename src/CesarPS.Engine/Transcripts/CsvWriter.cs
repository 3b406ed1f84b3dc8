using System.Buffers;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Comma-separated values after RFC 4180, except that lines end with a line feed alone: start and end in
/// seconds, speaker, text.
/// <para>
/// This is the format that people open in a spreadsheet, which runs a field that begins like a formula. Such
/// a field gets an apostrophe in front (the guard that OWASP describes). Programs that want the text
/// exactly as spoken read tsv or json.
/// </para>
/// </summary>
public sealed class CsvWriter : ITranscriptWriter
{
    internal const string Name = "csv";

    private const string FormulaStarts = "=+-@＝＋－＠";
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    /// <inheritdoc/>
    public string Format => Name;

    /// <inheritdoc/>
    public string Extension => ".csv";

    /// <inheritdoc/>
    public void Write(Transcript transcript, TextWriter output) => SegmentTable.Write(transcript, output, ',', Field);

    private static string Field(string text)
    {
        if (text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal))
        {
            text = "'" + text;
        }

        return text.AsSpan().ContainsAny(NeedsQuotes)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
