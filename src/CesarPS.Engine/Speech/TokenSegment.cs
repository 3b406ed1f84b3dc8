using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Speech;

/// <summary>Text between two timestamp tokens, on the clock of its window.</summary>
/// <param name="Start">Seconds from the beginning of the window.</param>
/// <param name="End">Seconds from the beginning of the window.</param>
/// <param name="Tokens">The text tokens.</param>
internal sealed record TokenSegment(double Start, double End, IReadOnlyList<WhisperToken> Tokens)
{
    /// <summary>Mean natural logarithm of the token probabilities.</summary>
    public double AverageLogProbability => Tokens.Average(token => token.LogProbability);

    /// <summary>Parts decoded tokens at their timestamps. Text behind the last timestamp ends with the window.</summary>
    /// <param name="tokens">Text and timestamp tokens.</param>
    /// <param name="info">The model's special tokens.</param>
    /// <param name="duration">The window's length in seconds.</param>
    public static List<TokenSegment> Split(IReadOnlyList<WhisperToken> tokens, WhisperModelInfo info, double duration)
    {
        List<TokenSegment> segments = [];
        List<WhisperToken> text = [];
        double start = 0;
        void Close(double end)
        {
            if (text.Count > 0)
            {
                segments.Add(new TokenSegment(start, Math.Max(start, Math.Min(end, duration)), text));
                text = [];
            }
        }

        foreach (WhisperToken token in tokens)
        {
            if (token.Id < info.EndOfText)
            {
                text.Add(token);
            }
            else if (token.Id >= info.FirstTimestamp)
            {
                double time = Math.Min((token.Id - info.FirstTimestamp) * 0.02, duration);
                Close(time);
                start = time;
            }
        }

        Close(duration);
        return segments;
    }
}
