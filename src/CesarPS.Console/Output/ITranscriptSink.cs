namespace CesarPS.Console.Output;

/// <summary>Where the transcripts of a batch go.</summary>
internal interface ITranscriptSink
{
    /// <summary>Takes segments that have become final while their recording is still worked on.</summary>
    void Stream(IReadOnlyList<Segment> segments);

    /// <summary>Takes the whole transcript.</summary>
    /// <returns>The files that were written.</returns>
    IReadOnlyList<string> Write(string input, Transcript transcript, CancellationToken cancel);

    /// <summary>A recording has ended without a transcript.</summary>
    void Abandon();
}
