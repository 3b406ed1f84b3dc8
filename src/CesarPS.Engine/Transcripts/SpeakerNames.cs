namespace CesarPS.Engine.Transcripts;

/// <summary>Gives speakers the names that people know them by.</summary>
public static class SpeakerNames
{
    /// <summary>The transcript with other names for its speakers; whoever has none keeps the name that is there.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="names">From a name that is there, in capitals or not, to the one that is wanted.</param>
    public static Transcript Rename(Transcript transcript, IReadOnlyDictionary<string, string> names)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        var wanted = new Dictionary<string, string>(names, StringComparer.OrdinalIgnoreCase);
        return transcript with
        {
            Segments = [.. transcript.Segments.Select(segment => segment with
            {
                Speaker = Name(segment.Speaker),
                Words = [.. segment.Words.Select(word => word with { Speaker = Name(word.Speaker) })],
            })],
        };

        string? Name(string? speaker) => speaker is null ? null : wanted.GetValueOrDefault(speaker, speaker);
    }
}
