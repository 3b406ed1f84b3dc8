namespace CesarPS.Engine.Transcripts.Subtitles;

/// <summary>Turns the segments of a transcript into cues that fit a screen, in order and without overlap.</summary>
internal static class CueSheet
{
    /// <summary>Makes the cues.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="options">Line length, lines a cue, whether each word is a cue.</param>
    /// <param name="namesInText">Whether a speaker's name is written before their first words, for formats that have no other place for it.</param>
    public static List<Cue> Make(Transcript transcript, TranscriptWriterOptions options, bool namesInText)
    {
        var drafts = new List<Draft>();
        string? lastSpeaker = null;
        foreach (Segment segment in transcript.Segments)
        {
            List<Chunk> chunks = Chunker.Split(segment, options.MaxLineLength);
            if (chunks.Count == 0)
            {
                continue;
            }

            string? speaker = SpokenText.CleanName(segment.Speaker);
            List<Chunk> prefix = namesInText && speaker is not null && speaker != lastSpeaker
                ? Chunker.SpeakerPrefix(speaker, chunks[0], options.MaxLineLength)
                : [];
            lastSpeaker = speaker;
            if (options.WordCues)
            {
                AddWords(drafts, segment, speaker, prefix, chunks, options);
            }
            else
            {
                AddCues(drafts, speaker, prefix, chunks, options);
            }
        }

        List<Cue> cues = [.. InOrder(drafts, namesInText, options).Select(draft => draft.Cue)];
        PartOverlaps(cues);
        return cues;
    }

    // Somebody may talk into a segment of several cues: theirs comes between, and then the first speaker is named again.
    private static List<Draft> InOrder(List<Draft> drafts, bool namesInText, TranscriptWriterOptions options)
    {
        var ordered = new List<Draft>();
        string? lastSpeaker = null;
        foreach (Draft draft in drafts.OrderBy(draft => draft.Cue.Start))
        {
            if (namesInText && draft.Cue.Speaker is { } speaker && speaker != lastSpeaker && !draft.IsNamed)
            {
                AddCues(ordered, speaker, Chunker.SpeakerPrefix(speaker, draft.Chunks[0], options.MaxLineLength), draft.Chunks, options);
            }
            else
            {
                ordered.Add(draft);
            }

            lastSpeaker = draft.Cue.Speaker;
        }

        return ordered;
    }

    private static void AddCues(List<Draft> cues, string? speaker, List<Chunk> prefix, List<Chunk> chunks, TranscriptWriterOptions options)
    {
        if (prefix.Count > 0)
        {
            chunks = [.. prefix, chunks[0] with { SpaceBefore = true }, .. chunks.Skip(1)];
        }

        var breaker = new LineBreaker(chunks, options.MaxLineLength, options.MaxLinesPerCue);
        foreach ((int from, int to) in breaker.Cues())
        {
            Cue cue = new(chunks[from].Start, chunks[to - 1].End, speaker, breaker.Lines(from, to));
            cues.Add(new Draft(cue, [.. chunks.Take(to).Skip(Math.Max(from, prefix.Count))], IsNamed: from < prefix.Count));
        }
    }

    /// <summary>One cue a word; a segment without words is parted at its spaces instead.</summary>
    private static void AddWords(
        List<Draft> cues, Segment segment, string? speaker, List<Chunk> prefix, List<Chunk> chunks, TranscriptWriterOptions options)
    {
        List<Segment> words = Words(segment);
        List<List<Chunk>> shown = words.Count > 0
            ? [.. words.Select(word => Chunker.Split(word, options.MaxLineLength)).Where(parts => parts.Count > 0)]
            : [.. chunks.Select(chunk => new List<Chunk> { chunk })];
        for (int i = 0; i < shown.Count; i++)
        {
            AddCues(cues, speaker, i == 0 ? prefix : [], shown[i], options);
        }
    }

    /// <summary>The words of a segment, with punctuation that the model emitted on its own joined to the word before it.</summary>
    private static List<Segment> Words(Segment segment)
    {
        var words = new List<Segment>();
        foreach (Word word in segment.Words)
        {
            if (words.Count > 0 && word.IsBareMark())
            {
                words[^1] = words[^1] with { End = word.End, Text = words[^1].Text + word.Text };
            }
            else
            {
                words.Add(new Segment(word.Start, word.End, word.Text));
            }
        }

        return words;
    }

    /// <summary>
    /// Ends each cue before the next begins, and gives each a millisecond at least: a cue that begins later than
    /// the one before keeps its start, others wait.
    /// </summary>
    private static void PartOverlaps(List<Cue> cues)
    {
        for (int i = 0; i < cues.Count; i++)
        {
            long earliest = i > 0 ? cues[i - 1].End : 0;
            long start = Math.Max(cues[i].Start, earliest);
            long end = Math.Max(cues[i].End, start + 1);
            if (i + 1 < cues.Count)
            {
                end = Math.Min(end, Math.Max(cues[i + 1].Start, start + 1));
            }

            cues[i] = cues[i] with { Start = start, End = end };
        }
    }

    /// <summary>A cue whose place is not sure yet.</summary>
    /// <param name="Cue">The cue.</param>
    /// <param name="Chunks">What it shows, without the speaker's name.</param>
    /// <param name="IsNamed">Whether it begins with the speaker's name.</param>
    private sealed record Draft(Cue Cue, List<Chunk> Chunks, bool IsNamed);
}
