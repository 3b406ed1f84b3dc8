using CesarPS.Engine.Pipeline;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Passes reports on at once, in the thread that makes them.</summary>
internal sealed class Told(Action<TranscriptionProgress> tell) : IProgress<TranscriptionProgress>
{
    public void Report(TranscriptionProgress value) => tell(value);
}
