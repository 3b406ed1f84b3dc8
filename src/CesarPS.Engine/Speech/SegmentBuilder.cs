using System.Text;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Speech;

/// <summary>Makes segments, and their words, of decoded tokens.</summary>
internal sealed class SegmentBuilder(WhisperModel model, WhisperSession session)
{
    // Punctuation that belongs to the word after it, and to the word before it (OpenAI Whisper, timing.py).
    private const string Prepended = "\"'“¿([{-";
    private const string Appended = "\"'.。,，!！?？:：”)]}、";

    /// <summary>Makes segments on the clock of the samples that were read.</summary>
    public List<Segment> Build(
        SpeechWindow window, List<TokenSegment> parts, Decoding decoding, DecodingTask task, bool words, CancellationToken cancel)
    {
        TimeSpan offset = PcmFormat.Duration(window.Range.Start);
        float[]? times = words && parts.Count > 0 ? Align(parts, task, cancel) : null;
        List<Segment> segments = [];
        int first = 0;
        foreach (TokenSegment part in parts)
        {
            string text = Text(part.Tokens).Trim();
            if (text.Any(char.IsLetterOrDigit))
            {
                Segment segment = new(At(part.Start, offset), At(part.End, offset), text)
                {
                    AverageLogProbability = Math.Round(part.AverageLogProbability, 4),
                    NoSpeechProbability = Math.Round(decoding.NoSpeechProbability, 4),
                };
                segments.Add(times is null ? segment : WithWords(segment, part, times.AsSpan(first, part.Tokens.Count + 1), offset));
            }

            first += part.Tokens.Count;
        }

        return segments;
    }

    /// <summary>Whether there is a letter or a digit in the text of the tokens.</summary>
    public static bool SaysSomething(WhisperModel model, IEnumerable<WhisperToken> tokens) =>
        Text(model, tokens.Where(token => token.Id < model.Info.EndOfText)).Any(char.IsLetterOrDigit);

    /// <summary>The first word of the encoded window, and when it ends; null where its segment is that word alone.</summary>
    public static SpokenWord? FirstWord(
        WhisperModel model, WhisperSession session, TokenSegment first, DecodingTask task, CancellationToken cancel)
    {
        SegmentBuilder builder = new(model, session);
        List<(int From, int To)> words = builder.Group(first.Tokens);
        return words.Count < 2
            ? null
            : new SpokenWord(builder.Text(first.Tokens.Take(words[0].To)).Trim(), builder.Align([first], task, cancel)[words[0].To]);
    }

    // All text of the window in one pass: attention finds its way better with the whole before it.
    private float[] Align(List<TokenSegment> parts, DecodingTask task, CancellationToken cancel)
    {
        int[] tokens = [.. parts.SelectMany(part => part.Tokens).Select(token => token.Id)];
        return session.Align(task, tokens, cancel);
    }

    private Segment WithWords(Segment segment, TokenSegment part, ReadOnlySpan<float> times, TimeSpan offset)
    {
        List<Word> words = [];
        foreach ((int from, int to) in Group(part.Tokens))
        {
            string text = Text(part.Tokens.Skip(from).Take(to - from));
            string trimmed = text.Trim();
            if (trimmed.Length == 0)
            {
                continue;
            }

            TimeSpan start = Clamp(At(times[from], offset), segment.Start, segment.End);
            TimeSpan end = Clamp(At(times[to], offset), start, segment.End);
            double probability = Math.Exp(part.Tokens.Skip(from).Take(to - from).Average(token => token.LogProbability));
            words.Add(new Word(start, end, trimmed, Math.Round(probability, 4)) { SpaceBefore = text[0] == ' ' || words.Count == 0 });
        }

        return segment with { Words = words };
    }

    // Token ranges that make a word: up to the next space; where there are no spaces, up to the next whole character.
    private List<(int From, int To)> Group(IReadOnlyList<WhisperToken> tokens)
    {
        List<(int From, int To)> words = [];
        for (int from = 0; from < tokens.Count;)
        {
            int to = from + 1;
            while (to < tokens.Count && !IsWhole(tokens, from, to))
            {
                to++;
            }

            string text = Text(tokens.Skip(from).Take(to - from));
            bool joins = words.Count > 0 && text.Length > 0 && text[0] != ' ' && (!IsUnspaced(text) || IsOnly(text, Appended));
            bool follows = words.Count > 0 && IsOnly(Text(tokens.Skip(words[^1].From).Take(words[^1].To - words[^1].From)), Prepended);
            if (joins || follows)
            {
                words[^1] = (words[^1].From, to);
            }
            else
            {
                words.Add((from, to));
            }

            from = to;
        }

        return words;
    }

    private bool IsWhole(IReadOnlyList<WhisperToken> tokens, int from, int to) =>
        !Text(tokens.Skip(from).Take(to - from)).Contains('\uFFFD', StringComparison.Ordinal);

    // Scripts that are written without spaces between words: each character stands for itself.
    private static bool IsUnspaced(string text)
    {
        int rune = text.EnumerateRunes().First().Value;
        return rune is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
    }

    private static bool IsOnly(string text, string characters)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 0 && trimmed.All(characters.Contains);
    }

    // Bytes are joined before they are decoded: one character may be spread over several tokens.
    private static string Text(WhisperModel model, IEnumerable<WhisperToken> tokens)
    {
        List<byte> bytes = [];
        foreach (WhisperToken token in tokens)
        {
            bytes.AddRange(model.TokenBytes(token.Id));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private string Text(IEnumerable<WhisperToken> tokens) => Text(model, tokens);

    private static TimeSpan At(double seconds, TimeSpan offset) => offset + TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));

    private static TimeSpan Clamp(TimeSpan value, TimeSpan low, TimeSpan high) => value < low ? low : value > high ? high : value;
}
