namespace CesarPS.Console.Output;

/// <summary>Where the transcripts of a batch go.</summary>
internal interface ITranscriptSink
{
    /// <summary>A recording is about to be worked on. Recordings are opened in the order of the batch.</summary>
    ITranscriptOutput Open(string input);
}

/// <summary>Where the transcript of one recording goes; several recordings may be open at the same time.</summary>
internal interface ITranscriptOutput
{
    /// <summary>Done when the transcript may be written.</summary>
    Task Turn { get; }

    /// <summary>Takes segments that have become final while their recording is still worked on.</summary>
    /// <exception cref="StandardOutputException">Standard output cannot be written to.</exception>
    void Stream(IReadOnlyList<Segment> segments);

    /// <summary>Takes the whole transcript, once its <see cref="Turn"/> has come.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="CesarException">A file cannot be written.</exception>
    /// <exception cref="StandardOutputException">Standard output cannot be written to.</exception>
    IReadOnlyList<string> Write(Transcript transcript, CancellationToken cancel);

    /// <summary>Gives the turn to the recording behind this one, which has its transcript or has none.</summary>
    /// <exception cref="StandardOutputException">Standard output cannot be written to.</exception>
    void End();
}
