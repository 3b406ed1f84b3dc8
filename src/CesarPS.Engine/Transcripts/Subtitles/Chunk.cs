namespace CesarPS.Engine.Transcripts.Subtitles;

/// <summary>How good a place is to end a line or a cue, the worst first.</summary>
internal enum BreakQuality
{
    /// <summary>What follows belongs to what stands here: a speaker's name and their words.</summary>
    None,

    /// <summary>Between two characters of a text without spaces, or within a word too long for a line.</summary>
    Grapheme,

    /// <summary>Between two words.</summary>
    Word,

    /// <summary>After a comma, colon or the like.</summary>
    Clause,

    /// <summary>After a full stop or the like.</summary>
    Sentence,
}

/// <summary>The smallest piece of text that subtitles do not part, with the time it is spoken.</summary>
/// <param name="Text">The text, without surrounding spaces.</param>
/// <param name="Columns">Its width.</param>
/// <param name="SpaceBefore">Whether a space stands before it, unless it begins a line.</param>
/// <param name="BreakAfter">How good a place its end is for a break.</param>
/// <param name="Start">When it begins, in milliseconds.</param>
/// <param name="End">When it ends, in milliseconds.</param>
internal readonly record struct Chunk(string Text, int Columns, bool SpaceBefore, BreakQuality BreakAfter, long Start, long End);
