using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;

namespace CesarPS.Console.Output;

/// <summary>What became of one recording.</summary>
/// <param name="Input">The recording as it was named.</param>
/// <param name="Transcript">Its transcript; null where there is none.</param>
/// <param name="Paths">The files that were written.</param>
/// <param name="Elapsed">The time it took.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
internal sealed record FileOutcome(string Input, Transcript? Transcript, IReadOnlyList<string> Paths, TimeSpan Elapsed, CesarException? Failure);

/// <summary>Tells people or machines how a batch goes, on standard error. Members may be called from any thread.</summary>
internal interface IBatchReport : IDisposable
{
    /// <summary>A recording's turn has come.</summary>
    void Started(string input);

    /// <summary>Work on a recording has gone on.</summary>
    void Progressed(string input, TranscriptionProgress progress);

    /// <summary>Work on a recording has ended, well or badly.</summary>
    void Finished(FileOutcome outcome);

    /// <summary>A model's download has gone on.</summary>
    void Downloading(DownloadProgress progress);

    /// <summary>Something that does not stop the work but should be known.</summary>
    void Notice(string text);

    /// <summary>An error that is no recording's own.</summary>
    void Failed(CesarException error);

    /// <summary>The batch has come to its end, or was cancelled.</summary>
    void Ended(IReadOnlyList<FileOutcome> outcomes, TimeSpan elapsed, bool cancelled);
}
