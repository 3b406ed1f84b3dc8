namespace CesarPS.Engine.Transcripts;

/// <summary>The table that the spreadsheet formats share: a heading, then one row a segment.</summary>
internal static class SegmentTable
{
    /// <summary>Writes the table with a separator between fields, each encoded as the format wants it.</summary>
    public static void Write(Transcript transcript, TextWriter output, char separator, Func<string, string> encode)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(output);
        Row("start", "end", "speaker", "text");
        foreach (Segment segment in transcript.Segments)
        {
            Row(
                Timestamps.SecondsText(segment.Start),
                Timestamps.SecondsText(segment.End),
                encode(SpokenText.Clean(segment.Speaker ?? "")),
                encode(SpokenText.Clean(segment.Text)));
        }

        void Row(params ReadOnlySpan<string> fields)
        {
            output.Write(string.Join(separator, fields.ToArray()));
            output.Write('\n');
        }
    }
}
