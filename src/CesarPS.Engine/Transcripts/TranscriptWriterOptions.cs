namespace CesarPS.Engine.Transcripts;

/// <summary>How transcripts are laid out; formats take what concerns them.</summary>
public sealed record TranscriptWriterOptions
{
    /// <summary>The narrowest line that can be asked for: below it even common words are broken apart.</summary>
    public const int MinimumLineLength = 8;

    /// <summary>
    /// The longest line of a subtitle, in columns: a character counts one, an East Asian wide one or an emoji two.
    /// </summary>
    public int MaxLineLength { get; init; } = 42;

    /// <summary>The most lines that a subtitle shows at a time.</summary>
    public int MaxLinesPerCue { get; init; } = 2;

    /// <summary>Whether subtitles show one word at a time.</summary>
    public bool WordCues { get; init; }

    /// <summary>This, where the values make sense.</summary>
    /// <exception cref="CesarException">A value is out of its range.</exception>
    internal TranscriptWriterOptions Checked()
    {
        if (MaxLineLength < MinimumLineLength)
        {
            throw new CesarException(CesarErrorKind.Option, "LineLengthInvalid",
                $"A subtitle line of {MaxLineLength} characters is too short. Give at least {MinimumLineLength}; 42 is usual.");
        }

        if (MaxLinesPerCue < 1)
        {
            throw new CesarException(CesarErrorKind.Option, "LinesPerCueInvalid",
                $"A subtitle of {MaxLinesPerCue} lines shows nothing. Give at least 1; 2 is usual.");
        }

        return this;
    }
}
