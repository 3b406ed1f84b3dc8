namespace CesarPS.Engine.Transcripts.Subtitles;

/// <summary>What a subtitle shows at a time.</summary>
/// <param name="Start">When it appears, in milliseconds.</param>
/// <param name="End">When it goes, in milliseconds; always after <paramref name="Start"/>.</param>
/// <param name="Speaker">Who speaks, where that is known.</param>
/// <param name="Lines">Its lines of plain text: at least one, none empty.</param>
internal readonly record struct Cue(long Start, long End, string? Speaker, IReadOnlyList<string> Lines);
